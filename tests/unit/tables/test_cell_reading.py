"""Single cells, headers and marks."""

from decimal import Decimal

import pytest

from cloudqa.quantities import Period, PeriodKind, Quantity
from cloudqa.tables import Absence, caption_words, parse_header
from cloudqa.tables.cells import ContentKind, read_cell
from cloudqa.tables.text import blank_markup, close_blanks, note_mark, split_marks


@pytest.mark.parametrize(
    ("source", "absence"),
    [
        ("", Absence.BLANK), ("—", Absence.DASH), ("-", Absence.DASH), ("N/A", Absence.NOT_AVAILABLE),
        ("未披露", Absence.NOT_AVAILABLE), ("None", Absence.NONE_WORD),
    ],
)  # fmt: skip
def test_the_kinds_of_nothing(source, absence):
    assert read_cell(source).absence is absence


def test_zero_is_a_figure():
    assert read_cell("0").pieces[0].value.value == Decimal(0)
    assert read_cell("0").absence is None


@pytest.mark.parametrize(
    ("source", "value"), [("1,240", "1240"), ("(2,145)", "-2145"), ("-3.5", "-3.5"), ("95.58%", "95.58")]
)
def test_figures(source, value):
    content = read_cell(source)
    assert (content.kind, content.pieces[0].value.value) == (ContentKind.NUMBER, Decimal(value))


def test_dates_are_no_figures():
    assert read_cell("2015-06-18").pieces[0].value == Period(2015, PeriodKind.DAY, 6, 18)
    assert read_cell("2010年4月").pieces[0].value == Period(2010, PeriodKind.MONTH, 4)


def test_pairs_and_prices_carry_offsets():
    source = "容量: 20GB 时长: 无"
    pieces = read_cell(source).pieces
    assert [(p.key, source[p.value_start : p.end]) for p in pieces] == [("容量", "20GB"), ("时长", "无")]
    source = '月费 9.9元/户 起 <a href="#">详情</a>'
    pieces = read_cell(source).pieces
    assert [(p.key, source[p.value_start : p.end]) for p in pieces] == [("月费", "9.9元/户 起")]


def test_a_clock_time_and_a_sentence_are_no_pairs():
    assert read_cell("开放时间为每天 08:00").kind is ContentKind.TEXT
    assert read_cell("提供服务: 高可靠").kind is ContentKind.TEXT


def test_headers():
    header = parse_header("平均每万用户营收(亿元)")
    assert (header.words, header.unit.symbol) == ("平均每万用户营收", "亿元/万用户")
    header = parse_header("甲公司 2016年末")
    assert (header.before, header.period.label) == ("甲公司", "2016末")
    header = parse_header("2017年1—9月PUE")
    assert (header.words, header.period.label) == ("PUE", "2017-01~2017-09")
    assert parse_header("机柜数（个）").unit.symbol == "个"
    assert parse_header("设备（进口）").words == "设备（进口）"


def test_captions():
    assert caption_words("表 1 同季度云收入增长百分比：") == "同季度云收入增长百分比"
    assert caption_words("某公司相关数据如下：") == "某公司相关数据"


def test_blanks_marks_and_markup():
    assert close_blanks("总 营收 ( 亿 元)") == "总营收(亿元)"
    assert close_blanks("甲公司 2016年末") == "甲公司 2016年末"
    assert split_marks("5.73①") == ("5.73", ("①",))
    assert split_marks("12.5[2]") == ("12.5", ("2",))
    assert split_marks("地块[2]") == ("地块[2]", ())
    assert split_marks("地块[2]", frozenset({"2"})) == ("地块", ("2",))
    assert note_mark("② 一次性费用。") == "②"
    assert note_mark("注：单位为万元。") == ""
    assert blank_markup("a<b>粗</b>**强**") == "a   粗      强  "


def test_a_figure_keeps_its_printed_form():
    quantity = read_cell("41.00亿美元").pieces[0].value
    assert isinstance(quantity, Quantity)
    assert (quantity.decimals, quantity.text) == (2, "41.00亿美元")
