"""Plan, application, referrals and ending of the grandmother's case, as they were typed."""

from __future__ import annotations

from typing import Any

PLAN = {
    "made_on": "2026-01-20",
    "overall_goal": "奶奶身体恢复、心里敞亮，孙子有人管，祖孙俩的日子稳当。",
    "strategy": "任务中心模式与优势视角；把大目标拆成每周能做到的小事。",
    "resources": "县医院康复科、镇民政办、村小课后班、邻里互助。",
    "evaluation_methods": "目标达成评定，前后测，访谈，满意度",
    "risk_plan": "连续两天联系不上就请村干部上门；情绪明显变坏时转介精神卫生服务。",
    "review_on": "2026-03-20",
    "client_wishes": "不想去养老院，想早点能自己做饭。",
    "client_confirmed_on": "2026-01-22",
    "client_sign_mode": "指模并有见证人",
    "supervisor": "苏明远",
    "supervisor_confirmed_on": "2026-01-23",
    "supervisor_remark": "目标清楚，步骤可行。",
}
GOALS = [
    {
        "place": 1,
        "description": "按时复查，每天服药",
        "measure": "复查两次；连续四周服药记录完整",
        "due_on": "2026-04-10",
    },
    {
        "place": 2,
        "description": "心情好起来，睡得安稳",
        "measure": "GDS-15得分降到5分或以下",
        "due_on": "2026-05-08",
    },
    {
        "place": 3,
        "description": "申请临时救助，减轻药费",
        "measure": "递交申请并收到结果",
        "due_on": "2026-03-31",
    },
    {"place": 4, "description": "孙子放学后有去处", "measure": "每周五天参加课后班", "due_on": "2026-03-06"},
]
STEPS = [
    (
        0,
        {
            "place": 1,
            "action": "陪同到县医院复查",
            "responsible": "社工，家属",
            "responsible_name": "周望川",
            "due_on": "2026-02-12",
            "state": "已完成",
            "done_on": "2026-01-22",
        },
    ),
    (
        0,
        {
            "place": 2,
            "action": "做服药日历，每天打勾",
            "responsible": "服务对象",
            "responsible_name": "童木兰",
            "due_on": "2026-01-31",
            "state": "进行中",
        },
    ),
    (
        1,
        {
            "place": 3,
            "action": "每两周谈心一次，约石大娘一起晒太阳",
            "responsible": "社工，志愿者",
            "responsible_name": "石大娘",
            "due_on": "2026-05-08",
            "state": "进行中",
        },
    ),
    (
        2,
        {
            "place": 4,
            "action": "整理票据，递交临时救助申请",
            "responsible": "社工",
            "responsible_name": "周望川",
            "due_on": "2026-02-10",
            "state": "未开始",
        },
    ),
    (
        3,
        {
            "place": 5,
            "action": "联系村小课后班",
            "responsible": "社工，合作单位",
            "responsible_name": "苗老师",
            "due_on": "2026-02-28",
            "state": "未开始",
        },
    ),
]
APPLICATION: dict[str, Any] = {
    "typed": {
        "programme": "临时救助（支出型）",
        "applied_by": "本人申请",
        "stage": "公示",
        "filed_on": "2026-02-05",
        "accepted_on": "2026-02-06",
        "accepted_by": "青禾镇民政办",
        "decided_by": "云岭县民政局",
        "decision_due_on": "2026-03-09",
        "note": "票据原件已退回本人。",
    },
    "papers": [
        {"title": "申请书", "state": "已备齐", "got_on": "2026-02-03", "note": "社工代写，本人按指模"},
        {"title": "居民身份证", "state": "已备齐", "got_on": "2026-02-03", "note": "看过原件"},
        {"title": "户口簿", "state": "部门共享可得（无须提交）", "note": "窗口已调取"},
        {"title": "医疗费用票据", "state": "已备齐", "got_on": "2026-02-05", "note": "六张"},
    ],
    "result": {
        "stage": "已有结果",
        "notice_from": "2026-02-24",
        "notice_to": "2026-03-03",
        "result": "予以确认",
        "result_on": "2026-03-06",
        "result_reason": "支出型困难，符合当地规定。",
        "amount": "1800",
        "pays_from": "2026-03",
        "review_on": "2026-09-06",
    },
}
REHABILITATION = {
    "sort": "就医康复",
    "reasons": "需要专业服务",
    "reason_note": "拆石膏后手腕活动受限，需要康复训练。",
    "receiver": "云岭县医院康复科",
    "receiver_sort": "医院",
    "receiver_contact": "柏医师",
    "receiver_phone": "13800001404",
    "consented": "同意",
    "consented_on": "2026-02-12",
    "materials": "姓名与联系方式，健康情况",
    "sent_on": "2026-02-13",
    "reply_due_on": "2026-02-27",
    "reply_on": "2026-02-25",
    "outcome": "已接收",
    "outcome_note": "每周一次门诊康复，共六次，可坐村里的班车。",
}
JOB = {
    "sort": "就业岗位",
    "reasons": "服务对象要求",
    "reason_note": "儿子想回家附近做工，好照看老人和孩子。",
    "receiver": "青禾镇竹编合作社",
    "receiver_sort": "用人单位",
    "receiver_contact": "竹师傅",
    "receiver_phone": "13800001405",
    "consented": "同意",
    "consented_on": "2026-04-02",
    "materials": "姓名与联系方式",
    "sent_on": "2026-04-03",
    "reply_due_on": "2026-04-10",
    "reply_on": "2026-04-09",
    "outcome": "已上岗",
    "outcome_note": "合作社包午饭，下午五点下班。",
    "job_title": "竹编工",
    "job_from": "2026-04-13",
    "job_wage": "3200",
    "income_change_told": "是",
}
EVALUATION = {
    "evaluated_on": "2026-05-12",
    "methods": "目标达成评定，前后测，访谈，满意度",
    "before": "右腕打石膏，断药；GDS-15为9分；孙子放学无人看管。",
    "after": "能做饭，服药记录完整；GDS-15为4分；孙子每天上课后班，儿子已回乡做工。",
    "overall": "完全达成",
    "satisfaction": "非常满意",
    "satisfaction_by": "本人",
    "client_words": "多亏你们常来，我现在一个人也敢出门了。",
    "reflection": "先补照料再谈情绪的次序是对的；课后班应当更早联系。",
    "supervisor_remark": "目标都有凭据，可以结案。",
}
RESULTS = [
    {"result": "完全达成", "percent": 100, "note": "复查两次，服药记录连续九周完整。"},
    {"result": "完全达成", "percent": 100, "note": "GDS-15从9分降到4分。"},
    {"result": "完全达成", "percent": 100, "note": "临时救助1800元，三月到账。"},
    {"result": "部分达成", "percent": 80, "note": "每周四天，周五由父亲接。"},
]
CLOSURE = {
    "closed_on": "2026-05-20",
    "reason": "目标达成",
    "reason_note": "四项目标三项完全达成，一项部分达成，家庭已能自己应付。",
    "summary": "四个月里，我们一起看了两次病，做了服药日历，申请了临时救助，给小舟找到了课后班。",
    "goals_reached": "手能做饭了，药天天吃；心情好多了；救助到了；小舟放学有地方去。",
    "remaining_risks": "健康恶化",
    "risk_note": "血压偏高，天冷时容易头晕。",
    "followup_plan": "一个月后上门看一次，之后三个月打一次电话。",
    "followup_due_on": "2026-06-19",
    "client_words": "同意结案，有事再打电话。",
    "client_signed_on": "2026-05-20",
    "client_sign_mode": "指模并有见证人",
    "worker_signed_on": "2026-05-20",
    "supervisor": "苏明远",
    "supervisor_signed_on": "2026-05-20",
    "supervisor_remark": "同意结案，按时跟进。",
}
FOLLOWUP = {
    "date": "2026-06-18",
    "mode": "入户",
    "result": "继续好转",
    "situation": "奶奶自己做饭、种菜，每天服药；小舟期末考得不错；儿子每天下午回家。",
    "reopen": "否",
    "next_on": "2026-09-18",
}
