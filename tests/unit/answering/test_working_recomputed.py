"""The working of every calculated gold answer, recomputed from the quotes that its operands cite."""

from __future__ import annotations

import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

from cloudqa.answering import Assistant
from cloudqa.evaluation import answer_lines, load_questions
from cloudqa.quantities import UNSTATED, Quantity, UnitMismatchError, find_quantities, parse_cell, parse_unit
from cloudqa.settings import Settings

TEXT_CATEGORIES = {"text-fact", "text-explain", "paraphrase-hard", "meta"}
TWELFTH = Decimal("1E-12")

RULES = {
    "sum": lambda *values: sum(values),
    "mean": lambda *values: sum(values) / len(values),
    "difference": lambda first, second: first - second,
    "ratio": lambda first, second: first / second,
    "share": lambda part, whole: part / whole * 100,
    "growth": lambda new, old: (new / old - 1) * 100,
    "cagr": lambda new, old, years: ((new / old) ** (1 / years) - 1) * 100,
    "product": lambda first, second: first * second,
    "quotient": lambda first, second: first / second,
}


@pytest.fixture(scope="module")
def calculated(tmp_path_factory, report_path, gold_path) -> list[dict]:
    """The answers of the gold set that show a working, decimals kept."""
    folder = tmp_path_factory.mktemp("working")
    (folder / "corpus").mkdir()
    shutil.copy(report_path, folder / "corpus")
    assistant = Assistant.open(Settings(corpus=folder / "corpus", index=folder / "index"))
    questions = [question for question in load_questions(gold_path) if question.category not in TEXT_CATEGORIES]
    answers = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in answer_lines(assistant, questions)]
    return [answer for answer in answers if answer["working"]]


def stated_in(quote: str) -> list[Quantity]:
    """The figures of a quote: those of its cells, else those of its sentence."""
    found = [parse_cell(cell).quantity for cell in re.split(r"[\t\n]", quote)] if "\t" in quote else []
    return [figure for figure in found if figure is not None] or find_quantities(quote)


def is_stated(operand: dict, quote: str) -> bool:
    """Whether the quote states the operand's figure, in its unit where the quote prints one."""
    units = {figure.unit.symbol for figure in stated_in(quote) if figure.value == operand["value"]}
    bare = {symbol for symbol in units if symbol in ("", UNSTATED.symbol)}
    return bool(bare) or operand["unit"] in units or any(operand["unit"].startswith(symbol) for symbol in units)


def is_asked(operand: dict, question: str) -> bool:
    """Whether the question itself names the figure, perhaps in another unit of the same kind."""
    unit = parse_unit(operand["unit"])
    for figure in find_quantities(question):
        try:
            if figure.value == operand["value"] or (unit and figure.to(unit) == operand["value"]):
                return True
        except UnitMismatchError:
            continue
    return False


def recomputed(step: dict) -> Decimal:
    with localcontext() as context:
        context.prec, context.rounding = 50, ROUND_HALF_UP
        return RULES[step["op"]](*(Decimal(operand["value"]) for operand in step["operands"])).quantize(TWELFTH)


def test_enough_gold_answers_are_calculated(calculated):
    assert len(calculated) >= 35
    assert {step["op"] for answer in calculated for step in answer["working"]["steps"]} >= {
        "sum", "mean", "difference", "ratio", "growth", "cagr", "product", "quotient",
    }  # fmt: skip


def test_every_operand_is_stated_where_it_is_cited(calculated):
    wrong = [
        (answer["id"], str(operand["value"]), operand["unit"], answer["citations"][int(operand["citation"])]["quote"])
        for answer in calculated
        for step in answer["working"]["steps"]
        for operand in step["operands"]
        if operand["citation"] is not None
        and not is_stated(operand, answer["citations"][int(operand["citation"])]["quote"])
    ]
    assert wrong == []


def test_an_operand_without_a_citation_comes_from_the_question_or_an_earlier_step(calculated):
    wrong = []
    for answer in calculated:
        results: set[Decimal] = set()
        for step in answer["working"]["steps"]:
            free = [o for i, o in enumerate(step["operands"]) if not (step["op"] == "cagr" and i == 2)]
            wrong += [
                (answer["id"], str(operand["value"]), operand["unit"])
                for operand in free
                if operand["citation"] is None
                and operand["value"] not in results
                and not is_asked(operand, answer["question"])
            ]
            results.add(step["result"])
    assert wrong == []


def test_every_step_gives_its_result(calculated):
    wrong = [
        (answer["id"], step["op"], str(recomputed(step)), str(step["result"]))
        for answer in calculated
        for step in answer["working"]["steps"]
        if recomputed(step) != Decimal(step["result"]).quantize(TWELFTH)
    ]
    assert wrong == []


def test_the_value_is_the_result_of_the_last_step(calculated):
    values = {a["id"]: (a["value"], a["unit"]) for a in calculated if a["value"] is not None}
    steps = {a["id"]: a["working"]["steps"][-1] for a in calculated}
    assert len(values) >= 35
    assert {i: v for i, v in values.items() if v != (steps[i]["result"], steps[i]["unit"])} == {}


def test_the_formula_for_reading_says_the_same_figures(calculated):
    for answer in calculated:
        formulas = answer["working"]["formula"].split("; ")
        assert len(formulas) == len(answer["working"]["steps"]), answer["id"]
        for formula, step in zip(formulas, answer["working"]["steps"], strict=True):
            left, right = formula.split(" = ")
            shown = Decimal(re.match(r"-?[\d.]+", right)[0])
            assert Decimal(step["result"]).quantize(shown, rounding=ROUND_HALF_UP) == shown, answer["id"]
            assert right.endswith(step["unit"]), answer["id"]
            printed = [Decimal(figure) for figure in re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?", left)]
            assert [o["value"] for o in step["operands"] if Decimal(o["value"]) not in printed] == [], answer["id"]
