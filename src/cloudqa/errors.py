"""What can go wrong, as one tree.

    CloudQAError
    ├── UsageError              the command or question itself is unusable         (exit 2)
    ├── CorpusError             no corpus, or nothing in it can be read            (exit 3)
    │   └── UnreadableDocumentError   one file cannot be read                      (exit 4)
    ├── IndexUnusableError      the index cannot be used                           (exit 3)
    │   ├── IndexMissingError
    │   ├── IndexStaleError
    │   └── IndexCorruptError
    └── ModelUnavailableError   an embedding model cannot be loaded                (exit 3)

"The archive does not contain it" is an answer (a refusal), not an error.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller."""

    ANSWERED = 0
    REFUSED = 1
    USAGE = 2
    UNUSABLE = 3
    INPUT_UNREADABLE = 4
    INTERRUPTED = 130


class CloudQAError(Exception):
    """An error with a message that names what is at fault and a hint that names the next step.

    Attributes:
        message: One sentence naming the file, cell or word at fault.
        hint: The next command or action; may be empty.
    """

    exit_code: ExitCode = ExitCode.UNUSABLE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(CloudQAError):
    """The command line or the question cannot be used as given."""

    exit_code = ExitCode.USAGE


class CorpusError(CloudQAError):
    """There is no corpus folder, or no report in it."""


class UnreadableDocumentError(CorpusError):
    """One file of the corpus cannot be read as a report."""

    exit_code = ExitCode.INPUT_UNREADABLE


class IndexUnusableError(CloudQAError):
    """The index as it lies on disk cannot answer."""


class IndexMissingError(IndexUnusableError):
    """No generation has been built yet."""


class IndexStaleError(IndexUnusableError):
    """The index was built by another schema or encoder, or the corpus has changed."""


class IndexCorruptError(IndexUnusableError):
    """A file of the current generation is missing, truncated or foreign."""


class ModelUnavailableError(CloudQAError):
    """An embedding model is not on disk or cannot be loaded."""
