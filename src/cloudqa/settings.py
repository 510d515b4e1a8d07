"""Where corpus and index are, and the few things a user can set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Paths and choices of one run.

    Every value comes from the command line first, then from an environment variable, then from where things lie: the
    nearest ancestor folder of the current one that holds ``corpus/``, then the user's data folder.

    Attributes:
        corpus: Folder with the reports.
        index: Folder with the index generations.
        model: Embedding model: a folder or a name; None is the built-in one.
    """

    corpus: Path
    index: Path
    model: str | None = None

    @classmethod
    def locate(
        cls,
        corpus: str | Path | None = None,
        index: str | Path | None = None,
        model: str | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Settings:
        """Settings for this run; nothing is created and nothing need exist.

        Args:
            corpus: ``--corpus``, else ``CLOUDQA_CORPUS``.
            index: ``--index``, else ``CLOUDQA_INDEX``; else ``index`` beside the corpus folder.
            model: ``--model``, else ``CLOUDQA_MODEL``.
            environ: The environment, ``os.environ`` if None.
            cwd: Where to start looking, the current folder if None.
        """
        environ = os.environ if environ is None else environ
        corpus = corpus or environ.get("CLOUDQA_CORPUS") or None
        index = index or environ.get("CLOUDQA_INDEX") or None
        home = _home(environ, Path.cwd() if cwd is None else cwd)
        corpus_path = Path(corpus) if corpus else home / "corpus"
        index_path = Path(index) if index else (corpus_path.absolute().parent if corpus else home) / "index"
        return cls(corpus=corpus_path, index=index_path, model=model or environ.get("CLOUDQA_MODEL") or None)


def _home(environ: Mapping[str, str], cwd: Path) -> Path:
    """The folder that holds ``corpus/``: the nearest ancestor that does, else the user's data folder."""
    for folder in (cwd, *cwd.parents):
        if (folder / "corpus").is_dir():
            return folder
    data_home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local" / "share")
    return Path(data_home) / "cloudqa"
