"""Names of people, companies, products and works, read out of a report by how reports write names."""

from __future__ import annotations

import re

_NAME = "[\u4e00-\u9fff]"
_BEFORE = r"(?:^|[，。、；：（“\n]|和|与|除了)"
_PATTERNS = (
    re.compile("《([^》\n]{2,40})》"),
    re.compile(
        rf"{_BEFORE}(?:来自|建立|包括)?({_NAME}{{2,4}}?(?:科技|集团|银行|研究院|基金|数据|联盟))(?=[、，。（“”和与等的]|创始|CEO|CTO)",
        re.M,
    ),
    re.compile(rf"{_BEFORE}({_NAME}{{2}}云)(?=[、，。（是在将占的则拥正已等和])", re.M),
    re.compile(
        rf"(?:CEO|CTO|CFO|总经理|科学家|分析师|创始人)({_NAME}{{2,3}})(?=为|介绍|阐述|分享|解读|指出|表示|认为)"
    ),
    re.compile(rf"“({_NAME}{{3,8}}(?:账本|项目|链|农场|计划|工作组|联盟|平台|大脑))”"),
)
_BYLINE = re.compile(r"(?:负责人|主编|责任编辑|编辑责任人|审核|记者|作者)[：:]\s*([^）)\n]+)")
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])([A-Z][a-z]{3,}|[A-Z]{3,}[0-9]?)(?![A-Za-z])")

# What the patterns take for a name though it is a word of the trade, of a unit or of a file format.
GENERIC = frozenset(
    """中央银行 托管银行 投资银行 商业银行 产业联盟 公有云 私有云 混合云 国内云 国外云 海外云 全球云 大型云 大数据
    API CEO CTO CFO CDN DAO DNS EBITA FAQ HTTP HTTPS ICO IaaS ID IOPS IT JSON LOGO NA PUE PaaS REST SAN SaaS SLA SQL TFS
    UPS VPC USB Access Archive Average Block Chain Cloud File Infrequent Margin Memory Model Month Nearline Note Number
    Object Public Quarter Rate Report Segment Standard Storage System Table Total Year""".split()
)


def entities(text: str) -> set[str]:
    """The names in a report's text, generic words left out."""
    found = {name for pattern in _PATTERNS for name in pattern.findall(text)}
    for names in _BYLINE.findall(text):
        found.update(name for name in re.split(r"[\s、，,]+", names) if 2 <= len(name) <= 4)
    found.update(_LATIN_NAME.findall(text))
    # A company that runs a cloud is known without the last character too.
    found.update(name[:-1] for name in tuple(found) if name.endswith("云") and name not in GENERIC)
    return {name for name in found if name not in GENERIC}
