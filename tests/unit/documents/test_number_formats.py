"""Cells of spreadsheets as text."""

from datetime import date, datetime, time, timedelta

import pytest

from cloudqa.documents.number_formats import printed

NUMBERS = [
    (0.125, "0.0%", "12.5%"),
    (0.12345, "0.00%", "12.35%"),
    (0.285, "0%", "29%"),
    (1.5, "0%", "150%"),
    (-0.0305, "0.0%;[Red]-0.0%", "-3.1%"),
    (1234567, "#,##0", "1,234,567"),
    (1234567.891, "#,##0", "1,234,567.891"),
    (1234.5, "#,##0.00", "1,234.50"),
    (-1234.5, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "-1,234.50"),
    (0, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "0.00"),
    (0.1 + 0.2, "General", "0.3"),
    (5.0, "General", "5"),
    (1e21, "General", "1000000000000000000000"),
    (12.3456, "0.00", "12.3456"),
    (7, "000000", "000007"),
    (2017, '0"年"', "2017年"),
    (3.5, '0.0"亿元"', "3.5亿元"),
    (8800, '"¥"#,##0', "¥8,800"),
    (8800, "[$¥-804]#,##0", "¥8,800"),
    (12.5, '0.0"%"', "12.5%"),
    (1234567, "#,##0,", "1,234.567"),
    (12, 'General"台"', "12台"),
    (12345, '0!.0,"万"', "12345"),
    (12345, '[>=10000]0.0,"K";0', "12345"),
    (0.5, "# ?/?", "0.5"),
    (15000, "0.00E+00", "15000"),
    (3, "@", "3"),
]


@pytest.mark.parametrize(("value", "number_format", "text"), NUMBERS)
def test_numbers(value, number_format, text):
    assert printed(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (datetime(2021, 9, 1), "yyyy-mm-dd", "2021-09-01"),
        (datetime(2021, 9, 1, 8), "yyyy-mm-dd hh:mm", "2021-09-01 08:00:00"),
        (datetime(2021, 9, 1, 8), "m/d/yyyy", "2021-09-01"),
        (datetime(2021, 9, 1), "yyyy-mm-dd hh:mm", "2021-09-01"),
        (datetime(2021, 9, 1), 'yyyy"年"m"月"', "2021-09"),
        (datetime(2021, 9, 1), "[$-409]mmm-yy", "2021-09"),
        (datetime(2021, 9, 1), 'yyyy"年"', "2021"),
        (datetime(2021, 9, 1), 'm"月"d"日"', "2021-09-01"),
        (date(2021, 9, 1), "yyyy-mm-dd", "2021-09-01"),
        (time(8, 30), "h:mm", "08:30:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
        (True, "General", "TRUE"),
        ("河南", "General", "河南"),
        (None, "0.0%", ""),
    ],
)
def test_dates_and_others(value, number_format, text):
    assert printed(value, number_format) == text
