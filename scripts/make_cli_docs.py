"""Writes docs/cli.md from the parser itself; with --check only says whether the file is up to date."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_INTRODUCTION = """# The command line

Written by `python scripts/make_cli_docs.py` from the commands themselves; change it there. What the commands write as
JSON is in [json.md](json.md).
"""


def cli_docs() -> str:
    """The page: the help of the program and of each command, as a terminal of 100 columns shows it."""
    os.environ["COLUMNS"] = "100"
    from cloudqa.cli.parser import build_parser

    parser = build_parser()
    pages = [("cloudqa", parser), *((f"cloudqa {name}", command) for name, command in _commands(parser).items())]
    return _INTRODUCTION + "".join(f"\n## {name}\n\n```\n{page.format_help().rstrip()}\n```\n" for name, page in pages)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def main() -> int:
    """Writes the page, or compares it: 0 where it is up to date, 1 where it is not."""
    page = cli_docs()
    if "--check" not in sys.argv[1:]:
        DOCS.write_text(page, encoding="utf-8")
        return 0
    if DOCS.is_file() and DOCS.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write("docs/cli.md is out of date; run: python scripts/make_cli_docs.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
