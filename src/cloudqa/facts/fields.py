"""Fields of business, which are parts of what a company does and no names of their own."""

from __future__ import annotations

from cloudqa.language import normal_text

_FIELDS = tuple("云计算 区块链 公有云 公共云 大数据 人工智能 互联网 物联网 电子商务 电商 广告 游戏".split())


def begins_with_field(entity: str) -> bool:
    """Whether a name begins with a field of business (云计算, 区块链) and not with a name of its own."""
    return normal_text(entity).startswith(_FIELDS)
