"""Where a sentence-transformers model lies on this machine, and what identifies it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cloudqa.errors import ModelUnavailableError

_SAMPLE_BYTES = 1 << 16  # hashing all of a large weight file would cost seconds at every start
_IDENTIFYING = ("*.json", "*/config.json", "*.safetensors", "*.bin", "onnx/*.onnx")


def locate(model: str | Path) -> Path:
    """The folder of a model: itself, or its newest snapshot in the hub's local cache. Never opens a connection.

    Raises:
        ModelUnavailableError: It is neither a folder nor in the cache.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    for name in (str(model), f"sentence-transformers/{model}"):
        if (snapshot := _cached_snapshot(name)) is not None:
            return snapshot
    raise ModelUnavailableError(
        f"The model {model} is neither a folder nor in this machine's model cache.",
        f"On a machine with a network run `hf download {model} --local-dir model`, bring the folder here and name it "
        "with --model (docs/models.md); without --model the built-in encoder is used.",
    )


def model_name(folder: Path) -> str:
    """Name and revision of the model in a folder: a snapshot's commit, else a digest of its files.

    The digest covers the names and sizes of configuration and weights, and the first 64 KiB of each.
    """
    if folder.parent.name == "snapshots":
        return f"{folder.parents[1].name.removeprefix('models--').replace('--', '/')}@{folder.name[:12]}"
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _IDENTIFYING for path in folder.glob(pattern)}):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE_BYTES))
    return f"{folder.absolute().name}@{digest.hexdigest()[:12]}"


def _cached_snapshot(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None
