"""The patterns of the grammar words of numeric questions, Chinese and English in one table.

They run over normalised text (lower case, simplified, half width). ``(?P<n>…)`` is the number beside a grammar word;
``{tail}`` stands for what may follow 最高的三.
"""

from __future__ import annotations

_N = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_EN_N = "(?P<n>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_MEASURE = "(?:个|家|名|位|座|项|款|条|块|种|只|大|所|类|份|宗|套|强)?"
_PERIOD_NOUN = "(?:个)?(?:财政)?(?:季度|季|年度|年份|年|财年|月份|月|半年|学年|期)"

# Order matters only between patterns that begin at the same place and are equally long.
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "year_ago",
        r"同比|同季度比|(?:比|较|跟|与|和|同|相较于?|相比于?|对比)(?:于)?(?:上一?年|去年|前一年|上年度?)"
        r"(?:的)?(?:同期|同一?季度|同一?月份?|同一?时期)(?:相比|比较|比)?|跟一年前比|"
        r"year[- ](?:on|over)[- ]year|\byoy\b|compared (?:with|to) (?:a year (?:ago|earlier)|"
        r"the same (?:period|quarter) "
        r"(?:last|of the previous) year)|from a year (?:ago|earlier)",
    ),
    (
        "previous",
        r"环比|(?:比|较|跟|与|和|相较于?|相比于?)(?:上一?|前一?)(?:个)?(?:季度?|月|财季|期|年度?|财年)(?:相比|"
        r"比较|比)?|"
        r"quarter[- ](?:on|over)[- ]quarter|\bqoq\b|month[- ](?:on|over)[- ]month|\bmom\b|"
        r"(?:compared (?:with|to)|from|over) the (?:previous|prior|preceding) (?:quarter|month|year)",
    ),
    (
        "same_period",
        r"(?:去年|上一?年|前一年|上年度?)(?:的)?(?:同期|同一?季度?|同一?月份?)|一年前|"
        r"(?:the )?same (?:period|quarter|month) (?:of )?(?:last|the previous) year|a year (?:ago|earlier)",
    ),
    (
        "previous_period",
        r"(?:上一?|前一)(?:个)?(?:季度?|月|财季|财年|年度)|the (?:previous|prior) (?:quarter|month)",
    ),
    (
        "cagr",
        r"年?均?复合(?:年)?(?:均)?增长率|年?复合增速|年均增长率|年均增速|\bcagr\b|compound annual growth(?: rate)?",
    ),
    (
        "growth",
        r"增长(?:率|速度|幅度|百分比|比例)?|增速|增幅|涨幅|升幅|降幅|跌幅|增长了|成长率|"
        r"growth(?: rate)?|\bgr(?:ow|ew|own)\b",
    ),
    (
        "up",
        r"净?增加|提高|提升|上升|上涨|增多|扩大|上调|调高|增至|涨|净增|升高|走高|increased?|r(?:ise|ose|"
        r"isen)\b|went up|"
        r"\bgains?\b|improved?",
    ),
    (
        "down",
        r"下降|减少|降低|下滑|下跌|缩减|减|跌|(?<![下升])降(?=了|多少|几)|放缓|回落|收窄|走低|下调|净减少?|萎缩|declined?|decreased?|fall\b|fell\b|"
        r"dropped|drop\b|went down|shr[aui]nk|slow(?:ed)?(?: down)?",
    ),
    (
        "reached",
        r"(?:将|会|将会)?(?:下降|减少|降低|下滑|下跌|回落|上升|提高|提升|增长|增加|上涨|升|降|增|涨|跌)(?:到|至|为)了?"
        r"(?=多少|几|多高|多低|什么|百分之|约|大约)",
    ),
    ("change", r"变化(?:情况)?|变动|走势|变成|如何变|\bchanged?\b"),
    ("percent", r"百分之(?:多少|几)|几个?%|多少%|百分率|percentage(?! points?)|\bpercent\b|what percent"),
    ("points", r"(?:多少|几)个?(?:百分点|点)|个?百分点|percentage points?|\bpp\b"),
    (
        "difference",
        r"相差(?:了)?(?:多少|几(?!个?百分点)|多大)?|差了?(?:多少|几(?!个?百分点)|多大)|"
        r"差(?=$|[?。!,])|差(?:额|距|异|值|价)|之差|(?:多|(?<!减)少|高|低|贵|便宜|大|小|快|慢|"
        r"(?<!增)长|短|省|重|轻|强|弱|贵出|高出|多出|低了"
        r"|高了|多了|(?<!减)少了|省了|省下)(?:了|出|上)?(?:多少|几)|"
        r"difference|gap\b|how (?:much|many) (?:more|less|fewer|higher|lower|cheaper)|(?:more|less|higher|"
        r"lower|cheaper) than",
    ),
    ("times", r"(?:多少|几)倍|倍数|翻了(?:多少|几)(?:倍|番)|how many times|times (?:as|larger|higher|more)"),
    (
        "share",
        r"占(?:比|有率|了|去)?|比例|比重|份额|几成|百分比|proportion|share of|\bshare\b|account(?:s|ed)? for|"
        r"as a (?:share|percentage) of",
    ),
    (
        "sum",
        r"合计|总共|总数|一共|共计|总计|加起来|加总|总和|累加|之和|相加|全年|全财年|共(?=[有是为])|总额|加在一起|"
        r"累计(?=[有是为达]|共)|"
        r"\btotal(?:s|led)?\b|\bsum\b|altogether|combined|in all|full[- ]year|whole year",
    ),
    ("median", r"中位(?:数|值)?|\bmedian\b"),
    ("mean", r"(?:算术)?平均(?:值|数)?|均值|人均|月均|季均|年均|\baverage[ds]?\b|\bmean\b"),
    (
        "count",
        rf"(?:有|共有)(?:多少|几)个{_PERIOD_NOUN}|"
        r"(?:有|共有|是)?(?:多少|几)(?:个|家|座|项|款|条|块|种|次|位|名|所|类|份|宗|天|场|届|处|期|支|部|笔|"
        r"件|辆|台|间|只|户|人)(?:不同)?"
        r"|多少(?=地块|土地|小区|公司|企业|项目|产品|城市|医院|学校|国家|科室|门店|机构)|数量|how many|"
        r"number of|count of",
    ),
    (
        "max",
        r"最高(?:值|点|的)?|最大(?:值|的)?|最多|最快|最贵|最长|最好|最强|最优|居首|第一名|榜首|冠军|峰值|最佳|"
        r"最重|最厉害|最猛|顶峰|"
        r"\b(?:highest|largest|biggest|most|greatest|fastest|maximum|max|top|best|peak(?:ed)?|longest)\b|"
        r"most expensive",
    ),
    (
        "min",
        r"最低(?:值|点|的)?|最小(?:值|的)?|最少|最慢|最便宜|最短|最差|最弱|垫底|末位|谷底|最省钱?|最划算|最轻|"
        r"\b(?:lowest|smallest|least|fewest|slowest|minimum|min|worst|shortest|cheapest)\b",
    ),
    (
        "higher",
        r"(?:更|较|比较)(?:高|大|多|贵|快|长|强|好|重|远|优)(?:一些|一点|些)?|[高大多贵快长强](?:一些|一点|"
        r"些)(?=[?？。呢]|$)|"
        r"(?<![最提升新偏])[高大多贵快强](?=[,，]?(?:还是|[?？呢]|$))|\b(?:higher|larger|bigger|greater|more|"
        r"faster|better)\b(?! than)",
    ),
    (
        "lower",
        r"(?:更|较|比较)(?:低|小|少|便宜|慢|短|弱|差|轻|近|省)(?:一些|一点|些)?|[低小少慢短弱](?:一些|一点|"
        r"些)(?=[?？。呢]|$)|"
        r"(?<![最降偏减])(?:[低小少慢短弱]|便宜)(?=[,，]?(?:还是|[?？呢]|$))|\b(?:lower|smaller|less|fewer|"
        r"slower|cheaper|worse)\b(?! than)",
    ),
    ("first", r"首次|第[一1]次|首度|最早|最先|率先|首个|\bfirst\b(?! (?:quarter|half|month))|earliest"),
    ("last", r"最后一次|最近一次|最后|最近|最晚|最新|\blast\b|latest|most recent"),
    (
        "top",
        rf"(?:排名?|名列|位列|位居)?(?:在)?前{_N}{_MEASURE}(?:名|位|个|家|大|强)?|最(?:高|大|多|低|少|小|快|慢|"
        rf"便宜|贵)的(?:前)?{_N}{_MEASURE}(?={{tail}})|"
        rf"top {_EN_N}|{_EN_N} (?:highest|lowest|largest|smallest|most)",
    ),
    (
        "ordinal",
        rf"(?:排名?)?(?:在)?第{_N}(?:名|位|高|大|多|低|少|小)|(?<!编)排(?:名|行|在)?第{_N}(?![季年月期天次])|倒数第{_N}(?:名|位)?|"
        r"(?P<en>second|third|fourth|fifth)[- ](?:highest|lowest|largest|smallest|most|biggest)",
    ),
    (
        "rank",
        r"排(?:名)?第几(?:名|位)?|第几(?:名|位)?|名次如何|排名(?:如何|多少|是多少|怎样)|what rank|\brank(?:ed)?\b",
    ),
    (
        "order",
        r"从(?:高到低|多到少|大到小|快到慢|低到高|少到多|小到大|慢到快)|由(?:高到低|多到少|大到小|低到高|"
        r"少到多|小到大|高至低|低至高)|"
        r"怎么排(?:序|列)?|排(?:个)?(?:序|队)|依次|降序|升序|排名|排列|sort(?:ed)?|in (?:descending|ascending) order",
    ),
    (
        "series",
        r"(?:逐|各|每)(?:个|一)?(?:季度?|年度?|月份?|期|财年|财季)|历年|历季|历次|分季度|分年|按(?:季度?|年|"
        r"月)|趋势|走势|时间序列|"
        r"each (?:quarter|year|month)|every (?:quarter|year|month)|by (?:quarter|year|month)|"
        r"quarterly figures|trend|per quarter",
    ),
    ("each", r"分别|各自|各(?!类|项业务|界)|每家|每个|每一|respectively|\beach\b|\bboth\b"),
    ("all", r"(?<![成首京故古帝国])都|全都|均(?=超|高|低|为|是|大|小|在)|每次|所有|全部|\ball\b|always|every"),
    (
        "which_period",
        rf"(?:在|是|系)?(?:哪|那|边|什么)(?:一|几|些|两|三)?{_PERIOD_NOUN}(?:份|度)?|什么时[候间]|何时|几时|"
        rf"几月|哪(?:一)?天|"
        r"(?:季度|年份|月份)(?:分别)?(?:是|有|为)?(?:哪|那)(?:几|些|一)?个?|的(?:季度|年份|月份)(?=分别|依次|"
        r"是|有|$|[?？])|"
        r"(?:which|what) (?:fiscal )?(?:quarters?|years?|months?|period|date)|\bwhen\b",
    ),
    (
        "who",
        r"谁|哪(?:一|几|些)?(?:家|间)?(?:公司|企业|厂商|机构|集团|开发商|单位)|哪(?:一|几|些)?家|哪一方|"
        r"\bwho\b|which (?:company|companies|vendors?|firms?|providers?)",
    ),
    (
        "which",
        r"哪(?:一|几|些|两|三|四|五)?(?:个|座|项|款|条|块|种|位|名|所|类|份|宗|档|处|者|支|部|笔|件|辆|台|间|"
        r"只|期)?|边个|边间|边啲|何者|什么|啥|乜|"
        r"\bwhich\b|\bwhat\b",
    ),
    ("where", r"在哪里|哪里|在哪儿|哪儿|何处|\bwhere\b"),
    (
        "yes_no",
        r"是不是|是否|有没有|有否|会不会|能不能|可不可以|对不对|[吗嘛么](?=[?？。!]*$)|难道|係咪|系咪|"
        r"^(?:is|are|was|were|did|does|do|has|have|had)\b",
    ),
    ("why", r"为什么|为何|为啥|何以|怎么会|凭什么|点解|什么原因|\bwhy\b|what caused"),
    ("how", r"怎么样|怎样|如何|怎么|点样|\bhow\b(?! (?:much|many))"),
    (
        "compare",
        r"相比(?:之下|较|于)?|比较(?:一下)?|对比(?:一下)?|相较(?:于)?|比起|\bcompared?\b|\bversus\b|\bvs\b|\bthan\b",
    ),
    (
        "above",
        r"超过了?|突破|高于|大于|多于|过了|达到|不低于|不少于|至少|以上|超出|站上|跨过|破(?=\d)|逾|不小于|贵于|>=?|≥|"
        r"\b(?:above|over|exceed(?:s|ed|ing)?|more than|greater than|higher than|at least|surpass(?:ed)?|"
        r"pass(?:ed)?)\b",
    ),
    (
        "below",
        r"低于|少于|小于|不到|不足|以下|不超过|未达|没达到|没到|未超过|没有超过|不满|跌破|<=?|≤|"
        r"\b(?:below|under|less than|lower than|fewer than|at most|no more than)\b",
    ),
    ("between", r"之间|区间|范围内|介于|位于(?=\d)|处于|\bbetween\b"),
    ("negative", r"为负(?:数|值)?|是负(?:数|的|值)?|亏损|亏钱|出现负|\bnegative\b|loss-making"),
    ("positive", r"为正(?:数|值)?|盈利(?=的)|\bpositive\b"),
    ("exactly", r"恰好|正好|刚好|\bexactly\b"),
    ("budget", r"预算|手头有|只有(?=\d)|\bbudget\b"),
    (
        "cost",
        r"多少钱|几多钱|什么价|花多少|收多少|要多少|贵不贵|几钱|how much (?:does|do|would|will|is)|\bcosts?\b|"
        r"\bprice[ds]?\b",
    ),
    (
        "forecast",
        r"预计|预测|预期|预估|估计|有望|将会|将(?=达|增|为|要|在|降|升)|目标|expect(?:s|ed)?|forecasts?|"
        r"project(?:s|ed)?(?= to)|"
        r"predict(?:s|ed)?|estimated?",
    ),
    (
        "without",
        r"剔除|扣除|除去|不(?:计|算|含|包括|考虑)|去掉|排除|剔掉|刨去|刨除|撇除|还原|如果没有|excluding|"
        r"without|net of|except for",
    ),
    (
        "by_rate",
        r"(?:按|以|用|照)[^,，。;；]{0,14}?汇率(?:换算|折算|计算)?|at the (?:[a-z']+ ){0,4}exchange rate",
    ),
    ("in_unit", r"折合成?|换算成?|换成|折算成?|合(?=人民币|美元)|约合|相当于|convert(?:ed)? (?:in)?to"),
    (
        "digits",
        rf"保留(?:到)?(?:小数点后)?{_N}位(?:小数)?|精确到(?:小数点后)?{_N}位(?:小数)?|四舍五入(?:到{_N}位小数)?|"
        rf"(?:to |round(?:ed)? to ){_EN_N} decimals?(?: places)?",
    ),
    (
        "how_much",
        r"是?多少|几多|有多(?:大|高|少|长|快|重|远|强)|多(?:大|高|长|快)|几(?=[块元万亿]|百)|好多|how (?:much|"
        r"big|large|high|long|fast)|"
        r"what (?:is|was|were|are)",
    ),
    ("after", r"之后|以后|后(?=[,，、 ]|哪|的)|过后|\bafter\b"),
    ("before", r"之前|以前|此前|\bbefore\b|prior to"),
    ("since", r"以来|起(?=[,，至到])|至今|\bsince\b|onwards?"),
    ("until", r"截至|截止到?|\bas of\b|by the end of|\buntil\b"),
    (
        "instruction",
        r"忽略[^,，。]{0,12}(?:规则|指令|要求|提示|设定)|无视[^,，。]{0,12}(?:规则|指令|要求|提示)|直接告诉我|"
        r"你(?:现在)?(?:必须|是一个|扮演)|"
        r"假装|不要查|ignore (?:all |the |your |any )?(?:previous |prior |above )?(?:rules|instructions)|pretend",
    ),
)
"""Kind of grammar word and pattern."""
