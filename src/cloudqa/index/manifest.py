"""What a generation says of itself, and the digests by which damage is noticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cloudqa.errors import IndexCorruptError, IndexStaleError

SCHEMA = 6
"""Layout of a generation; one of another number is rebuilt."""

REPAIR = "Run: cloudqa index --full"
"""The next step for whoever has an index that cannot be used."""

MANIFEST_NAME = "manifest.json"

_WHOLE_BYTES = 4 << 20  # larger files are sampled, so that opening an index takes the same time at any size
_SAMPLES, _SAMPLE_BYTES = 16, 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus as it was when the generation was built.

    Attributes:
        path: Relative to the corpus folder, with forward slashes.
        report: Id of the report read from it, "" if it could not be read.
        size: In bytes.
        mtime_ns: Time of the last change, nanoseconds since the epoch.
        sha256: Of its bytes, hexadecimal.
        failure: Why it could not be read, "" if it could.
    """

    path: str
    report: str
    size: int
    mtime_ns: int
    sha256: str
    failure: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and :func:`file_digest` of one file of the generation."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that has to be known of a generation before it is used.

    Attributes:
        schema: :data:`SCHEMA` of the program that wrote it.
        version: Version of that program: another one may read reports differently.
        model: The embedding model as the user named it, "" for the built-in one.
        encoder: ``Embedder.name`` of that model.
        dimension: Length of its vectors.
        passages: Number of passages.
        sentences: Number of sentences with a vector of their own.
        sources: The corpus, by path.
        files: Every other file of the generation by name.
    """

    schema: int
    version: str
    model: str
    encoder: str
    dimension: int
    passages: int
    sentences: int
    sources: tuple[Source, ...]
    files: dict[str, FileRecord]

    def generation_id(self) -> str:
        """16 hexadecimal digits of the content; times of change are left out, so identical builds agree."""
        timeless = replace(self, sources=tuple(replace(s, mtime_ns=0) for s in self.sources))
        return hashlib.blake2b(timeless.to_json().encode(), digest_size=8).hexdigest()

    def to_json(self) -> str:
        """The manifest as one JSON object, keys in order."""
        return json.dumps(asdict(self), sort_keys=True, indent=1)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in ``folder``.

    Raises:
        IndexCorruptError: It is missing, is not a manifest, or its content is not what its folder's name says.
        IndexStaleError: Another version of the layout wrote it.
    """
    path = folder / MANIFEST_NAME
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        schema = int(stored["schema"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexCorruptError(f"The index has no readable manifest ({path}).", REPAIR) from error
    if schema != SCHEMA:
        raise IndexStaleError(f"The index was built with layout {schema}, this program uses {SCHEMA}.", REPAIR)
    try:
        stored["sources"] = tuple(Source(**source) for source in stored["sources"])
        stored["files"] = {name: FileRecord(**record) for name, record in stored["files"].items()}
        manifest = Manifest(**stored)
    except (AttributeError, KeyError, TypeError) as error:
        raise IndexCorruptError(f"The manifest of the index is incomplete ({path}).", REPAIR) from error
    if manifest.generation_id() != folder.name:
        raise IndexCorruptError(f"The manifest of the index was changed after it was written ({path}).", REPAIR)
    return manifest


def record_file(path: Path) -> FileRecord:
    """Size and digest of a file that has been written."""
    return FileRecord(path.stat().st_size, file_digest(path))


def check_file(folder: Path, name: str, manifest: Manifest) -> Path:
    """The path of a file of the generation, found whole.

    Raises:
        IndexCorruptError: It is missing, or its size or digest is not the recorded one.
    """
    path = folder / name
    try:
        whole = manifest.files.get(name) == record_file(path)
    except OSError as error:
        raise IndexCorruptError(f"A file of the index is missing or unreadable ({path}).", REPAIR) from error
    if not whole:
        raise IndexCorruptError(f"A file of the index is damaged ({path}).", REPAIR)
    return path


def file_digest(path: Path) -> str:
    """16 hexadecimal digits of a file's content.

    The whole file up to 4 MiB; of a larger one its size and sixteen evenly spaced blocks, the first and the last among
    them, which finds truncation and exchange but not every changed bit.
    """
    digest = hashlib.blake2b(digest_size=8)
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= _WHOLE_BYTES:
            digest.update(file.read())
        else:
            digest.update(str(size).encode())
            for i in range(_SAMPLES):
                file.seek((size - _SAMPLE_BYTES) * i // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()
