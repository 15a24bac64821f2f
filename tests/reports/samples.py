"""A made-up closed case and a made-up month, filled in fully. Nobody here exists."""

from __future__ import annotations

from sgz_desktop.reports import values as v

STATION = "云麓县梅坞乡社会工作服务站"
NUMBER = "MW-A-2026-0007"


def options(text: str) -> tuple[v.Option, ...]:
    """Check boxes from words; * ticks one, _ at its end gives a line to write on."""
    return tuple(
        v.Option(word.strip("*_"), word.startswith("*"), word.endswith("_")) for word in text.split()
    )


def field(label: str, text: str = "", wide: bool = False, boxes: str = "") -> v.FormField:
    return v.FormField(label, text, wide, options(boxes))


def columns(text: str) -> tuple[v.Column, ...]:
    """Columns from "head:share:align …" words."""
    made = []
    for word in text.split():
        head, share, align = (*word.split(":"), "left")[:3]
        made.append(v.Column(head, float(share), align))  # type: ignore[arg-type]
    return tuple(made)


def basics() -> v.Sheet:
    fields = (
        field("姓名", "丁梅香"),
        field("性别", "女"),
        field("出生日期", "1953年8月14日（72岁）"),
        field("民族", "畲族"),
        field("身份证号", "000***********0048"),
        field("联系电话", "000****6677"),
        field("居住地址", "梅坞乡上坪村三组17号"),
        field("户籍地址", "同居住地址"),
        field("婚姻状况", "丧偶（2019年）"),
        field("文化程度", "小学二年级"),
        field("健康状况", "高血压二级；双膝关节退行性病变，行走需拐杖"),
        field("劳动能力", "部分丧失（自述，待核）"),
        field(
            "人员类别", wide=True, boxes="*独居老人 特困人员 低保对象 低保边缘 *照护未成年人 重度残疾人 其他_"
        ),
        field("来源", wide=True, boxes="主动求助 *走访发现 村居转介 部门转介 热线 他人代求助"),
        field("紧急联系", "柳云萍（次女）　000****2201　下坪村二组", wide=True),
    )
    rows = (
        ("长子", "柳云军", "1978", "外地务工，电子厂", "否", "每周日通话；每季汇款约1500元，近两季未到"),
        ("次女", "柳云萍", "1981", "下坪村，务农", "否", "每月探望2次，可代为办事"),
        ("孙女", "柳小满", "2016", "梅坞小学四年级", "是", "由本人照护；作业无人辅导"),
    )
    family = columns("关系:16 姓名:20 出生年:17 职业或就读:36 同住:12:centre 联系与照护情况:61")
    table = v.Table(family, rows, title="家庭成员")
    said = v.Narrative(
        "“地里的活干不动了，孙女的作业我也看不懂，就怕哪天我倒下了没人管她。”", title="本人表述"
    )
    return v.Sheet(
        "服务对象基本信息", f"{NUMBER}-02-1", "INTERNAL", (v.Form(fields), table, said), "2026-03-12"
    )


def consent() -> v.Sheet:
    blocks = (
        v.Narrative("我是丁梅香。社工林知远已经把下面的话讲给我听，我听明白了。"),
        v.Narrative(
            "上门看望、陪我办事、帮我准备申请救助的材料，也会和我一起商量孙女放学后的照看。服务不收钱。",
            title="一、社工会做什么",
        ),
        v.Narrative(
            "我可以随时提问、不回答、要求改正记录，也可以随时停止服务。停止服务不影响我领取任何补助。",
            title="二、我可以怎样",
        ),
        v.Narrative(
            "我说的事，社工不会告诉无关的人。只有四种情况例外：我可能伤害自己；可能伤害别人；孩子或不能自理的人"
            "受到伤害；法院、公安依法要求。遇到这些情况，社工会先尽量告诉我。我的档案锁在站里，结案后保存5年。",
            title="三、保密",
        ),
        v.Choices(
            (
                v.Choice("记录我的健康情况，用于安排照护"),
                v.Choice("记录家庭收入，用于协助申请救助"),
                v.Choice("把必要资料交给乡民政办等办理单位"),
                v.Choice("服务时拍照，只存档案"),
                v.Choice("用于督导讨论（不写姓名、住址）"),
            ),
            title="四、请逐项选择（可以只同意一部分）",
        ),
        v.Narrative("想改变主意时，打电话000-0000 0000，或当面告诉社工就可以。"),
        v.OptionLine("签字人是", options("本人 监护人，与孩子的关系_")),
        v.ClientSigning(),
    )
    return v.Sheet("知情同意书", f"{NUMBER}-03-1", "CLIENT", blocks, "2026-03-12", "已签")


def level(chosen: str) -> tuple[v.Option, ...]:
    return tuple(v.Option(word, word == chosen) for word in ("高", "中", "低"))


def assessment() -> v.Sheet:
    rows = (
        (
            "身体健康",
            "血压168/96（3月19日村医测）；每天服药，常漏服；下楼需扶",
            "认得药盒，愿意配合测量",
            level("高"),
        ),
        ("心理情绪", "自述“夜里想老柳，睡不踏实”；近一月与邻居来往减少", "信任社工，喜欢听戏", level("中")),
        (
            "经济状况",
            "基础养老金每月216元；儿子近两季未汇款；电费欠84元",
            "有一亩口粮田，次女可帮种",
            level("高"),
        ),
        ("照护与家庭", "独自照看孙女；作业无人辅导；儿子每周日通话", "次女每月来两次", level("中")),
        ("居住安全", "土灶旁堆柴；卫生间无扶手；夜间无灯", "院墙与门锁完好", level("中")),
        ("社会支持", "邻居来大妈每天照面；村老年协会可接送", "村医、网格员均可联系", level("低")),
    )
    needs = (
        ("1", "稳定收入：核对并申请救助", "“能帮我问问补助就好”", "目标一"),
        ("2", "按时服药、每月测血压", "“老是忘，小满提醒我”", "目标二"),
        ("3", "孙女放学后有人照看、辅导作业", "“字我不认得几个”", "目标三"),
    )
    scales = (
        ("自理能力六项", "民发〔2021〕43号", "2项不能", "提示部分丧失，建议进一步评估"),
        ("GDS-15老年抑郁", "15题", "6分", "提示情绪低落，建议进一步评估"),
    )
    risk = (
        field("安全风险", boxes="高 *中 低"),
        field("依据", "夜间无灯、独居，村医随访"),
    )
    blocks = (
        v.Table(columns("维度:22 情况（事实与来源）:60 优势与资源:42 需求程度:38"), rows),
        v.Table(
            columns("量表:40 版本:40 得分:24 提示（不是诊断）:58"), scales, title="使用量表", ledger=True
        ),
        v.Table(
            columns("序号:14:centre 需求（按优先级）:62 服务对象怎么说:56 对应目标:30"),
            needs,
            title="需求清单",
        ),
        v.Narrative(
            "收入不稳与隔代照护叠加，是当前主要压力；身体状况可在家管理，居住安全有两处隐患须先处理。"
            "建议接案，按救助申请协助与照护支持两条线制定计划。",
            title="评估结论",
        ),
        v.Form(risk),
        v.Signatures(("主责社工", "督导")),
    )
    return v.Sheet(
        "需求评估表",
        f"{NUMBER}-04-1",
        "INTERNAL",
        blocks,
        "2026-03-19",
        "已签",
        "评估日期 2026年3月19日　　评估人 林知远　　同行 赵可安　　方式 入户（14:30—15:50）",
    )


def plan() -> v.Sheet:
    rows = (
        (
            "一、把低保申请递上去",
            "4月30日前材料交到乡便民中心，拿到受理单",
            "社工陪同备齐6样材料；本人签字",
            "3月26日至4月30日",
        ),
        (
            "二、血压稳一点",
            "连续3个月每月测2次；漏服每周不超过1次",
            "村医每月上门；药盒分格；孙女晚上提醒",
            "3月26日至6月18日",
        ),
        (
            "三、小满放学有人管",
            "每周2次参加村里四点半课堂",
            "社工联系志愿者接送；每次签到",
            "4月7日至6月18日",
        ),
    )
    blocks = (
        v.Narrative("三个月内，让丁梅香和小满的生活有稳定收入来源、按时服药、放学有人照看。", title="总目标"),
        v.Table(columns("目标:38 怎样算做到:46 谁来做、做什么:48 时间:30"), rows),
        v.Narrative("摔倒、胸闷或血压超过180/110：先打120，再打次女和社工电话。", title="如果情况变了"),
        v.Narrative("每次见面一起看目标走到哪一步；6月上旬做一次评估。", title="怎样看结果"),
        v.OptionLine("", options("计划讲给我听了，我同意 有地方想改：_")),
        v.Signatures(("服务对象（或指印）", "社工", "督导")),
    )
    return v.Sheet(
        "服务计划",
        f"{NUMBER}-05-1",
        "CLIENT",
        blocks,
        "2026-03-26",
        "已签",
        "拟定日期 2026年3月26日　　主责社工 林知远　　预计结束 2026年6月30日",
    )


FACTS = (
    "血压162/94，村医当场登记。药盒里3月28、29日两格未动，丁梅香说：“一忙就忘，晚上小满问起才想起来。”\n"
    "一起把身份证、户口簿、养老金存折放进一个文件袋；缺收入证明和儿子的收入情况。丁梅香当面给儿子打电话，"
    "儿子答应4月5日前寄来工资单。\n"
    "小满15:20到家，独自做作业，有三道应用题空着。"
)
JUDGEMENT = (
    "漏服主要因为没有提醒，不是抗拒服药；把提醒交给小满可行，但不宜让孩子承担全部责任，须由村医兜底。\n"
    "儿子愿意配合，近两季未汇款的原因尚不清楚，下次单独了解，暂不作判断。"
)


def session(number: int, facts: str = FACTS, judgement: str = JUDGEMENT) -> v.Sheet:
    day = f"2026年4月{7 * number}日（周二）"
    fields = (
        field("第几节", f"第{number}节"),
        field("日期", day),
        field("起止", "14:30—15:40（70分钟）"),
        field("地点", "上坪村三组17号家中"),
        field("在场人", "丁梅香、柳小满（放学后）、村医孔医生", wide=True),
        field("方式", wide=True, boxes="*入户 站内面谈 电话 线上 陪同办理"),
        field("本次目标", "目标一、目标二", wide=True),
        field(
            "服务手法",
            wide=True,
            boxes="*资源协调 *人文关怀 心理疏导 关系调适 矛盾调处 行为矫治 社会功能修复 社会支持体系建设",
        ),
    )
    after = (
        field("目标进度", f"目标一{30 * number}%　目标二{20 * number}%　目标三0%", wide=True),
        field("下次计划", "4月14日陪同去乡便民中心；带分格药盒。社工负责。", wide=True),
    )
    blocks = (
        v.Form(fields),
        v.TwoColumns(facts, judgement),
        v.Form(after),
        v.Note("录入 2026年4月8日 08:50　记录人 林知远　附件：照片1张（已同意存档）"),
        v.Remarks("督导批注"),
        v.Signatures(("主责社工", "督导")),
    )
    number_text = f"{NUMBER}-06-{number}"
    return v.Sheet(
        "过程记录",
        number_text,
        "INTERNAL",
        blocks,
        f"2026-04-{7 * number:02}",
        "待签",
        f"第{number}节　{day}",
    )


def application() -> v.Sheet:
    fields = (
        field("申请项目", "最低生活保障"),
        field("申请人", "丁梅香（共同生活2人）"),
        field("递交日期", "2026年4月9日"),
        field("受理单位", "梅坞乡便民服务中心"),
        field("受理日期", "2026年4月9日"),
        field("最晚办结", "2026年5月25日（30工作日）"),
        field("公示", "2026年5月6日至5月12日"),
        field("复查日", "2026年12月10日前（半年）"),
        field("结果", wide=True, boxes="*确认，2026年6月起发放 不予确认，理由_"),
    )
    have, lack = options("*已备 缺"), options("已备 *缺")
    rows = (
        ("申请书", have, "本人签名", "4月7日"),
        ("身份证、户口簿复印件", have, "本人、孙女", "核对原件"),
        ("家庭经济状况核对授权书", have, "共同生活成员", "孙女由监护人签"),
        ("长子收入与赡养情况", lack, "柳云军", "4月5日前寄，未到"),
    )
    conditions = (
        v.Condition("MET", "户籍与居住：本乡户籍，常住", "暂行办法第九条"),
        v.Condition("MISSING", "共同生活成员人均收入低于当地标准", "第九条"),
        v.Condition("MET", "本人：基础养老金216元/月（存折）", "证据2", 1),
        v.Condition("MISSING", "长子赡养费：工资单未到，无法计算", "补：工资单", 1),
        v.Condition("UNMET", "财产：一亩口粮田，存款3200元；车辆登记一辆，待说明", "第九条；目标表"),
    )
    tree = v.Verdict(
        "最低生活保障：信息不全，还差1项",
        conditions,
        "对照时间 2026年4月7日；政策标准“低保-本县 2026-01 版”，县民政局签发，指纹 9C41 D07A。",
    )
    blocks = (
        v.Form(fields),
        v.Table(columns("材料:56 状态:34 签名或来源:36 备注:36"), rows, title="材料清单"),
        tree,
        v.Signatures(("申请人（或指印）", "社工")),
    )
    subtitle = "社工协助记录，不代替申请表"
    return v.Sheet("救助申请协助单", f"{NUMBER}-07-1", "INTERNAL", blocks, "2026-04-09", "已签", subtitle)


def referral() -> v.Sheet:
    fields = (
        field("转介原因", "血压不稳、漏服药，行动不便，难以自行就诊", True),
        field("请贵单位协助", "每月测血压；指导分格药盒；异常时通知村医与社工", True),
        field("随函资料", wide=True, boxes="*用药单1张 *联系方式 病历 评估表（最少必要）"),
        field("本人同意", wide=True, boxes="*已签知情同意书（MW-A-2026-0007-03-1，2026年3月12日）"),
        field("联系人", "社工 林知远　000-0000 0000", True),
        field("请于何时回复", "2026年4月23日前；未复将于次一工作日电话询问", True),
    )
    letter = (
        "梅坞乡卫生院家庭医生团队：\n　　上坪村三组丁梅香（女，72岁），高血压，行走需拐杖，照看10岁孙女。"
        "现请贵单位每月上门随访一次，指导用药。"
    )
    blocks = (
        v.Narrative(letter, indent=False),
        v.Form(fields),
        v.Signoff((STATION, "2026年4月16日")),
        v.ReplySlip(STATION, f"关于贵站2026年4月16日来函（{NUMBER}-08-1），我单位："),
    )
    footer = "仅供接收单位办理使用"
    return v.Sheet("转介函", f"{NUMBER}-08-1", "INTERNAL", blocks, "2026-04-16", "已回执", footer=footer)


def evaluation() -> v.Sheet:
    rows = (
        ("一　递交低保申请", "4月30日前取得受理单", "4月9日受理，5月22日确认", options("*完全 部分 未")),
        ("二　血压与服药", "每月测2次；每周漏服≤1次", "3个月测6次；近4周漏服2次", options("完全 *部分 未")),
        ("三　放学有人照看", "每周2次四点半课堂", "10周到16次（应到20次）", options("完全 *部分 未")),
    )
    chart = v.GoalBars(
        tuple((f"第{i}节", f"4/{7 * i}") for i in range(1, 5)),
        (
            v.GoalTrack("目标一　递交低保申请", (30, 60, 100, 100)),
            v.GoalTrack("目标二　血压与服药", (20, 30, None, 80)),
            v.GoalTrack("目标三　放学有人照看", (0, 0, 30, 80)),
        ),
    )
    blocks = (
        v.Table(columns("目标:36 怎样算做到:42 现在:44 达成:40"), rows),
        chart,
        v.Narrative(
            "递交申请一线推进快，靠的是次女全程陪同；四点半课堂在农忙周缺席4次，接送安排应在计划里写明替补。",
            title="社工反思",
        ),
        v.Remarks("督导评语"),
        v.Signatures(("主责社工", "督导")),
    )
    return v.Sheet(
        "目标达成评估",
        f"{NUMBER}-09-1",
        "INTERNAL",
        blocks,
        "2026-06-11",
        "已签",
        "评估日期 2026年6月11日　评估人 林知远",
    )


def satisfaction() -> v.Sheet:
    heads = columns(
        "请在合适的格子里打勾:66 很不同意:26:centre 不同意:18:centre "
        "一般:18:centre 同意:18:centre 很同意:18:centre"
    )
    questions = (
        "社工说话我听得懂",
        "社工按约定的时间来",
        "帮我办的事有结果",
        "我的事没有传出去",
        "需要时找得到社工",
    )
    empty, ticked = (v.Option(""),), (v.Option("", True),)
    rows = tuple(
        (f"{i}　{text}", *(ticked if n == (3, 4)[i % 2] else empty for n in range(5)))
        for i, text in enumerate(questions, 1)
    )
    blocks = (
        v.Narrative("请按自己的感受填写，可以请家人代写。填得怎样都不影响服务和补助。"),
        v.Table(heads, rows),
        v.Lines(3, "最有帮助的一件事"),
        v.Signatures(("服务对象（或指印）", "收表人")),
    )
    return v.Sheet("满意度问卷", f"{NUMBER}-10-1", "CLIENT", blocks, "2026-06-11", "已签")


def closing() -> v.Sheet:
    fields = (
        field("个案编号", NUMBER),
        field("服务对象", "丁梅香"),
        field("服务期间", "2026年3月12日至6月18日"),
        field("结案日期", "2026年6月18日"),
        field("服务节数", "4节，共5小时10分", wide=True),
        field("结案原因", wide=True, boxes="*目标达成 本人要求 搬离 转介 去世 失联 超出能力 其他_"),
    )
    rows = (
        ("一　递交低保申请", "5月22日确认，6月起按月发放", "完全"),
        ("二　血压与服药", "每月测两次，漏服由每周3次降到1次以内", "部分"),
        ("三　小满放学有人照看", "四点半课堂16次", "部分"),
    )
    blocks = (
        v.Form(fields),
        v.Table(columns("目标:50 结果:86 达成:26"), rows, title="我们一起做到的"),
        v.Narrative("血压还要继续每月测；卫生间扶手、夜灯待装，村里答应7月底前完成。", title="还要留意的"),
        v.Narrative(
            "社工9月中旬打一次电话，12月上门看望一次。有事随时打000-0000 0000。", title="以后怎样联系"
        ),
        v.OptionLine("", options("我同意结束服务 我想再服务一段时间，原因：_")),
        v.Signatures(("服务对象（或指印）", "社工", "督导"), witness=True, seal="社工站（盖章）"),
    )
    return v.Sheet("结案报告", f"{NUMBER}-11-1", "CLIENT", blocks, "2026-06-18", "待签")


def case_file(practice: bool = True) -> v.CaseFile:
    cover = (
        ("个案编号", NUMBER),
        ("服务对象", "丁梅香"),
        ("问题类别", "经济困难　隔代照护　慢性病管理"),
        ("主责社工", "林知远"),
        ("督导", "周明（县指导中心）"),
        ("接案日期", "2026年3月12日"),
        ("结案日期", "2026年6月18日"),
        ("保管期限", "结案后5年（至2031年6月）"),
    )
    sessions = (session(1), session(2))
    sheets = (
        basics(),
        consent(),
        assessment(),
        plan(),
        *sessions,
        application(),
        referral(),
        evaluation(),
        satisfaction(),
        closing(),
    )
    return v.CaseFile(STATION, NUMBER, cover, sheets, "2026年6月30日", practice)


def six_pages() -> v.CaseFile:
    """The case file the budgets are measured on: six pages."""
    return v.CaseFile(
        STATION, NUMBER, (("个案编号", NUMBER),), (basics(), consent(), assessment(), session(1))
    )


def targets() -> v.Targets:
    reason = "结案3个，低于时间进度；另有3个须等救助审核结果，预计7月完成2个。"
    rows = (
        v.Target("入户探访", "户次", 86, 512, 1000),
        v.Target("服务人次", "人次", 214, 1268, 2400),
        v.Target("新开个案", "个", 1, 7, 12),
        v.Target("结案", "个", 1, 3, 10, reason),
        v.Target("小组", "个", 0, 2, 4),
        v.Target("社区活动", "场", 2, 11, 20),
        v.Target("志愿服务", "小时", 36, 205, 400),
        v.Target("督导", "次", 2, 12, 24),
    )
    return v.Targets(rows, 50)


def figures() -> v.Table:
    heads = columns("指标:60 单位:18:centre 本月:20:right 上月:20:right 本年累计:24:right")
    rows = (
        ("服务总人数（去重）", "人", "148", "139", "402"),
        ("服务人次", "人次", "214", "203", "1268"),
        ("入户探访", "户次", "86", "79", "512"),
        ("其中：见到的人", "人次", "112", "104", "671"),
        ("个案在跟进（期末）", "个", "6", "6", "—"),
        ("个案服务", "节", "9", "11", "58"),
        ("其中：时长", "小时", "9.5", "12.0", "63.5"),
        ("高风险在管", "个", "0", "1", "—"),
        ("转介", "人次", "1", "0", "4"),
    )
    note = (
        "口径：一人一次服务计1人次；一户一次上门计1户次；未遇不计；去重人数按期间重新计算，不由各月相加。"
        "上月补报：5月入户探访2户次，已并入本年累计。"
    )
    return v.Table(heads, rows, caption="2026年6月服务数据", note=note)


def charts() -> v.Side:
    weeks = ("1—7日", "8—14日", "15—21日", "22—28日", "29—30日")
    left = tuple(
        v.Bar(w, n, m) for w, n, m in zip(weeks, (22, 24, 17, 20, 3), (20, 16, 23, 17, 3), strict=True)
    )
    villages = (
        ("上坪村", 23, 3),
        ("下坪村", 18, 2),
        ("梅坞村", 13, 0),
        ("青岭村", 11, 2),
        ("双桥村", 8, 1),
        ("溪尾村", 15, 1),
    )
    right = tuple(v.Bar(*village) for village in villages)
    return v.Side(
        v.BarChart("每周入户探访", "6月 86", "5月 79", left, True, "户次"),
        v.BarChart("各村入户探访", "见到 86", "未遇 9（不计入）", right, False),
    )


def brief(practice: bool = True, with_targets: bool = True) -> v.Brief:
    helped = v.Table(
        columns(
            "项目:60 单位:14:centre 本月协助:20:right 本月确认:20:right 办理中:18:right 累计协助:20:right"
        ),
        (
            ("最低生活保障", "户", "2", "1", "2", "8"),
            ("特困人员救助供养", "人", "1", "1", "0", "2"),
            ("临时救助", "户", "1", "0", "0", "6"),
        ),
        caption="协助申请社会救助",
    )
    plan_rows = (
        ("重点对象探访60户次", "7月1日至31日", "六个村居", "林知远、赵可安", "入户探访"),
        ("低保复查材料提醒12户", "7月10日前", "乡便民中心", "林知远", "救助协助"),
    )
    story = (
        "甲奶奶（化名）七十多岁，与上小学的孙女同住。社工走访中得知其收入不稳、常忘服药，陪同家属备齐材料提出申请，"
        "并请村医按月上门。三个月后，家庭有了固定保障，漏服明显减少。"
    )
    figure_blocks = (v.Heading("服务数据"), figures(), charts(), v.Heading("救助协助"), helped)
    sections = (
        *((v.Section("项目进度", (targets(),)),) if with_targets else ()),
        v.Section("数据表", figure_blocks),
        v.Section(
            "重点服务",
            (v.Narrative("6月9日、16日、23日，在梅坞村文化活动室为12名留守儿童辅导作业，共3节、34人次。"),),
        ),
        v.Section("典型案例", (v.Narrative(story),)),
        v.Section("督导与培训"),
        v.Section(
            "问题与需协调事项",
            (
                v.Narrative(
                    "1. 上坪村三户独居老人家中夜间无照明，村委会已答应7月底前安装。\n"
                    "2. 结案进度30%，低于时间进度。"
                ),
            ),
        ),
        v.Section(
            "下月计划", (v.Table(columns("事项:46 时间:28 地点:24 责任人:32 对应指标:26"), plan_rows),)
        ),
    )
    return v.Brief(
        station=STATION,
        title="月度工作简报",
        issue_no="2026年第6期（总第18期）",
        number="MW-JB-2026-06-1",
        period="2026年6月1日至6月30日",
        send_to="云麓县民政局、梅坞乡人民政府",
        copy_to="县社会工作指导中心",
        summary="6月，本站服务148人、214人次，入户探访86户次，协助4户（人）申请救助，2户获得确认。结案进度落后于时间进度，7月安排两个结案评估。",
        sections=sections,
        attachments=("走访台账（95条）", "个案台账（7条）"),
        practice=practice,
    )


def card() -> v.RecoveryCard:
    groups = tuple(f"{n:02}AB-{n:02}CD"[:9] for n in range(1, 9))
    return v.RecoveryCard(STATION, "林知远", "3F-A0-9C", groups, "2026年6月30日", True)
