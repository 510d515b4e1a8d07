"""Writes the built-in encoder as a sentence-transformers model: ``python training/export.py --out build/float32``.

Load it with ``SentenceTransformer("build/float32", trust_remote_code=True)``; its module is part of this package.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from cloudqa.embedding.layout import BUILTIN_FOLDER
from cloudqa.embedding.sentence_module import export_float32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=BUILTIN_FOLDER, help="an int8 model directory")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    export_float32(options.model, options.out)


if __name__ == "__main__":
    main()
