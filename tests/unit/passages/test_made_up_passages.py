"""Passages of made-up reports."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloudqa.documents import read_document
from cloudqa.language import sentence_spans
from cloudqa.passages import MAX_CHARS, PassageKind, make_passages

SENTENCE = "本周华北地区玉米价格整体平稳运行，部分企业小幅上调收购价格，幅度在每吨十元以内。"


@pytest.fixture
def passages_of(tmp_path: Path):
    def _passages(text: str):
        path = tmp_path / "a.md"
        path.write_text(text, encoding="utf-8", newline="")
        return make_passages(read_document(path, tmp_path))

    return _passages


def test_short_paragraphs_of_a_section_share_a_passage(passages_of):
    passages = passages_of("# 周报\n\n## 一、行情\n\n玉米平稳。\n\n小麦上涨。大豆下跌。\n\n## 二、政策\n\n没有变化。\n")
    prose = [(p.section, p.text, p.sentences) for p in passages if p.kind is PassageKind.PROSE]
    assert prose == [
        (("一、行情",), "玉米平稳。\n小麦上涨。大豆下跌。", ((0, 5), (6, 11), (11, 16))),
        (("二、政策",), "没有变化。", ((0, 5),)),
    ]


def test_a_long_paragraph_is_cut_evenly_between_sentences(passages_of):
    passages = passages_of(f"# 周报\n\n## 一、行情\n\n{SENTENCE * 11}\n")
    prose = [p for p in passages if p.kind is PassageKind.PROSE]
    assert [len(p.text) for p in prose] == [len(SENTENCE) * n for n in (6, 5)]
    assert all(p.text[a:b] == SENTENCE for p in prose for a, b in p.sentences)


def test_a_long_sentence_is_not_split(passages_of):
    sentence = "小麦、玉米、" * 80 + "都已收获。"
    passages = passages_of(f"# 周报\n\n## 一、行情\n\n前一句。{sentence}后一句。\n")
    texts = [p.text for p in passages if p.kind is PassageKind.PROSE]
    assert texts == ["前一句。", sentence, "后一句。"]


def test_items_stand_together_with_their_introduction(passages_of):
    passages = passages_of(
        "# 周报\n\n## 一、措施\n\n形势严峻。主要有三项措施：\n\n(1) 增加收储；\n\n(2) 扩大进口；\n\n(3) 严查囤积。\n"
    )
    (listed,) = [p for p in passages if p.kind is PassageKind.LIST and p.section]
    assert listed.text == "(1) 增加收储；\n(2) 扩大进口；\n(3) 严查囤积。"
    assert listed.context == "主要有三项措施："
    assert [listed.text[a:b] for a, b in listed.sentences] == ["(1) 增加收储；", "(2) 扩大进口；", "(3) 严查囤积。"]


def test_rows_with_two_header_rows_caption_and_unit(passages_of):
    text = (
        "# 周报\n\n## 一、产量\n\n表1 各省产量\n\n（单位：万吨）\n\n省\t早稻\t晚稻\n\t面积\t单产\n"
        "江西\t3.1\t2.2\n湖南\t2.0\t4.2\n\n注：初步数。\n"
    )
    passages = passages_of(text)
    rows = [(p.text, p.context) for p in passages if p.kind is PassageKind.TABLE_ROW]
    about = "表1 各省产量 （单位：万吨）\n省 早稻 面积 晚稻 单产"
    assert rows == [("江西\t3.1\t2.2", about), ("湖南\t2.0\t4.2", about)]
    (note,) = [p for p in passages if p.text == "注：初步数。"]
    assert note.context == "表1 各省产量 （单位：万吨）"


def test_pipe_rows_are_verbatim(passages_of):
    passages = passages_of("# 周报\n\n| 省 | 数 |\n|---|---|\n| 江西 | 3.1 |\n")
    (row,) = [p for p in passages if p.kind is PassageKind.TABLE_ROW]
    assert (row.text, row.context) == ("江西 | 3.1", "省 数")


def test_a_table_without_header_keeps_its_first_row(passages_of):
    passages = passages_of("# 周报\n\n江西\t3.1\n湖南\t2.0\n")
    assert [(p.text, p.context) for p in passages if p.kind is PassageKind.TABLE_ROW] == [
        ("江西\t3.1", ""),
        ("湖南\t2.0", ""),
    ]


def test_cells_of_specifications(passages_of):
    text = (
        "# 周报\n\n型号\t甲型收割机\t乙型收割机\n"
        "性能\t功率: 90千瓦 割幅: 2.5米 油耗: 每亩1.2升 重量: 3吨\t"
        "功率: 120千瓦 割幅: 3.5米 油耗: 每亩1.5升 重量: 4吨\n"
        "价格\t每台十二万元起，含三年保修和一次培训\t每台十八万元起，含三年保修和两次培训\n"
    )
    cells = [(p.text, p.context) for p in passages_of(text) if p.kind is PassageKind.TABLE_ROW]
    assert cells[1] == ("功率: 120千瓦 割幅: 3.5米 油耗: 每亩1.5升 重量: 4吨", "型号 性能 乙型收割机")
    assert len(cells) == 4


def test_ids_change_with_content_and_place_only(passages_of):
    first = passages_of("# 周报\n\n## 一、行情\n\n玉米平稳。\n\n## 二、政策\n\n没有变化。\n")
    again = passages_of("# 周报\n\n## 一、行情\n\n玉米平稳。\n\n## 二、政策\n\n有变化。\n")
    assert [p.id for p in first][:-1] == [p.id for p in again][:-1]
    assert first[-1].id != again[-1].id


def test_an_empty_report_has_no_passages(passages_of):
    assert passages_of("") == ()


PARTS = st.lists(
    st.sampled_from(
        [
            *(SENTENCE, "小麦上涨。", "原因如下：", "\n\n", "\n", "## 一、行情\n\n", "### 1、玉米\n\n", "(1) 甲；\n\n"),
            *("甲\t乙\n丙\t1\n丁\t2\n\n", "预计单产，同比\n\n继续上升。", "（作者：王五）\n\n", "表1 产量\n\n"),
            *("注：略\n\n", "主编：甲\n", "- 乙\n"),
        ]
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS.map("".join))
def test_every_piece_is_verbatim_and_no_sentence_is_split(tmp_path, text):
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8", newline="")
    document = read_document(path, tmp_path)
    passages = make_passages(document)
    assert len({p.id for p in passages}) == len(passages)
    whole = {p.text[a:b] for p in document.paragraphs for a, b in sentence_spans(p.text)}
    for passage in passages:
        assert passage.text
        at = 0
        for start, end, span in passage.pieces:
            assert passage.text[at:start].strip() == ""
            assert document.text[span.start : span.end] == passage.text[start:end]
            at = end
        assert at == len(passage.text)
        quotes = [document.text[span.start : span.end] for span in passage.source_spans(0, at)]
        assert "".join("".join(quotes).split()) == "".join(passage.text.split())
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.sentences)
        if passage.kind is PassageKind.PROSE:
            assert len(passage.text) <= MAX_CHARS or len(passage.sentences) == 1
            assert all(passage.text[a:b] in whole for a, b in passage.sentences)
