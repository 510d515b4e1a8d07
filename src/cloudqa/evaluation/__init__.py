"""Evaluation: run a set of questions through the assistant and see that what it cites is there."""

from cloudqa.evaluation.citations import unresolved
from cloudqa.evaluation.running import GoldQuestion, answer_lines, load_questions

__all__ = ["GoldQuestion", "answer_lines", "load_questions", "unresolved"]
