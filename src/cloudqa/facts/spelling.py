"""How names are compared, and the short forms that a name may be called by."""

from __future__ import annotations

from functools import lru_cache

from cloudqa.language import normal_text
from cloudqa.quantities.patterns import lazily

_BRACKETS = lazily(r"\s*[(（\[【《]([^()（）\[\]【】《》]*)[)）\]】》]\s*")
_LEGAL_FORM = lazily(
    r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:总)?公司$|(?:co\.?,?\s?ltd\.?|inc\.?|corp\.?|corporation|company|limited|"
    r"group)$"
)
_GROUP = lazily(r"(?:控股|集团)+$")
_DISTRICT = lazily(
    r"^(?P<city>[^\W\x00-\xff]{2,4}?)(?:市|州|盟)(?P<area>[^\W\x00-\xff]{2,8}?)(?P<kind>新区|自治县|区|县|市|旗|镇|"
    r"街道)?(?P<rest>直管区)?$"
)
_PLACE = lazily(r"^(?P<name>[^\W\x00-\xff]{2,6})(?:省|市|自治区|特别行政区)$")
_SCRIPTS = lazily(r"[a-z0-9][a-z0-9 .&+\-']*[a-z0-9+]|[a-z]|[^\W\x00-\xff]+")
_SEPARATED = lazily(r"[/／、,，;；]")
_SHORTEST = 2
_LONGEST_BEGINNING = 8


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """The one spelling of a name in which names are compared: normal text without blanks and OCR gaps."""
    return "".join(normal_text(name).split())


def short_forms(name: str) -> tuple[str, ...]:
    """Other spellings that a name is called by, from its own parts only; the name's own spelling left out.

    - what stands in brackets, and the name without it: 标准版 (Standard);
    - each of several names in one cell: 甲花园/乙花园;
    - a company without its legal form: 某某集团有限公司;
    - a place without the kinds of its parts: 甲市乙区 → 甲乙, 甲市乙, 乙区;
    - the Latin and the Chinese part of a mixed name: 云平台Example, 云Example.
    """
    own = spelling(name)
    plain = normal_text(name).strip()
    found: list[str] = []
    for form in _forms(plain):
        short = "".join(form.split())
        if len(short) >= _SHORTEST and short != own and not short.isdigit():
            found.append(short)
    return tuple(dict.fromkeys(found))


def _forms(plain: str) -> list[str]:
    forms: list[str] = []
    outside = _BRACKETS().sub("", plain)
    if outside != plain:
        forms.append(outside)
        forms.extend(i for i in _BRACKETS().findall(plain) if len(i) > _SHORTEST or i.isascii() != outside.isascii())
    parts = [part.strip() for part in _SEPARATED().split(plain)]
    if len(parts) > 1:
        forms.extend(parts)
    forms.extend(_without_legal_form(plain))
    if outside != plain:
        forms.extend(_without_legal_form(outside))
    forms.extend(_place_forms(plain))
    forms.extend(_script_parts(outside))
    return forms


def _without_legal_form(name: str) -> list[str]:
    short = _LEGAL_FORM().sub("", name).strip()
    if short == name or len(short) < _SHORTEST:
        return []
    shorter = _GROUP().sub("", short)
    return [short, shorter] if len(shorter) > _SHORTEST else [short]


def _place_forms(name: str) -> list[str]:
    m = _DISTRICT().match(name)
    if m is None:
        only = _PLACE().match(name)
        return [only["name"]] if only else []
    city, area, kind = m["city"], m["area"], m["kind"] or ""
    full = area + kind + (m["rest"] or "")
    return [city + area, f"{city}市{area}", city + full, full, area + kind, city + area + kind, area]


def _script_parts(name: str) -> list[str]:
    """The Latin and Chinese stretches of a name that mixes both, if it has one of each or two of one."""
    parts = [part.strip() for part in _SCRIPTS().findall(name)]
    named = not any(char.isdigit() for char in name)
    mixed = named and len({part[0].isascii() for part in parts}) == 2 and len(parts) <= 3
    return [part for part in parts if not part.isdigit()] + _contracted(parts) if mixed else []


def _contracted(parts: list[str]) -> list[str]:
    """The beginning of a Chinese part beside the Latin part: 甲方云平台Example → 甲方Example, 甲方云Example."""
    if len(parts) != _SHORTEST or parts[0].isascii():
        return []
    chinese, latin = parts
    return [chinese[:length] + latin for length in range(_SHORTEST, min(len(chinese), _LONGEST_BEGINNING))]


@lru_cache(maxsize=65536)
def is_nameable(text: str, longest: int = 40) -> bool:
    """Whether a text can be a term: short enough, and not a bare number or sentence."""
    return 0 < len(text) <= longest and not text.isdigit() and not any(c in text for c in "。；！？\n")
