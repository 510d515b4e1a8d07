import re

import pytest

from cloudqa.questions.cue_patterns import PATTERNS
from cloudqa.questions.leads import leading_characters


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("同比|环比", "同环"),
        (r"(?:比|较)(?:上)?年", "比较"),
        ("净?增加", "净增"),
        (r"(?:排名?)?(?:在)?前[1-3]", "排在前"),
        (r"(?<![最新])[高大](?=呢)", "高大"),
        (r"^(?:is|are)\b|\bmean\b", "iam"),
        (r"(?P<n>[0-2]|两)位", "012两"),
        ("r(?:ise|ose)", "r"),
        (r">=?|\(", ">("),
    ],
)
def test_what_a_match_begins_with(pattern: str, characters: str) -> None:
    assert leading_characters(pattern) == frozenset(characters)


@pytest.mark.parametrize("pattern", ["a?", "[^a]b", r"\w+", ".b", r"\d", "a{0,2}b", "a|", "(?:a|b?)"])
def test_what_cannot_be_told(pattern: str) -> None:
    assert leading_characters(pattern) is None


def test_every_grammar_word_can_be_told() -> None:
    for kind, pattern in PATTERNS:
        assert leading_characters(pattern), kind


@pytest.mark.parametrize("text", ["同比增长多少？", "which quarter was the highest", "前三名分别是谁", "破100亿了吗"])
def test_no_match_begins_with_anything_else(text: str) -> None:
    for kind, pattern in PATTERNS:
        unnamed = re.sub(r"\?P<n>", "?:", pattern.replace("{tail}", "$"))
        starts = {m.group()[0] for m in re.finditer(unnamed, text) if m.group()}
        assert starts <= (leading_characters(pattern) or set()), kind
