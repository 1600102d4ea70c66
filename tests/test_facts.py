"""Facts: our own sentences with what a careful reader says of each, by construction, and properties of every text.

A row is a sentence and its facts, parted by ``; ``: the quantity, the role with its direction, the pieces of the
indicator joined by ``|``, and where there is one ``vs`` the reference, ``of`` the index of the fact it is of,
``target``, the period named, ``in`` the region named. What is wrong still stands in `STILL_WRONG` and must leave it
once mended.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import healthie
from healthie.document_record import Document
from healthie.facts import link
from healthie.records import Fact, Mentions

SENTENCES = [
    # a count, an amount or a rate: the verb before, the noun before
    ("全县建成标准化村卫生室132所。", "132所 level 建成标准化村卫生室"),
    ("全市新增养老床位1200张。", "1200张 level 新增养老床位 in 610500"),
    ("全县共有执业医师2045人。", "2045人 level 执业医师"),
    ("全市孕产妇死亡率为8.6/10万。", "8.6/10万 level 孕产妇死亡率 in 610500"),
    ("全县人均预期寿命达到79.3岁。", "79.3岁 level 人均预期寿命"),
    ("县财政投入资金2300万元。", "2300万元 level 县财政投入资金"),
    ("全市发放健康科普手册3.2万册。", "3.2万册 level 发放健康科普手册 in 610500"),
    ("为65岁以上老年人免费体检4.1万人次。", "4.1万人次 level 65岁以上老年人免费体检"),
    ("对贫困患者集中救治612人。", "612人 level 贫困患者集中救治"),
    ("组织专家义诊36场次。", "36场次 level 组织专家义诊"),
    ("全市有三级医院4家。", "4家 level 三级医院 in 610500"),
    ("选派236名医师下乡坐诊。", "236名 level 选派|医师下乡坐诊"),
    ("培训乡村医生480名。", "480名 level 培训乡村医生"),
    ("全市婴儿死亡率控制在3.1‰以下。", "3.1‰ level 婴儿死亡率 in 610500"),
    ("门诊次均费用降至186元。", "186元 level 门诊次均费用"),
    ("全市医疗卫生机构总数达到2140个。", "2140个 level 医疗卫生机构 in 610500"),
    ("截至6月底,全县家庭医生签约9.8万人。", "9.8万人 level 家庭医生签约 ..2023-06-30"),
    ("县妇幼保健院开设床位300张。", "300张 level 开设床位"),
    ("查处违法案件57起。", "57起 level 查处违法案件"),
    ("全市每千人口执业医师数达到3.2人。", "3.2人 level 每千人口执业医师数 in 610500"),
    # a list counted per population
    (
        "每千人口拥有执业医师2.9人、注册护士3.4人。",
        "2.9人 level 每千人口|执业医师; 3.4人 level 每千人口|注册护士",
    ),
    # a ratio that is no part of what was said before
    ("减免费用460万元，药占比降至26.8%。", "460万元 level 减免费用; 26.8% share 药占比"),
    # a measure that gives its noun an attribute
    ("新建的急救站有覆盖面积超过60平方公里的服务范围。", "60平方公里 level 覆盖面积|服务范围"),
    ("病房由面积18平方米的单间和面积26平方米的套间组成。", "18平方米 level 面积|单间; 26平方米 level 面积|套间"),
    ("凭借平均22℃的气温和超过71%的森林覆盖率，疗养院受人喜爱。", "22℃ level 凭借|气温; 71% level 森林覆盖率"),
    # what is taken off: 来自, localities, frames that count nothing
    ("来自14个乡镇的260名村医参加培训。", "14个 level 乡镇; 260名 level 村医"),
    ("方案明确了4个方面15项任务。", "15项 level 方案明确|任务"),
    ("慢病筛查覆盖6个县境内83个村。", "6个 level 慢病筛查覆盖|县; 83个 level 村"),
    # verbs that end the noun behind
    ("5位护士长走上讲台。", "5位 level 护士长"),
    ("18家卫生院开启了夜间门诊。", "18家 level 卫生院"),
    ("24个脱贫村均已配备村医。", "24个 level 脱贫村"),
    ("8批集中采购药品到货。", "8批 level 集中采购药品"),
    # a change of what stands between the verb and the percentage, or behind it
    ("平均压缩等候时间41%、住院费用9%。", "41% change- 等候时间; 9% change- 住院费用"),
    ("办事环节减材料36%。", "36% change- 材料"),
    ("新设备可减少12%的电力消耗。", "12% change- 电力消耗"),
    # parts of a whole with a noun of its own
    ("在抽检的36种药品中，31种药品质量合格。", "36种 level 在抽检的|药品; 31种 share 药品|合格 vs 药品 of 0"),
    # ranks behind a mark
    (
        "新增医师75名、居全市第4，新增护士120名、居全市第2。",
        "75名 level 新增医师; 第4 rank 新增医师 vs 全市 of 0; 120名 level 新增护士; 第2 rank 新增护士 vs 全市 of 2",
    ),
    ("每千人口床位数进入全市前十。", "十 rank 每千人口床位数 vs 全市"),
    ("服务满意度连续6个季度居全市第3位。", "第3位 rank 服务满意度 vs 全市"),
    # topics: amounts, deeds without a noun, additions
    ("药品集中采购配送3200批，金额达1.6亿元。", "3200批 level 药品集中采购配送; 1.6亿元 level 药品集中采购|金额"),
    ("全县重点项目开工9个、竣工6个。", "9个 level 重点项目开工; 6个 level 重点项目|竣工"),
    ("床位新增80张、达到1260张。", "80张 level 床位新增; 1260张 level 床位"),
    # money and what it is spent on
    ("筹措资金2600万元实施村卫生室改造。", "2600万元 level 筹措资金"),
    ("拨付860万元用于疫苗冷链。", "860万元 level 拨付|用于疫苗冷链"),
    # what happens to those counted
    ("火灾造成3人受伤。", "3人 level 受伤"),
    ("救护车上2人死亡。", "2人 level 死亡"),
    ("塌方造成4名工人失踪。", "4名 level 工人|失踪"),
    # places: one that only begins a name does not go on
    ("蒲城医院二期投入使用，药品供应稳定，全年门诊收入增长6.4%。", "6.4% change+ 门诊收入 2023-01-01..2023-12-31"),
    ("在蒲城，新的门诊楼建成，床位增加60张。", "60张 change+ 床位 in 610526"),
    ("蒲城县组建医疗集团，新增床位90张。", "90张 level 新增床位 in 610526"),
    # times
    ("截至今天（7月12日），今年累计接种3.4万剂次。", "3.4万剂次 level 接种 2023-01-01..2023-07-12"),
    (
        "县卫健局11日通报，7月10日0-24时，全县新增病例5例。新增观察者12例。",
        "5例 level 新增病例 2023-07-10..2023-07-10; 12例 level 新增观察者 2023-07-10..2023-07-10",
    ),
    # earlier values
    ("排队时间由原来的52分钟缩短至18分钟。", "52分钟 level 排队时间; 18分钟 level 排队时间"),
    # what was chosen says nothing without what for
    ("全市有5家单位入选省级健康促进示范名单。", "5家 level 单位|入选省级健康促进示范名单 in 610500"),
    # bodies of people, steps, gaps that less is better of
    ("救援队由医疗、消防等60多人组成。", "60多人 level 救援队"),
    ("药占比降至28.5%、优于全省2个百分点。", "28.5% share 药占比; 2个百分点 gap- 药占比 vs 全省 of 0"),
    ("产值跨越两个百亿元台阶。", ""),
    ("颗粒物浓度降至31微克每立方米。", "31微克每立方米 level 颗粒物浓度"),
    # what is expected, planned or standing
    (
        "预计到10月接种9万剂次，今天预计接种800剂次。",
        "9万剂次 level 接种 target ..2023-10-31; 800剂次 level 接种 target 2023-07-12..2023-07-12",
    ),
    ("今年计划新增床位90张。", "90张 level 新增床位 target 2023-01-01..2023-12-31"),
    ("门诊楼建成后，每年可接诊9万人次。", "9万人次 level 接诊 target"),
    # parts that a modifier names
    (
        "全县报告病例30例，其中境外输入3例，本土27例。",
        "30例 level 报告病例; 3例 level 报告病例|境外输入; 27例 level 报告病例|本土",
    ),
    # heads that a list shares
    (
        "医用口罩、防护服、试剂出口分别增长9%、8%、7%。",
        "9% change+ 医用口罩|出口; 8% change+ 防护服|出口; 7% change+ 试剂出口",
    ),
    ("医疗事故起数、死亡人数依次减少13%、17%。", "13% change- 医疗事故起数; 17% change- 医疗事故|死亡人数"),
    ("续建卫生室30所，新开工20所。", "30所 level 续建卫生室; 20所 level 卫生室|新开工"),
    # the years that a heading names go on to the next time that opens a passage
    (
        "一、“十三五”时期和2020年工作回顾\n五年来，全县新建卫生院8所。\n（一）基层服务\n培训村医900名，床位达到1800张。\n2020年，改建卫生院3所。",
        (
            "8所 level 新建卫生院 2016-01-01..2020-12-31; "
            "900名 level 培训村医 2016-01-01..2020-12-31; 1800张 level 床位; "
            "3所 level 改建卫生院 2020-01-01..2020-12-31"
        ),
    ),
    (
        "二、“十四五”时期主要目标任务\n（一）基层服务\n新建卫生院6所。",
        "6所 level 新建卫生院 target 2021-01-01..2025-12-31",
    ),
    # against a time so many years ago
    ("门诊量较10年前增长46%。", "46% change+ 门诊量 vs 10年前"),
    # 今年 up to the day that the sentence names
    ("截至5月底，全县今年体检4.2万人。", "4.2万人 level 体检 2023-01-01..2023-05-31"),
    # the noun behind, and what those counted do
    ("进度较快的5个乡获得表彰。", "5个 level 进度较快的|乡|获得表彰"),
    ("覆盖30家机构的远程会诊网络投入使用。", "30家 level 覆盖|机构"),
    # nouns, places and facts before a row of values
    (
        "高血压患者、糖尿病患者规范管理率分别达到72.4%和67.3%。",
        "72.4% level 高血压患者|规范管理率; 67.3% level 糖尿病患者规范管理率",
    ),
    ("城乡居民医保参保率分别为98.1%、96.5%。", "98.1% level 城|居民医保参保率; 96.5% level 乡居民医保参保率"),
    ("门诊、住院人次分别增长5.1%、3.7%。", "5.1% change+ 门诊|人次; 3.7% change+ 住院人次"),
    (
        "白水县、蒲城县和澄城县的签约率分别为61.2%、57.4%和70.3%。",
        "61.2% level 签约率 in 610527; 57.4% level 签约率 in 610526; 70.3% level 签约率 in 610525",
    ),
    (
        "全市医院床位1.2万张,乡镇卫生院床位0.6万张,分别增长4.2%、1.9%。",
        (
            "1.2万张 level 医院床位 in 610500; "
            "0.6万张 level 乡镇卫生院床位 in 610500; "
            "4.2% change+ 医院床位 of 0 in 610500; "
            "1.9% change+ 乡镇卫生院床位 of 1 in 610500"
        ),
    ),
    ("建成区域医疗中心3个、临床重点专科12个。", "3个 level 建成区域医疗中心; 12个 level 建成|临床重点专科"),
    ("配备救护车15辆、呼吸机42台。", "15辆 level 配备救护车; 42台 level 配备|呼吸机"),
    # units that a list says once
    ("住院率、转诊率分别下降3.7、2.1个百分点。", "3.7 change- 住院率; 2.1个百分点 change- 转诊率"),
    # 其中
    (
        "全市共有卫生机构1280个,其中医院86个,基层医疗卫生机构1150个。",
        "1280个 level 卫生机构 in 610500; 86个 level 医院 in 610500; 1150个 level 基层医疗卫生机构 in 610500",
    ),
    (
        "全县卫生人员5400人,其中执业医师2100人,注册护士2300人。",
        "5400人 level 卫生人员; 2100人 level 执业医师; 2300人 level 注册护士",
    ),
    ("培训医务人员860人次,其中乡村医生310人次。", "860人次 level 培训医务人员; 310人次 level 培训|乡村医生"),
    # brackets with a value of their own
    (
        "全市床位总数1.5万张(占全省的6.2%)。",
        "1.5万张 level 床位总数 in 610500; 6.2% share 床位总数 vs 全省 of 0 in 610500",
    ),
    ("门诊量86万人次(增长4.5%)。", "86万人次 level 门诊量; 4.5% change+ 门诊量 of 0"),
    ("新建卫生室40所(其中村级36所)。", "40所 level 新建卫生室; 36所 level 新建卫生室|村级"),
    # 由A到B
    ("家庭医生签约率由52.3%提高到67.8%。", "52.3% level 家庭医生签约率; 67.8% level 家庭医生签约率"),
    (
        "全市孕产妇死亡率从2020年的12.3/10万下降到2023年的8.1/10万。",
        (
            "12.3/10万 level 孕产妇死亡率 2020-01-01..2020-12-31 in 610500; "
            "8.1/10万 level 孕产妇死亡率 2023-01-01..2023-12-31 in 610500"
        ),
    ),
    ("平均住院日由9.2天缩短至7.8天。", "9.2天 level 平均住院日; 7.8天 level 平均住院日"),
    (
        "县域内就诊率从83%上升到91%,提高8个百分点。",
        "83% level 县域内就诊率; 91% level 县域内就诊率; 8个百分点 change+ 县域内就诊率 of 1",
    ),
    # 同比, 较上年, 与上年相比 …
    ("门诊量达到62.5万人次,同比增长8.3%。", "62.5万人次 level 门诊量; 8.3% change+ 门诊量 vs 同比 of 0"),
    ("住院费用较上年下降4.6%。", "4.6% change- 住院费用 vs 上年"),
    ("床位数比上年增加210张。", "210张 change+ 床位数 vs 上年"),
    ("与上年相比,药占比下降2.3个百分点。", "2.3个百分点 change- 药占比 vs 上年"),
    ("医疗收入环比增长1.8%。", "1.8% change+ 医疗收入 vs 环比"),
    ("与2019年相比,接种量增长35.2%。", "35.2% change+ 接种量 vs 2019年"),
    ("签约人数比去年同期多1.3万人。", "1.3万人 change+ 签约人数 vs 去年同期"),
    (
        "全年总诊疗4.2亿人次,比上年增加0.3亿人次,增长7.7%。",
        (
            "4.2亿人次 level 总诊疗 2023-01-01..2023-12-31; "
            "0.3亿人次 change+ 总诊疗 vs 上年 of 0 2023-01-01..2023-12-31; "
            "7.7% change+ 总诊疗 vs 上年 of 0 2023-01-01..2023-12-31"
        ),
    ),
    ("药品价格平均降幅达52%。", "52% change- 药品价格"),
    ("全市卫生总费用翻一番。", "翻一番 change+ 卫生总费用 in 610500"),
    ("报告发病率较上年同期下降12.6%。", "12.6% change- 报告发病率 vs 上年同期"),
    # 高出全省, 比…低, 超目标, 还差
    ("规范管理率达到75.2%,高出全省4.1个百分点。", "75.2% level 规范管理率; 4.1个百分点 gap+ 规范管理率 vs 全省 of 0"),
    ("接种率比全国平均水平低1.2个百分点。", "1.2个百分点 gap- 接种率 vs 全国平均水平"),
    ("签约率77.2%,超过年度任务4.7个百分点。", "77.2% level 签约率; 4.7个百分点 gap+ 签约率 vs 年度任务 of 0"),
    ("建设进度距年度目标还差12个百分点。", "12个百分点 gap- 建设进度 vs 年度目标"),
    ("人均寿命比全国高1.4岁。", "1.4岁 gap+ 人均寿命 vs 全国"),
    ("药占比低于控制线3.1个百分点。", "3.1个百分点 gap- 药占比 vs 控制线"),
    # 占, N%的X, X中有N, 完成计划的N%, 是上年的N倍
    ("医院床位占全市床位总数的71.3%。", "71.3% share 医院床位 vs 全市床位总数"),
    ("80%以上的村卫生室配备了健康一体机。", "80% share 村卫生室|配备了健康一体机 vs 村卫生室"),
    ("药占比为27.6%。", "27.6% share 药占比"),
    (
        "全市62家医院中有18家开展日间手术。",
        "62家 level 医院 in 610500; 18家 share 医院|开展日间手术 vs 医院 of 0 in 610500",
    ),
    ("筛查任务完成年度计划的86.4%。", "86.4% share 筛查任务 vs 年度计划"),
    ("门诊量是上年的1.3倍。", "1.3倍 share 门诊量 vs 上年"),
    ("其中本科以上学历的不少于三分之二。", "三分之二 share 本科以上学历"),
    ("全县四分之一的敬老院完成改造。", "四分之一 share 敬老院|完成改造 vs 敬老院"),
    ("中医诊疗量占比达到31.2%。", "31.2% share 中医诊疗量占比"),
    # 居全省第N
    ("综合满意度居全省第6位。", "第6位 rank 综合满意度 vs 全省"),
    ("门诊满意度列全国第12位,住院满意度列第8位。", "第12位 rank 门诊满意度 vs 全国; 第8位 rank 住院满意度"),
    ("公立医院考核跻身全国前100名。", "100名 rank 公立医院考核 vs 全国"),
    ("降幅居全市第二位。", "第二位 rank 降幅 vs 全市"),
    # 力争, 要, 年底前, 到2025年
    ("力争年底前签约率达到80%。", "80% level 签约率 target ..2023-12-31"),
    ("到2025年,每千人口床位数达到7.2张。", "7.2张 level 每千人口床位数 target ..2025-12-31"),
    ("确保全年新增托位1500个。", "1500个 level 新增托位 target 2023-01-01..2023-12-31"),
    ("计划新建乡镇卫生院6所。", "6所 level 新建乡镇卫生院 target"),
    ("要完成基层医师培训900人。", "900人 level 基层医师培训 target"),
    ("争取到2026年建成紧密型医共体4个。", "4个 level 建成紧密型医共体 target ..2026-12-31"),
    ("预计全年诊疗量将突破500万人次。", "500万人次 level 诊疗量 target 2023-01-01..2023-12-31"),
    ("拟投入资金8000万元。", "8000万元 level 投入资金 target"),
    ("项目将于明年建成,新增床位260张。", "260张 level 新增床位 target 2024-01-01..2024-12-31"),
    # 前者, 增幅, 占比, 数量
    (
        "全市卫生支出32亿元,增长6.1%,增幅居全省第5位。",
        (
            "32亿元 level 卫生支出 in 610500; "
            "6.1% change+ 卫生支出 of 0 in 610500; "
            "第5位 rank 卫生支出|增幅 vs 全省 of 1 in 610500"
        ),
    ),
    (
        "医院和卫生院分别为36家和120家,前者比上年增加2家。",
        "36家 level 医院; 120家 level 卫生院; 2家 change+ 医院 vs 上年 of 0",
    ),
    (
        "全年发放补助资金860万元,数量较上年翻一番。",
        (
            "860万元 level 发放补助资金 2023-01-01..2023-12-31; "
            "翻一番 change+ 发放补助资金 vs 上年 of 0 2023-01-01..2023-12-31"
        ),
    ),
    ("女性患者占46%,占比较上年下降2.1个百分点。", "46% share 女性患者; 2.1个百分点 change- 女性患者 vs 上年 of 0"),
    # topics that the clause leaves out
    ("糖尿病登记人数27430,规范管理率71.6%。", "27430 level 糖尿病登记人数; 71.6% level 糖尿病|规范管理率"),
    ("新建中医馆98个,覆盖率达到100%。", "98个 level 新建中医馆; 100% level 中医馆|覆盖率"),
    ("签约居民12.4万人,签约率达到38.5%。", "12.4万人 level 签约居民; 38.5% level 居民|签约率"),
    ("艾滋病检测量最多,为42万人次。", "42万人次 level 艾滋病检测量"),
    # numbers that only bound a class
    ("60张以下床位医院有210家。", "60张 level 床位医院; 210家 level 床位医院"),
    ("60岁以上老年人口达32万人。", "32万人 level 60岁以上老年人口"),
    # times
    ("上半年,全市门诊量达到310万人次。", "310万人次 level 门诊量 2023-01-01..2023-06-30 in 610500"),
    ("2022年末,全市卫生技术人员8.6万人。", "8.6万人 level 卫生技术人员 ..2022-12-31 in 610500"),
    ("“十三五”期间,全市累计投入建设资金56亿元。", "56亿元 level 投入建设资金 2016-01-01..2020-12-31 in 610500"),
    (
        "2023年1-6月,报告病例186例,同比下降9.2%。",
        "186例 level 报告病例 2023-01-01..2023-06-30; 9.2% change- 报告病例 vs 同比 of 0 2023-01-01..2023-06-30",
    ),
    # places
    ("全国人均期望寿命达到78.2岁,我县达到79.1岁。", "78.2岁 level 人均期望寿命 in 100000; 79.1岁 level 人均期望寿命"),
    (
        "全省每千人口床位数6.8张,我市7.1张。",
        "6.8张 level 每千人口床位数 in 610000; 7.1张 level 每千人口床位数 in 610500",
    ),
    # verbs of doing something
    ("总投资3.2亿元的妇幼保健院新院区投入使用。", "3.2亿元 level 总投资|妇幼保健院新院区"),
    ("减免检查费用386万元。", "386万元 level 减免检查费用"),
    ("印制宣传手册、折页4.5万份。", "4.5万份 level 印制宣传手册、折页"),
    # several constructions at once
    ("全县建档28.6万份[3],规范管理率为81.2%。", "28.6万份 level 建档; 81.2% level 规范管理率"),
    ("减少审批事项12项。", "12项 level 减少审批事项"),
    ("审批时限压缩三分之一。", "三分之一 change- 审批时限"),
    ("平均住院日缩短0.6天。", "0.6天 change- 平均住院日"),
    (
        "全市三级专科医院中,41.3%开展了日间手术服务。",
        "41.3% share 三级专科医院|开展了日间手术服务 vs 三级专科医院 in 610500",
    ),
    (
        "县医院门诊量51.2万人次,占全县的43.6%,同比提高2.1个百分点。",
        "51.2万人次 level 门诊量; 43.6% share 门诊量 vs 全县 of 0; 2.1个百分点 change+ 门诊量 vs 同比 of 1",
    ),
    ("慢性病患者健康管理率保持在70%以上。", "70% level 慢性病患者健康管理率"),
    (
        "出生人口8300人,出生率7.1‰,比上年下降0.6个千分点。",
        "8300人 level 出生人口; 7.1‰ level 出生率; 0.6个千分点 change- 出生率 vs 上年 of 1",
    ),
    (
        "药品抽检合格率99.2%,较省定目标高1.2个百分点。",
        "99.2% level 药品抽检合格率; 1.2个百分点 gap+ 药品抽检合格率 vs 省定目标 of 0",
    ),
    (
        "全市建成省级重点专科12个、市级重点专科36个。",
        "12个 level 建成省级重点专科 in 610500; 36个 level 建成|市级重点专科 in 610500",
    ),
    ("签约服务惠及群众18.6万人。", "18.6万人 level 签约服务惠及群众"),
    (
        "卫生监督检查单位1.2万户次,立案查处312件,罚没款186万元。",
        "1.2万户次 level 卫生监督检查单位; 312件 level 立案查处; 186万元 level 罚没款",
    ),
    ("累计培训全科医生1260名,每万人口全科医生达到3.1名。", "1260名 level 培训全科医生; 3.1名 level 每万人口全科医生"),
    (
        "甲类、乙类、丙类病例分别为1.2、0.9、1.6万例。",
        "1.2 level 甲类|病例; 0.9 level 乙类|病例; 1.6万例 level 丙类病例",
    ),
    (
        "全市共有医院120家,其中公立医院48家,民营医院72家。",
        "120家 level 医院 in 610500; 48家 level 公立医院 in 610500; 72家 level 民营医院 in 610500",
    ),
    (
        "全年完成健康教育讲座260场次,受益群众3.1万人次。",
        (
            "260场次 level 健康教育讲座 2023-01-01..2023-12-31; "
            "3.1万人次 level 健康教育讲座|受益群众 2023-01-01..2023-12-31"
        ),
    ),
    (
        "全市65岁以上老年人健康管理率为71.8%,比上年提高3.4个百分点,比全省高2.1个百分点。",
        (
            "71.8% level 65岁以上老年人健康管理率 in 610500; "
            "3.4个百分点 change+ 65岁以上老年人健康管理率 vs 上年 of 0 in 610500; "
            "2.1个百分点 gap+ 65岁以上老年人健康管理率 vs 全省 of 0 in 610500"
        ),
    ),
    ("基层诊疗量占比由48.2%提高到53.6%。", "48.2% share 基层诊疗量占比; 53.6% share 基层诊疗量占比"),
    ("新建、改扩建乡镇卫生院18所。", "18所 level 新建、改扩建乡镇卫生院"),
    ("县医院开放床位420张,同比增加60张。", "420张 level 开放床位; 60张 change+ 开放床位 vs 同比 of 0"),
    ("到2030年,居民健康素养水平不低于30%。", "30% level 居民健康素养水平 target ..2030-12-31"),
    ("下一步,力争慢病管理率提高到75%。", "75% level 慢病管理率 target"),
    (
        "每千常住人口注册护士数达到3.6人,较2020年增加0.4人。",
        "3.6人 level 每千常住人口注册护士数; 0.4人 change+ 每千常住人口注册护士数 vs 2020年 of 0",
    ),
    ("拨付补助资金1.2亿元,其中中央资金0.8亿元。", "1.2亿元 level 拨付补助资金; 0.8亿元 level 中央资金"),
    (
        "全市孕产妇系统管理率达94.2%,超全省平均水平1.6个百分点。",
        "94.2% level 孕产妇系统管理率 in 610500; 1.6个百分点 gap+ 孕产妇系统管理率 vs 全省平均水平 of 0 in 610500",
    ),
    ("医保基金支出18.6亿元,为预算的92.4%。", "18.6亿元 level 医保基金支出; 92.4% share 医保基金支出 vs 预算 of 0"),
    (
        "全市门诊均次费用、住院均次费用分别为210元、6820元,同比分别下降2.1%、3.4%。",
        (
            "210元 level 门诊均次费用 in 610500; "
            "6820元 level 住院均次费用 in 610500; "
            "2.1% change- 门诊均次费用 vs 同比 of 0 in 610500; "
            "3.4% change- 住院均次费用 vs 同比 of 1 in 610500"
        ),
    ),
    ("中医药服务人次占比31%,居全市首位。", "31% share 中医药服务人次占比; 首位 rank 中医药服务人次占比 vs 全市 of 0"),
    ("三甲医院增至9家。", "9家 level 三甲医院"),
    (
        "村卫生室标准化率比2020年提高了12个百分点,达到96%。",
        "12个百分点 change+ 村卫生室标准化率 vs 2020年 of 1; 96% level 村卫生室标准化率",
    ),
    ("药品集采品种平均降价51%。", "51% change- 药品集采品种|平均降价"),
    ("接种新冠疫苗2.6万剂次,完成率为103.5%。", "2.6万剂次 level 接种新冠疫苗; 103.5% level 新冠疫苗|完成率"),
    ("全县献血人数突破8000人次,采血量达2.4吨。", "8000人次 level 献血人数; 2.4吨 level 采血量"),
    ("共有43个村通过验收,占全部行政村的28%。", "43个 level 村|通过验收; 28% share 村|通过验收 vs 全部行政村 of 0"),
    (
        "县外转诊率下降至9.1%,同比减少1.8个百分点。",
        "9.1% level 县外转诊率; 1.8个百分点 change- 县外转诊率 vs 同比 of 0",
    ),
    (
        "今年以来,开展巡回医疗86次,服务群众1.4万人。",
        "86次 level 开展巡回医疗 2023-01-01..2023-07-12; 1.4万人 level 服务群众 2023-01-01..2023-07-12",
    ),
    (
        "全县设有卫生院36所和卫生室120所,后者比上年增加9所。",
        "36所 level 卫生院; 120所 level 卫生室; 9所 change+ 卫生室 vs 上年 of 1",
    ),
    ("与上年比较,全市门诊量增加6.2万人次。", "6.2万人次 change+ 门诊量 vs 上年 in 610500"),
    (
        "儿童入托率从2017年的31.5%提高到2022年的42%。",
        "31.5% level 儿童入托率 2017-01-01..2017-12-31; 42% level 儿童入托率 2022-01-01..2022-12-31",
    ),
    ("年底前全县卫生院改造完成率要达到100%。", "100% level 卫生院改造完成率 target ..2023-12-31"),
    ("医院、卫生院和诊所分别增加3家、1家和8家。", "3家 change+ 医院; 1家 change+ 卫生院; 8家 change+ 诊所"),
    (
        "全市医疗机构达1860个,其中三级医院9个,占0.5%。",
        "1860个 level 医疗机构 in 610500; 9个 level 三级医院 in 610500; 0.5% share 三级医院 vs 医疗机构 of 1 in 610500",
    ),
    (
        "公立医院医疗收入为36亿元,同比降低2.3%,降幅居全省第6位。",
        (
            "36亿元 level 公立医院医疗收入; 2.3% change- 公立医院医疗收入 vs 同比 of 0; "
            "第6位 rank 公立医院医疗收入|降幅 vs 全省 of 1"
        ),
    ),
    (
        "全市妇女常见病筛查率达到86%,超目标6个百分点。",
        "86% level 妇女常见病筛查率 in 610500; 6个百分点 gap+ 妇女常见病筛查率 vs 目标 of 0 in 610500",
    ),
    ("男性、女性预期寿命分别为76.8岁和82.1岁。", "76.8岁 level 男性|预期寿命; 82.1岁 level 女性预期寿命"),
    ("对辖区内独居老人上门随访860人次。", "860人次 level 辖区内独居老人上门随访"),
    ("每张床位补助1500元。", "1500元 level 每张床位补助"),
    # growth against the months before it, several places in a row, adverbs inside names
    (
        "前11个月外贸增长6.3%，比上月加快0.1个百分点。",
        "6.3% change+ 外贸 2023-01-01..2023-11-30; 0.1个百分点 change+ 外贸 vs 上月 of 0 2023-01-01..2023-11-30",
    ),
    (
        "出口增长6.3%，增速比前2个月加快0.1个百分点。",
        "6.3% change+ 出口; 0.1个百分点 change+ 出口|增速 vs 前2个月 of 0",
    ),
    ("川渝两地共同投入资金30亿元。", "30亿元 level 投入资金"),
    ("高标准粮田达到耕地面积的38%。", "38% share 高标准粮田 vs 耕地面积"),
    ("新增就业岗位超52万个、稳定在全国1/20以上。", "52万个 level 新增就业岗位; 1/20 share 新增就业岗位 of 0"),
    ("甲品牌分别新增44项。", "44项 level 甲品牌|新增"),
    ("受大雾影响，30日有500多个航班延误。", "500多个 level 航班延误 2023-06-30..2023-06-30"),
]

# headings, lead-ins, wraps, footnote marks
PASSAGES = [
    (
        "一、下一步工作计划\n建成老年友善医疗机构20家。",
        "20家 level 建成老年友善医疗机构 target",
    ),
    (
        "一、主要成效\n全县建成健康小屋36个。\n二、明年工作打算\n新建健康小屋12个,签约率达到75%。",
        (
            "36个 level 建成健康小屋; 12个 level 新建健康小屋 target 2024-01-01..2024-12-31; "
            "75% level 健康小屋|签约率 target 2024-01-01..2024-12-31"
        ),
    ),
    (
        "到2025年,主要目标如下:\n--人均预期寿命达到79.5岁;\n--健康素养水平达到28%。",
        "79.5岁 level 人均预期寿命 target ..2025-12-31; 28% level 健康素养水平 target ..2025-12-31",
    ),
    (
        "2022年末,全县共有卫生机构312个。床位总数2860张。",
        "312个 level 卫生机构 ..2022-12-31; 2860张 level 床位总数 ..2022-12-31",
    ),
    (
        "会议要求,年底前完成培训600人次。",
        "600人次 level 培训 target ..2023-12-31",
    ),
    (
        "全县登记糖尿病患者1.2万人[2]。管理率为70.1%。",
        "1.2万人 level 登记糖尿病患者; 70.1% level 管理率",
    ),
    (
        "全县登记高血压患者3.16万人，同比增长2.4%，患者满意度达到\n78.4%，较上年提高1.2个百分点。",
        (
            "3.16万人 level 登记高血压患者; 2.4% change+ 登记高血压患者 vs 同比 of 0; 78.4% level 患者满意度; "
            "1.2个百分点 change+ 患者满意度 vs 上年 of 2"
        ),
    ),
]

STILL_WRONG = [
    (
        "甲流疫苗和水痘疫苗分别接种1.2万剂、0.8万剂。",
        "1.2万剂 level 甲流疫苗|接种; 0.8万剂 level 水痘疫苗|接种",
        "分别 stands between the list and the deed it shares",
    ),
    (
        "高血压、糖尿病管理率均高于省定标准，分别高出3.2个和1.9个百分点。",
        "3.2个 gap+ 高血压|管理率 vs 省定标准; 1.9个百分点 gap+ 糖尿病管理率 vs 省定标准",
        "the clause with the yardstick has no value, and so no topic",
    ),
    (
        "全市综合排名由第4位升至第2位。",
        "第4位 rank 综合排名 in 610500; 第2位 rank 综合排名 in 610500",
        "排名 is taken for the verb of the rank",
    ),
    ("目标任务为筛查5万人。", "5万人 level 筛查 target", "目标任务为 is a lead-in"),
    (
        "基本公共卫生服务经费提高到人均94元。",
        "94元 level 基本公共卫生服务经费|人均",
        "人均 behind the verb of reaching hides it",
    ),
    ("对失独家庭每户每月发放补助800元。", "800元 level 每户每月发放补助", "每户每月 before the deed is dropped"),
    (
        "蒲城县建成卫生室56所，澄城县建成41所。",
        "56所 level 建成卫生室 in 610526; 41所 level 卫生室|建成 in 610525",
        "a verb alone is taken for a noun of its own",
    ),
    ("投入5600万元完成发热门诊改造。", "5600万元 level 投入|发热门诊改造", "what the money is for is not read"),
    ("11个项目中，已有7个完工。", "11个 level 项目; 7个 share 项目|完工 vs 项目 of 0", "已有 hides the predicate"),
    (
        "规范管理率、服药率、控制率分别为81.2%、76.4%和63.0%。",
        "81.2% level 规范管理率; 76.4% level 服药率; 63.0% level 控制率",
        "规范 is shared out as if it were the population",
    ),
    (
        "全市登记在册严重精神障碍患者1.86万人，规范管理率92.3%。",
        "1.86万人 level 登记在册严重精神障碍患者 in 610500; 92.3% level 严重精神障碍患者|规范管理率 in 610500",
        "only one of the two verbs before the topic is taken off",
    ),
    (
        "省、市、县三级医院分别有8家、26家和74家。",
        "8家 level 省|医院; 26家 level 市|医院; 74家 level 县|医院",
        "三级 stands for the levels listed, not for a grade",
    ),
]


def show(report: healthie.Report, fact: Fact) -> str:
    """Return a fact as the rows above write it."""
    said = [fact.quantity.text, fact.role + fact.direction, "|".join(s.text for s in fact.indicator.spans) or "-"]
    if fact.reference:
        said.append(f"vs {fact.reference.text}")
    if fact.of is not None:
        said.append(f"of {fact.of}")
    if fact.status == "target":
        said.append("target")
    if fact.period and fact.period.text and fact.period != report.document.period:
        said.append(f"{fact.period.start or ''}..{fact.period.end or ''}")
    if fact.region and fact.region.text:
        said.append(f"in {fact.region.code or fact.region.name}")
    return " ".join(said)


def read(text: str) -> str:
    report = healthie.extract(text, region="白水县", published="2023-07-12")
    return "; ".join(show(report, fact) for fact in report.facts)


@pytest.mark.parametrize(("text", "facts"), [pytest.param(*row, id=row[0]) for row in (*SENTENCES, *PASSAGES)])
def test_sentences(text: str, facts: str) -> None:
    assert read(text) == facts


# National news, without a place of its own: the places of facts.
NEWS = "新华社北京5月6日电 全国开展健康服务。"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("新的急救中心在青海西宁启用。中心设床位320张。", ["西宁市"]),
        ("在甘肃张掖，义诊进了乡镇。当地组织医师45名。", ["张掖市"]),
        ("加拿大卫生部门说，今年报告病例58例。", [""]),
        ("全国建成卒中中心1900个。", ["全国"]),
    ],
)
def test_places_in_national_news(text: str, places: list[str]) -> None:
    report = healthie.extract(f"{NEWS}\n{text}", published="2023-05-06")
    assert [fact.region.name if fact.region else "" for fact in report.facts] == places


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(text, facts, id=text, marks=pytest.mark.xfail(reason=why, strict=True))
        for text, facts, why in STILL_WRONG
    ],
)
def test_sentences_still_wrong(text: str, facts: str) -> None:
    assert read(text) == facts


def test_there_are_many_sentences() -> None:
    assert len({text for text, *_ in (*SENTENCES, *PASSAGES, *STILL_WRONG)}) >= 120


PIECES = (
    "全县全市全省占较上年同比增长下降高出超过比其中分别为达到由提高到至每人均签约率床位医院建成新增力争要将年底前"
    "的中和、，；：（）“”。\n 　第位居前者降幅占比数量翻一番倍"
)
WORDS = st.sampled_from(
    [
        *PIECES,
        "3个",
        "12.5%",
        "0.6个百分点",
        "40余万例",
        "第6位",
        "三分之一",
        "2022年",
        "蒲城县",
        "分别",
        "其中",
        "\n\n",
        "[3]",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=50).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_text_is_read_and_offsets_are_true(text: str) -> None:
    report = healthie.extract(text, region="白水县", published="2023-07-12")
    for index, fact in enumerate(report.facts):
        spans = [fact.quantity, fact.sentence, *fact.indicator.spans, *filter(None, [fact.reference])]
        assert all(text[span.start : span.end] == span.text for span in spans)
        assert fact.of != index
        assert fact.of is None or 0 <= fact.of < len(report.facts)
        assert fact.sentence.start <= fact.quantity.start < fact.quantity.end <= fact.sentence.end
        assert [s.start for s in fact.indicator.spans] == sorted(s.start for s in fact.indicator.spans)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_each_quantity_makes_one_fact(text: str) -> None:
    quantities = healthie.find_quantities(text)
    facts = link(text, Mentions(quantities), Document())
    assert [fact.quantity for fact in facts] == list(quantities)


@pytest.mark.parametrize(
    "clause", ["新增12个，占3%（增长2%），", "分别为3个、5个，", "比上年下降3%，居全省第6位，", "（3个", '"3个']
)
def test_one_endless_sentence_is_read(clause: str) -> None:
    text = "全县" + clause * 300
    quantities = healthie.find_quantities(text)
    assert len(link(text, Mentions(quantities), Document())) == len(quantities)
