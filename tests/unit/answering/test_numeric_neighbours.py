"""A metric that a neighbouring row names in full is the one that is meant, and a word may stand for its figure."""

import pytest

REPORT = """# 仓库价目

## 仓位对比

| 项目 | 普通仓位 | 恒温仓位 |
|---|---|---|
| 存放费用 | 3元/吨 起 | 8元/吨 起 |
| 翻检费用 | 无 | 2元/吨 |
"""


@pytest.fixture(scope="module")
def ask(facts_of):
    """Asks the facts of a small price list."""
    return facts_of(REPORT)


def test_each_charge_is_told_from_the_other(ask):
    assert str(ask("恒温仓位的翻检费用是多少？").value) == "2"
    assert str(ask("恒温仓位的存放费用是多少？").value) == "8"


def test_another_charge_never_answers_for_one_that_is_a_word(ask):
    answer = ask("普通仓位的翻检费用是多少？")
    assert answer.value is None
    assert answer.answer.endswith("：无。")
