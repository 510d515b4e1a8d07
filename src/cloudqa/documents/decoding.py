"""The text of a file of bytes: UTF-8, UTF-16, UTF-32, GB18030 (GBK) or Big5, told by what is in it."""

from __future__ import annotations

import codecs

from cloudqa.errors import UnreadableDocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An encoding with the lead bytes of its everyday characters: Chinese of any kind is written almost wholly in them,
# text of another encoding taken for it is not.
_CHINESE = (
    ("gb18030", "gb2312", (range(0xA1, 0xA4), range(0xB0, 0xD8))),
    ("big5", "big5", (range(0xA1, 0xA4), range(0xA4, 0xC7))),
)
_NAMES_OF_GB = ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "euc-cn")
_RARER = ("big5hkscs", "gb18030", "big5", "utf_16_le", "utf_16_be", "utf_7", "hz")
_LEAST_CHAOS = 0.1
_LEAST_SHOWN = 40
_MOSTLY_CHINESE = 0.5
_SAMPLE_CHARS = 50_000
_EVERYDAY = 0.7
_MOSTLY_LATIN = 0.3  # share of zero bytes from which a text is UTF-16, though it would pass as UTF-8


def decode(content: bytes, shown: str) -> str:
    """The text of a file, without byte order mark, each line end one line feed.

    A byte order mark decides. Without one the file is UTF-8 if it is valid UTF-8; else UTF-16 if its zero bytes show
    it; else the Chinese encoding whose everyday characters most of it is written in.

    Args:
        content: The file.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is text in none of these.
    """
    text = _decoded(content)
    if text is None:
        raise UnreadableDocumentError(
            f"{shown} is not UTF-8 text: byte {_first_misfit(content)} does not fit, and it is no UTF-16, GB18030 "
            "or Big5 text either.",
            "Save it as UTF-8, for example with: iconv -f GB18030 -t UTF-8.",
        )
    return _plain_line_ends(text)


def decode_as(content: bytes, named: str, shown: str) -> str:
    """The text of a file that names its encoding, as :func:`decode` gives it.

    A byte order mark goes before the name; a name that is unknown or does not fit the bytes is passed over.

    Args:
        content: The file.
        named: The encoding, "" where none is named. GB2312 and GBK are read as GB18030, which includes both.
        shown: The file as messages name it.

    Raises:
        UnreadableDocumentError: It is text in no encoding that is known.
    """
    name = named.lower()
    if not name or any(content.startswith(mark) for mark, _ in _MARKS) or _wide(content):
        return decode(content, shown)
    try:
        codec = "gb18030" if name in _NAMES_OF_GB else codecs.lookup(name).name
        text = content.decode(codec)
    except (LookupError, UnicodeError):
        return decode(content, shown)
    return _plain_line_ends(text)


def _plain_line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    wide = _wide(content)
    if wide and content.count(0) >= _MOSTLY_LATIN * len(content):
        return _strictly(content, wide)
    text = _strictly(content, "utf-8")
    if text is None and wide:
        text = _strictly(content, wide)
    if text is None:
        text = _chinese(content)
    return _guessed(content) if text is None else text


def _guessed(content: bytes) -> str | None:
    """The text by what charset-normalizer makes of it, where that is plainly Chinese, None otherwise."""
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=list(_RARER), enable_fallback=False).best()
    text = str(best) if best is not None and best.chaos < _LEAST_CHAOS else ""
    shown = [character for character in text[:_SAMPLE_CHARS] if not character.isspace()]
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in shown)
    return text if len(shown) >= _LEAST_SHOWN and chinese >= _MOSTLY_CHINESE * len(shown) else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _first_misfit(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _wide(content: bytes) -> str:
    """The UTF-16 whose zero bytes, those of Latin letters, digits and line ends, stand where the file has them."""
    low, high = content[1::2].count(0), content[0::2].count(0)
    if len(content) % 2 or not low + high:
        return ""
    if high <= low // 20:
        return "utf-16-le"
    return "utf-16-be" if low <= high // 20 else ""


def _chinese(content: bytes) -> str | None:
    best, best_share = None, _EVERYDAY
    for encoding, everyday, leads in _CHINESE:
        text = _strictly(content, encoding)
        if text is not None and (share := _everyday_share(text, everyday, leads)) > best_share:
            best, best_share = text, share
    return best


def _everyday_share(text: str, encoding: str, leads: tuple[range, ...]) -> float:
    """The share of everyday characters among those beyond ASCII at the text's beginning."""
    foreign = [character for character in text[:_SAMPLE_CHARS] if character > "\x7f"]
    common = 0
    for character in foreign:
        code = character.encode(encoding, errors="ignore")
        common += len(code) == 2 and any(code[0] in lead for lead in leads)
    return common / len(foreign) if foreign else 0.0
