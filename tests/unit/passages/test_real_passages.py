"""Passages of the archive's first issue, by value."""

from pathlib import Path

import pytest

from cloudqa.documents import read_document
from cloudqa.passages import MAX_CHARS, PassageKind, make_passages

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def report():
    return read_document(ROOT / "corpus" / "2017-08-issue-08.md", ROOT / "corpus")


@pytest.fixture(scope="module")
def passages(report):
    return make_passages(report)


def test_pieces_are_verbatim(report, passages):
    for passage in passages:
        for start, end, span in passage.pieces:
            assert report.text[span.start : span.end] == passage.text[start:end]


def test_ids_are_those_of_the_content(report, passages):
    assert [p.id for p in make_passages(report)] == [p.id for p in passages]
    assert len({p.id for p in passages}) == len(passages)
    assert all(len(p.id) == 16 and set(p.id) <= set("0123456789abcdef") for p in passages)
    assert [p.order for p in passages] == list(range(len(passages)))


def test_six_headings_stand_in_one_passage(report, passages):
    passage = next(p for p in passages if p.kind is PassageKind.HEADING and p.section[-1:] == ("四、区块链六大乱象",))
    assert passage.text.split("\n") == [
        "四、区块链六大乱象",
        "1、技术风险与性能挑战",
        "2、概念不统一",
        "3. 监管缺失",
        "4. 发展路径不明确",
        "5. 行业应用场景多样复杂",
        "6. 平台与应用的安全",
    ]
    assert [report.text[span.start : span.end] for _, _, span in passage.pieces] == passage.text.split("\n")
    assert passage.section == ("云观察", "区块链产业的发展概况与面临的挑战", "四、区块链六大乱象")


def test_a_table_row_carries_caption_and_header(passages):
    row = next(p for p in passages if p.kind is PassageKind.TABLE_ROW and p.text.startswith("2017Q3"))
    assert row.text == "2017Q3\t17.64\t532.48\t3.31%\t76.5\t0.2306"
    assert row.context == (
        "阿里云2015Q2-2018Q1相关财务数据如下：\n"
        "云收入 (亿元) 阿里巴巴总 营收 ( 亿 元) 阿里云占 阿里总营 收百分比 付费用户 数 (万) 平均每万用 户营收 ( 亿 元)"
    )
    assert row.section == ("云数据", "阿里云财务分析")


def test_a_specification_is_a_passage_of_its_own(passages):
    cell = next(p for p in passages if p.text.startswith("存储费用 0.1元/GB"))
    assert cell.kind is PassageKind.TABLE_ROW
    assert cell.context == "腾讯云存储产品对比:\n产品对比 定价 COS低频存储 (Infrequent Access)"


def test_a_cut_sentence_is_one_sentence_with_two_places(report, passages):
    passage = next(p for p in passages if "存储的底层平台，从2006年起" in p.text)
    sentences = [passage.text[start:end] for start, end in passage.sentences]
    sentence = next(s for s in sentences if "存储的底层平台" in s)
    assert sentence.startswith("(1) 使用Tencent File System")
    assert sentence.endswith("已管理超过1EB的数据。")
    start = passage.text.index("底层平台")
    places = passage.source_spans(start, start + 4)
    assert [report.text[s.start : s.end] for s in places] == ["底层", "平台"]
    assert passage.context == "虽然腾讯云品牌推出时间并不长，但腾讯云的存储服务却有着10年的历练："


def test_prose_is_packed_between_sentences(passages):
    prose = [p for p in passages if p.kind is PassageKind.PROSE and len(p.sentences) > 1]
    assert all(len(p.text) <= MAX_CHARS for p in prose)
    for passage in prose:
        assert passage.sentences[0][0] == 0
        assert passage.sentences[-1][1] == len(passage.text)


def test_title_imprint_and_bylines_are_found(passages):
    texts = [p.text for p in passages]
    assert "政府领导及企业高管参阅\n云计算发展研究\n(内部资料 妥善保管)\n2017年8月第8期(总第28期)" in texts
    assert "（本节负责人：邱静静 胡青青）" in texts
    imprint = next(p for p in passages if p.text.startswith("编辑责任人"))
    assert imprint.text.split("\n")[:2] == ["编辑责任人：韩景倜、梁贺君", "主编：王宁"]


def test_nothing_is_lost(report, passages):
    covered = bytearray(len(report.text))
    for passage in passages:
        for _, _, span in passage.pieces:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
    left = "".join(c for c, known in zip(report.text, covered, strict=True) if not known and c.isalnum())
    headers = "".join("".join(c.text for c in t.rows[0]) + t.caption for t in report.tables)
    labels = "".join(r[0].text for r in report.tables[2].rows[1:])
    assert sorted(left) == sorted(c for c in headers + labels if c.isalnum())
