"""The archive's first issue, read as it is: every structure by value."""

from itertools import pairwise
from pathlib import Path

import pytest

from cloudqa.documents import BlockKind, Document, read_document

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def report() -> Document:
    return read_document(ROOT / "corpus" / "2017-08-issue-08.md", ROOT / "corpus")


def test_title_page(report):
    metadata = report.metadata
    assert (report.report, report.path) == ("2017-08-issue-08", "2017-08-issue-08.md")
    assert metadata.title == "云计算发展研究"
    assert (metadata.issue, metadata.total_issue, metadata.date) == ("8", "28", "2017-08")
    assert metadata.audience == "政府领导及企业高管参阅"
    assert metadata.classification == "内部资料 妥善保管"


def test_fields_are_verbatim_and_in_order(report):
    assert [(f.label, f.value) for f in report.metadata.fields] == [
        ("刊名", "云计算发展研究"),
        ("日期", "2017年8月"),
        ("期号", "第8期"),
        ("总期号", "总第28期"),
        ("读者对象", "政府领导及企业高管参阅"),
        ("密级", "内部资料 妥善保管"),
        ("编辑责任人", "韩景倜、梁贺君"),
        ("主编", "王宁"),
        ("地址", "上海市杨浦区武东路 100 号上海财经大学信管学院楼 5 楼"),
        ("网址", "http://ccrc.shufe.edu.cn/"),
    ]
    for field in report.metadata.fields:
        assert report.text[field.span.start : field.span.end] == field.value


def test_contents(report):
    entries = report.metadata.contents
    assert [(depth, entry) for depth, entry, _ in entries if depth == 0] == [
        (0, "云动态：国内云商结合“AI+大数据”后来居上"),
        (0, "云数据：阿里巴巴云计算收入分析"),
        (0, "云观察：腾讯云受到Gartner关注，区块链发展受到重视"),
        (0, "云案例：区块链在金融领域的应用"),
    ]
    assert [entry for depth, entry, _ in entries if depth == 1][-3:] == [
        "区块链在国际支付中的应用",
        "区块链试水金融资本市场",
        "区块链在贸易金融中的应用",
    ]
    assert all(report.text[span.start : span.end] == entry for _, entry, span in entries)


def test_section_tree(report):
    tree = [f"{'  ' * (s.level - 1)}{s.number}{s.title}" for s in report.sections[1:]]
    assert tree == [
        "目录",
        "本期导读",
        "  云计算动态",
        "  云数据分析",
        "  云观察分析",
        "  云计算案例分析",
        "云动态",
        "  一、以“AI+大数据”为核心，腾讯云布局云安全领域",
        "  二、德银看好腾讯云发展潜力，预计阿里云市场份额将下降",
        "  三、财报出炉，云计算成海内外巨头增长支撑点",
        "云数据",
        "  阿里云财务分析",
        "云观察",
        "  COS对象存储助力腾讯云立足公有云市场",
        "    编者的话",
        "  区块链产业的发展概况与面临的挑战",
        "    一、事件",
        "    二、区块链产业发展趋势",
        "    三、区块链主要应用领域",
        "      1、区块链在金融领域的应用",
        "      2、区块链在网络安全领域的应用",
        "      3、区块链在供应链领域的应用",
        "    四、区块链六大乱象",
        "      1、技术风险与性能挑战",
        "      2、概念不统一",
        "      3.监管缺失",
        "      4.发展路径不明确",
        "      5.行业应用场景多样复杂",
        "      6.平台与应用的安全",
        "    五、国内区块链即将迎来“可信标准”",
        "云案例",
        "  区块链在金融领域的应用案例",
        "    一.国际支付",
        "    二、金融资本市场",
        "    编者的话",
        "上财中亚云计算研究中心",
    ]


def test_authors_of_columns(report):
    authors = {s.title: [name for name, _ in s.authors] for s in report.sections if s.authors}
    assert authors == {
        "云动态": ["苏博"],
        "云数据": ["朱喜华", "辛竹"],
        "云观察": ["邱静静", "胡青青"],
        "云案例": ["王梓懿"],
    }
    for section in report.sections:
        assert all(report.text[span.start : span.end] == name for name, span in section.authors)


def test_paragraphs_cut_by_page_breaks_are_whole(report):
    seams = [
        (report.text[a.start : a.end][-5:], report.text[b.start : b.end][:5])
        for paragraph in report.paragraphs
        for a, b in pairwise(paragraph.pieces)
    ]
    assert seams == [
        ("用场景可行", "的（云存储"),
        ("现状和未来", "发展潜力以"),
        ("翼云、迅雷", "云等也在公"),
        ("。研究机构", "IDC数据"),
        ("存储的底层", "平台，从2"),
        ("化的信任机", "制提供了可"),
        ("物流过程中", "利用数字签"),
        ("致性机制，", "其较比特币"),
        ("从多数”的", "朴素方式，"),
    ]
    joined = next(p for p in report.paragraphs if "可行的（云存储服务器）提供商" in p.text)
    at = joined.text.index("可行的")
    assert [report.text[s.start : s.end] for s in joined.source_spans(at, at + 3)] == ["可行", "的"]


def test_a_paragraph_that_ended_before_a_rule_stays_alone(report):
    texts = [p.text for p in report.paragraphs]
    at = next(i for i, t in enumerate(texts) if t.startswith("在“一带一路”沿线，"))
    assert texts[at].endswith("覆盖全球主要互联网市场。")
    assert texts[at + 1].startswith("阿里云在以“一带一路”沿线国家区域")


def test_preview_titles_name_the_paragraph_above_them(report):
    opening = {
        report.sections[p.section].title: p.text[:8]
        for p in report.paragraphs
        if report.sections[p.section].parent == 2
    }
    assert opening == {
        "云计算动态": "上几期对国外云计",
        "云数据分析": "本期我们将给大家",
        "云观察分析": "本期的云观察我们",
        "云计算案例分析": "本期的云案例主要",
    }
    for section in report.sections[3:7]:
        text = report.text[section.span.start : section.span.end].rstrip("# \n")
        assert text.startswith(opening[section.title])
        assert text.endswith(section.title)


def test_tables(report):
    revenue, growth, storage = report.tables
    assert revenue.caption == "阿里云2015Q2-2018Q1相关财务数据如下："
    assert [c.text for c in revenue.rows[0]] == [
        "",
        "云收入 (亿元)",
        "阿里巴巴总 营收 ( 亿 元)",
        "阿里云占 阿里总营 收百分比",
        "付费用户 数 (万)",
        "平均每万用 户营收 ( 亿 元)",
    ]
    assert [c.text for c in revenue.rows[1]] == ["2015Q2", "2.85", "168.29", "1.69%", "", ""]
    assert [c.text for c in revenue.rows[-1]] == ["2018Q1", "24.31", "501.84", "4.84%", "101.1", "0.2405"]
    assert growth.caption == "表 1 同季度云收入增长百分比："
    assert [r[0].text for r in growth.rows] == [
        "",
        *(f"FY{y}Q{q}" for q, first in ((1, 2016), (2, 2015), (3, 2015), (4, 2015)) for y in range(first, first + 3)),
    ]
    assert [c.text for c in growth.rows[2]] == ["FY2017Q1", "12.43", "156.29%"]
    assert storage.caption == "腾讯云存储产品对比:"
    assert report.sections[storage.section].title == "COS对象存储助力腾讯云立足公有云市场"
    assert [r[0].text for r in storage.rows] == ["产品对比", "产品介绍", "服务特性", "产品性能", "适用场景", "定价"]
    assert storage.rows[5][1].text == "存储费用 0.13元/GB 起 请求费用 0.01元/万次 起 查看更多价格"
    assert storage.rows[3][3].text == (
        "持久性: 99.999999999% 可用性: 99% 最低存储时间: 60天 检索费用: 按量收费 (GB) 首字节延迟: 秒"
    )


def test_every_cell_says_where_it_stands(report):
    for table in report.tables:
        for row in table.rows:
            for cell in row:
                source = report.text[cell.span.start : cell.span.end]
                bare = source.replace('<a href="#">', "").replace("</a>", "")
                assert bare == cell.text
                assert "\t" not in source


def test_figure_captions_and_kinds(report):
    captions = [p.text for p in report.paragraphs if p.kind is BlockKind.CAPTION and p.text.startswith("图")]
    assert captions == [
        "图 1 2015Q2-2018Q阿里云季度收入(亿元)",
        "图2 FY2015Q2-FY2018Q1阿里云占阿里营收百分比",
        "图3 2016Q2-2018Q1阿里云付费用户数及每万用户均营收",
    ]
    items = [p.text[:4] for p in report.paragraphs if p.kind is BlockKind.LIST_ITEM]
    assert items == [
        *(f"({n}) "[:4] for n in range(1, 6)),
        "(1) ",
        "(2) ",
        "（1）直",
        "（2）根",
        *(f"({n}) " for n in range(3, 8)),
    ]
    assert report.not_understood == ()
