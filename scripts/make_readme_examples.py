"""Writes the real output of each ```console example of the READMEs into it; with --check only compares."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = (REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md")
_EXAMPLE = re.compile(r"^```console\n\$ cloudqa (?P<words>.+)\n(?:.*\n)*?```$", re.M)


def with_real_output(page: str) -> str:
    """The page with what its commands print now."""
    return _EXAMPLE.sub(lambda m: f"```console\n$ cloudqa {m['words']}\n{_output(m['words'])}```", page)


def _output(words: str) -> str:
    """What the command prints on standard output, from the corpus of the repository and the index of this run."""
    from cloudqa.cli.main import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        main([*shlex.split(words), "--corpus", str(REPOSITORY / "corpus")])
    out.flush()
    out.seek(0)
    return out.read()


def main() -> int:
    """Rewrites the pages, or compares them: 0 where they are up to date, 1 where one is not."""
    with tempfile.TemporaryDirectory() as index:
        os.environ["CLOUDQA_INDEX"] = index
        stale = [
            page for page in PAGES if with_real_output(page.read_text(encoding="utf-8")) != page.read_text("utf-8")
        ]
        if "--check" not in sys.argv[1:]:
            for page in stale:
                page.write_text(with_real_output(page.read_text(encoding="utf-8")), encoding="utf-8")
            return 0
    for page in stale:
        sys.stderr.write(f"{page.name} is out of date; run: python scripts/make_readme_examples.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
