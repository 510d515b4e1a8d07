"""What a rebuild says: a line for each stage, and for a long one a line every two seconds."""

from __future__ import annotations

import io
from types import SimpleNamespace

from cloudqa.cli.console import Console, Style
from cloudqa.cli.progress import ProgressLines


def event(stage, done=0, total=0, detail=""):
    return SimpleNamespace(stage=SimpleNamespace(value=stage), done=done, total=total, detail=detail)


def test_lines_of_a_rebuild():
    err = io.StringIO()
    now_s = iter([0.0, 0.5, 2.5, 2.6, 2.7])
    progress = ProgressLines(Console(None, err, Style()), clock=lambda: next(now_s))
    for told in [event("reading", 0, 3, "a.md"), event("reading", 1, 3, "b.md"), event("reading", 2, 3, "c\x1b[2J.md")]:
        progress(told)
    progress(event("writing"))
    progress(event("finished", detail="0123456789abcdef"))
    assert err.getvalue().splitlines() == [
        "index: reading 0/3 a.md",
        "index: reading 2/3 c[2J.md",
        "index: writing",
        "index: finished 0123456789abcdef",
    ]
