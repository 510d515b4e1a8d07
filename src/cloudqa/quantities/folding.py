"""One spelling for the characters figures are written with, without changing any length.

Every character is replaced by exactly one, so offsets into the folded text are offsets into the source.
"""

from __future__ import annotations

_KEPT_WIDE = "，；：！？、"
_TRADITIONAL = (
    "億萬個圓兩餘約過財報幣點負貳參陸戶間項筆張臺輛條種類場屆從來預計達於佔幾噸時鐘歐韓鎊盧單後週"
    "歲頁號樓圖錢塊換為摺數將僅還門棟開現紀顆隻節處級層價發歷際當據倆會員請務廣導縮勢總額標測較強"
)
_SIMPLIFIED = (
    "亿万个元两余约过财报币点负贰叁陆户间项笔张台辆条种类场届从来预计达于占几吨时钟欧韩镑卢单后周"
    "岁页号楼图钱块换为折数将仅还门栋开现纪颗只节处级层价发历际当据俩会员请务广导缩势总额标测较强"
)
_SINGLE = {
    "\u3000": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "−": "-",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "﹣": "-",
    "﹪": "%",
    "〜": "~",
    "∼": "~",
    "￥": "¥",
    "￡": "£",
    "○": "〇",
}


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
    table.update((ord(a), b) for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
    table.update((ord(a), b) for a, b in _SINGLE.items())
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """The text with full-width forms, dashes and traditional characters in one spelling, of the same length.

    Case is kept: it tells GB from Gb. Full-width commas and other punctuation are kept: they end clauses.
    """
    return text if text.isascii() else text.translate(_TABLE)
