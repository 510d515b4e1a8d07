from decimal import Decimal

from cloudqa.quantities import find_quantities


def test_a_figure_keeps_its_printed_unit():
    (figure,) = find_quantities("规模达2.7亿元。")
    assert (figure.value, figure.unit.symbol, figure.base(), figure.text) == (
        Decimal("2.7"), "亿元", Decimal(270000000), "2.7亿元",
    )  # fmt: skip
