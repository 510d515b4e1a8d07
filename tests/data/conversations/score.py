#!/usr/bin/env python3
"""score.py CONVERSATIONS.jsonl ANSWERS.jsonl [--verbose]

ANSWERS: one line of JSON for each turn, in order, as ``cloudqa chat --format json`` writes them.
Python 3.11, standard library only.  What a turn expects:

 number   the value (or one of "or") within the tolerance, in the unit or with none given
 has      every inner list matched by at least one alternative in the text of the answer, its context left out
 refuse   refused, and no value
 cites    every string stands in a quote of the answer, which is no refusal

A wrong number: a value that was not expected, or a value where a refusal was.
"""
import argparse
import json
from decimal import Decimal


def tight(text):
    return "".join(text.split()).lower().replace(",", "")


def near(value, expect):
    wanted = [expect["number"], *expect.get("or", [])]
    return value is not None and any(
        abs(Decimal(str(value)) - Decimal(str(w))) <= Decimal(str(expect["tolerance"])) for w in wanted
    )


def judge(expect, answer):
    """Whether an answer is right, and whether it is a wrong number."""
    value, refused = answer.get("value"), answer.get("refused", False)
    if "refuse" in expect:
        return refused and value is None, value is not None
    if refused:
        return False, False
    if "number" in expect:
        right = near(value, expect)
        return right, not right and value is not None
    if "cites" in expect:
        quotes = tight(" ".join(c["quote"] for c in answer["citations"]))
        return all(tight(c) in quotes for c in expect["cites"]), False
    text = tight(answer["answer"])
    right = all(any(tight(alternative) in text for alternative in group) for group in expect["has"])
    return right, not right and value is not None


def score(conversations, answers):
    """One (conversation id, question, right, wrong number, answer) for each turn."""
    answers = iter(answers)
    return [
        (c["id"], turn["question"], *judge(turn["expect"], answer), answer)
        for c in conversations
        for turn in c["turns"]
        for answer in [next(answers)]
    ]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("conversations")
    parser.add_argument("answers")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    turns = score(read(args.conversations), read(args.answers))
    for name, question, right, wrong, answer in turns:
        if args.verbose and not right:
            print(f"{name} {question}: {'WRONG NUMBER' if wrong else 'not right'}: {answer['answer']}")
    right = sum(t[2] for t in turns)
    print(f"{right}/{len(turns)} right, {sum(t[3] for t in turns)} wrong numbers")
