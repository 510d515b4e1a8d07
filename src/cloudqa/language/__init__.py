"""Language: normalising, sentences, terms. A leaf: it knows nothing of reports."""

from cloudqa.language.normal import Normalised, normal_text, normalise, simplify, small_numeral
from cloudqa.language.sentences import clause_spans, sentence_spans
from cloudqa.language.terms import terms

__all__ = [
    "Normalised",
    "clause_spans",
    "normal_text",
    "normalise",
    "sentence_spans",
    "simplify",
    "small_numeral",
    "terms",
]
