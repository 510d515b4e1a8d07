"""Words of a question that carry no content: particles, politeness, talk about the report, generic verbs and nouns."""

from __future__ import annotations

import re

from cloudqa.questions.phrase import bits, places

_CHINESE = """
    请分析一下 请分析 分析一下
    请问一下 请问 请你 请您 请 麻烦 劳驾 帮我 帮忙 给我 替我 告诉我 告诉 告知 说说 说一下 说明一下 说明 介绍一下
    介绍 描述 提供 给出 列出来 列出 列举 罗列 列 查一下 查询 查 算一下 计算一下 计算 算算 算出 算 求出 求
    我想知道 我想了解 想知道 想了解的是 想了解 想要了解的是 想要了解 想要 我想 你能 您能 能否 能不能 可否 能
    麻烦问下 问一下 一下子 一下 谢谢 你好 您好 到底 究竟 大概 大约 约 左右 差不多 具体 确切 准确 详细 简单
    具体数值 数值 数字 数据 数额 情况 状况 结果 水平 信息 根据报告 根据 按照 依据 按 照 报告中 报告里 报告 文中
    文章 文里 本期 本文 本刊 资料 材料 表格 表中 表里 表内 表 图中 图 里面 之中 当中 中的 中 里 内 上面 上 下面
    其中 是多少 多少 是什么 什么样 什么 怎么样 怎样 如何 哪些 哪个 哪 几个 几 吗 呢 吧 啊 呀 嘛 哦 噢 哈 咯 啦
    喔 诶 哎 么 了 过 着 的 地 得 之 所 而 且 并 并且 以及 及 及其 和 与 跟 同 或 还是 或者 还 也 又 再 则 即 就
    才 只 仅 只有 仅仅 都 均 全 全都 共 总 有 没有 没 无 是 为 系 係 乃 属于 属 算是 作为 叫 叫做 在 于 於 到 至
    自 从 自从 由 向 往 对 对于 关于 至于 把 被 将 给 让 使 令 以 因 因为 所以 但 但是 不过 可是 如果 假如 若
    要是 假设 那么 那 这 这个 这些 这家 这两 这三 这份 这种 那个 那些 该 各 某 每 另 另外 其 其它 其他 它 它们
    他们 他 她 我 我们 你 你们 您 咱们 自己 本 此 来 去 出 会 要 应该 应 需要 需 须 可以 可 能够 愿 想 希望 觉得
    认为 看 看看 看来 看到 听说 据说 据 说 提到 提及 指出 显示 表示 写 写明 公布 披露 报道 达到 达到了 达 达成
    取得 实现 获得 得到 拿到 拥有 具有 具备 存在 发生 出现 产生 贡献 带来 进行 完成 处于 位于 位居 居 成为 变成
    做到 做 搞 弄 花 要花 收取 支付 时候 时间点 时 期间 当时 当期 当年 当季 当月 目前 现在 如今 现 已经 已 曾
    曾经 正在 正 刚 一共有 总共有 一直 一般 通常 平时 每次 次 次数 一次 年间 年度 全年 整年 整个 整体 总体 全部
    所有 一切 个 家 名 位 座 项 款 条 块 种 类 份 支 件 场 届 季度 万元 亿元 美元 人民币 百分之 百分点 倍 块钱
    钱 单位 多 少 大 小 高 低 长 短 快 慢 好 坏 最 更 很 非常 比较 较 较为 相对 比 比起 相比 相比之下 对比 分别
    各自 依次 以上 以下 之间 之后 之前 以后 以前 以来 起来 出来 下来 上来 过来 这里 那里 哪里 这样 那样 同样
    一样 一起 一个 一家 一款 一种 一 两 二 三 四 五 六 七 八 九 十 两个 两家 两者 三者 双方 三个 三家 三种 四个
    五个 六个 个数 不 别 勿 嘅 咗 喺 唔 啲 嗰 呢个 佢 冇 咁 几多 吓 乜 点 点样 边 邊 有冇 系咪 讲 话 真 真的
    确实 其实 大家 人们 通过 经过 经 随着 方面 领域里 范围 部分 角度 程度 等 等等 之类 分 项目名 名称 名字 公司
    集团 企业 厂商 机构 城市 地区 地方 国家 小区 楼盘 项目 产品 部门 板块 业务 领域 类别 类型 年报 财报 季报
    最新 最新一期 里头 名单 组成 门类 档次 一档 两档 三档 四档 每档 各档 这档 那档 哪档 区域 金额 所属
    从高到低 买 放 哪种
    哪一种 名单上 放到 放在 放进 存到 存进 用于 再加 加上 使用 采用 选用 单价 叫什么 方式 以内 以外
    除了 内容 进行了 是否 适合 适用 折合 换算 保留 位小数 小数 精确 四舍五入 四舍五入到 算术 占 占到 占据 统计
    汇总 加 减去 减 乘 除以 得出 相当于 等于 一年 今年 去年 前年 明年 上年 本年 同年 哪年 年份 月份 季节 排 排名
    排列 排序 顺序 次序
"""
_ENGLISH = """
    a an the of in on at to for from by with and or but as is are was were be been being do does did done has
    have had having will would can could shall should may might must i you he she it we they me him her us them
    my your his its our their this that these those there here what which who whom whose when where why how much
    many more less most least some any all both each every other another such so than then too very just only
    also not no yes please tell show give list find say said report reported according per reach reached amount
    figure figures value number level between among during over under about into through after before since
    until up down out off again further once s t have-had long big large high low get got come came make made
    take took go went there's what's how's quarter quarters year years month months fiscal end first second
    third fourth one two three four five total compare compared respectively versus vs if were's company
    companies figure's table data much's many's hold holds there'll stand stood amounted currently now ever yet
    already
"""


# Single characters that also stand inside words (位 in 床位): without content only where they stand alone.
_WEAK = frozenset(
    "均个家名位座项款条块种类份只支件场届倍钱点等大小高低长短快慢好坏多少分占加减乘除报表图文里内中上下出来去会要看说讲写花做搞弄"
    "达排真经居成按照全共总本此该各某每另乃算交放列查求呢向往让使令给"
)


_SILENT = frozenset(_CHINESE.split()) - _WEAK
_SILENT_ENGLISH = frozenset(word for word in _ENGLISH.split() if word.isalpha())
_LONGEST = max(map(len, _SILENT))
# A single letter beside a Chinese character names something: A轮.
_LETTERS = re.compile(r"(?<![a-z0-9])(?:[a-z]{2,}|(?<![^\x00-\x7f])[a-z](?![^\x00-\x7f]))(?![a-z0-9])")
_MARKS = re.compile(r"[^\w%]|_")


def _silent_words(text: str, start: int, end: int) -> int:
    """Places of words without content between two offsets, the longest at each place.

    A set and not one expression of all words: that would take milliseconds to compile.
    """
    mask = 0
    at = start
    while at < end:
        lengths = range(min(_LONGEST, end - at), 0, -1)
        length = next((n for n in lengths if text[at : at + n] in _SILENT), 0)
        mask |= bits(at, at + length)
        at += length or 1
    for m in _LETTERS.finditer(text, start, end):
        if m.group() in _SILENT_ENGLISH:
            mask |= bits(m.start(), m.end())
    return mask


def is_filler(text: str) -> bool:
    """Whether a normalised text is one word without content."""
    return text in _SILENT or text in _SILENT_ENGLISH


def silent_places(text: str, open_places: int) -> int:
    """Of the open places of a normalised question, those of words without content and of punctuation.

    Words are looked for within the open runs only: 的 inside a name that something else accounts for is not one.
    """
    mask = 0
    for m in _MARKS.finditer(text):
        mask |= bits(m.start(), m.end())
    for start, end in places(open_places):
        mask |= _silent_words(text, start, end)
    for start, end in places(open_places & ~mask):
        if all(char in _WEAK for char in text[start:end]):
            mask |= bits(start, end)
    return mask & open_places
