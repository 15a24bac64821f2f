"""What is done with the family met at the door: plan, application, a place in a home, a job."""

from __future__ import annotations

from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.domain import lifecycle

CENTRE = "云岭县社会福利中心"
EMPLOYER = "晴川康养中心"
SUPERVISOR = "苏明远"


def planned(story: Teller, case: str) -> list[str]:
    """The plan and its three goals; returns the goals."""
    story.on("2026-03-27")
    plan = story.paper(
        case,
        "plan",
        {
            "overall_goal": "女儿得到稳定的照料，父亲能够做工，一家人的生活有着落。",
            "strategy": "任务中心模式；先照料，后就业。",
            "resources": "乡镇民政办、县社会福利中心、用人单位、村里的网格员。",
            "evaluation_methods": "目标达成评定，访谈",
            "risk_plan": "父亲生病时由村里安排邻居看护，并立即告诉社工站。",
            "review_on": "2026-06-30",
            "client_wishes": "女儿愿意去能照料自己的地方；父亲希望隔些日子能去看她。",
            "client_confirmed_on": "2026-03-27",
            "client_sign_mode": "口头同意",
            "supervisor": SUPERVISOR,
        },
        {
            "goals": [
                {
                    "place": 1,
                    "description": "协助女儿递交特困人员救助供养申请",
                    "measure": "材料齐全，乡镇收下申请",
                    "due_on": "2026-05-31",
                },
                {
                    "place": 2,
                    "description": "女儿得到全天照料",
                    "measure": "住进能提供全天照料的机构",
                    "due_on": "2026-06-30",
                },
                {
                    "place": 3,
                    "description": "父亲找到合适的活",
                    "measure": "上岗并做满一个月",
                    "due_on": "2026-07-31",
                },
            ]
        },
    )
    goals = story.rows("plan", plan, "goals")
    steps = [
        {"goal": goals[0], "place": 1, "action": "收齐申请材料，陪同递交", "responsible": "社工，服务对象"},
        {"goal": goals[1], "place": 2, "action": "联系县社会福利中心", "responsible": "社工"},
        {"goal": goals[2], "place": 3, "action": "打听附近的用工", "responsible": "社工，家属"},
    ]
    story.change("plan", plan, {}, {"steps": steps})
    story.on("2026-03-30").move(case, lifecycle.INTERVENTION)
    return goals


def applied(story: Teller, case: str, home: str, daughter: str, father: str, goals: list[str]) -> None:
    """The application for 特困, with what is missing."""
    story.on("2026-04-15")
    story.visit(
        home,
        daughter,
        {
            "start_time": "14:20",
            "end_time": "15:20",
            "purposes": "个案服务，协助申请",
            "methods": "资源协调，人文关怀",
            "aim": "收齐特困申请材料",
            "facts": "一起填了申请书；身份证、户口簿已看过，残疾人证没有见到，有没有办过说不清。",
            "judgement": "残疾人证是关键材料，要先弄清。",
            "mood": "父亲松了口气，说总算知道怎么办。",
            "next_plan": "问明残疾人证和配偶情况后递交。",
            "next_on": "2026-05-12",
            "outcomes": "协助办理，约定再访",
        },
        [daughter, father],
        {"progress": [{"goal": goals[0], "progress": "有进展", "note": "申请书已填好"}]},
    )
    story.on("2026-05-12")
    story.paper(
        case,
        "application",
        {
            "household": None,
            "programme": "特困",
            "applied_by": "代办",
            **story.compared("特困", daughter),
            "stage": "已递交",
            "filed_on": "2026-05-12",
            "note": "受理日期和结果还没有收到。",
        },
        {
            "papers": [
                {"title": "申请书", "state": "已备齐", "got_on": "2026-04-15"},
                {"title": "居民身份证", "state": "已备齐", "got_on": "2026-04-15"},
                {"title": "户口簿", "state": "部门共享可得（无须提交）"},
                {"title": "经济状况核对授权书", "state": "已备齐", "got_on": "2026-05-12"},
                {"title": "残疾人证", "state": "待补", "note": "有没有还不清楚"},
            ]
        },
    )
    _session(
        story,
        case,
        {
            "date": "2026-05-12",
            "start_time": "10:00",
            "end_time": "11:10",
            "mode": "陪同",
            "place": "青禾镇民政办",
            "methods": "资源协调",
            "aim": "递交特困申请",
            "facts": "陪父亲代女儿递交申请，窗口收下，残疾人证请后补。",
            "judgement": "材料缺项会拖长时间，要继续跟进。",
            "next_plan": "联系县社会福利中心，问入住的条件。",
        },
        [father],
        [(goals[0], "已达成", "申请已递交")],
    )


def _session(
    story: Teller,
    case: str,
    typed: dict[str, object],
    seen: list[str],
    progress: list[tuple[str, str, str]],
) -> None:
    story.paper(
        case,
        "session",
        typed,
        {
            "presences": [{"person": one, "mode": "met"} for one in seen],
            "progress": [{"goal": goal, "progress": state, "note": note} for goal, state, note in progress],
        },
    )


def placed(story: Teller, case: str, home: str, daughter: str, goals: list[str]) -> None:
    """The referral to the home and the day of moving in."""
    story.on("2026-06-05")
    referral = story.paper(
        case,
        "referral",
        {
            "sort": "机构安置",
            "reasons": "需要安置",
            "reason_note": "完全不能自理，家里只有一名六十多岁的照料人。",
            "receiver": CENTRE,
            "receiver_sort": "社会福利中心",
            "consented": "同意",
            "consented_on": "2026-06-03",
            "materials": "姓名与联系方式，健康情况，预估摘要",
            "sent_on": "2026-06-05",
            "reply_due_on": "2026-06-12",
        },
    )
    story.on("2026-06-16")
    story.change(
        "referral",
        referral,
        {"reply_on": "2026-06-16", "outcome": "已安置", "placed_on": "2026-06-16", "placed_at": CENTRE},
    )
    story.change("person", daughter, {"living": "住机构"})
    story.change("membership", story.rows("household", home, "members")[1], {"lives_in": "否"})
    _session(
        story,
        case,
        {
            "date": "2026-06-16",
            "start_time": "8:40",
            "end_time": "11:40",
            "mode": "陪同",
            "place": CENTRE,
            "methods": "资源协调，人文关怀",
            "aim": "陪女儿入住",
            "facts": "和父亲一起送女儿入住，交接了用药和作息。",
            "judgement": "环境和照料都合适，父女分开后的情绪要留意。",
            "mood": "女儿说这里亮堂；父亲临走时掉了眼泪。",
            "next_plan": "一周后打电话问适应情况；协助父亲联系做工。",
        },
        [daughter],
        [(goals[1], "已达成", "已入住")],
    )


def at_work(story: Teller, case: str, home: str, father: str, goals: list[str]) -> None:
    """The father's job, and what it means for the benefits."""
    story.on("2026-06-22")
    story.paper(
        case,
        "referral",
        {
            "person": father,
            "sort": "就业岗位",
            "reasons": "服务对象要求",
            "reason_note": "女儿入住后，父亲想做工。",
            "receiver": EMPLOYER,
            "receiver_sort": "用人单位",
            "consented": "同意",
            "consented_on": "2026-06-18",
            "materials": "姓名与联系方式",
            "sent_on": "2026-06-18",
            "reply_on": "2026-06-22",
            "outcome": "已上岗",
            "job_title": "保洁",
            "job_from": "2026-06-22",
            "income_change_told": "是",
        },
    )
    story.change("person", father, {"employment": "在业", "workplace": EMPLOYER})
    story.on("2026-06-24")
    story.visit(
        home,
        father,
        {
            "start_time": "18:10",
            "end_time": "18:50",
            "purposes": "个案服务，回访",
            "methods": "人文关怀",
            "aim": "看父亲上岗后是否适应",
            "facts": "父亲说活不重，离家近。提醒他收入变化要报告，低保要按新的人口重新核算。",
            "judgement": "工作适应；收入超过低保标准后救助会变，要提前讲清。",
            "change": "有变化",
            "changes": "女儿入住福利中心；父亲开始做保洁。",
            "next_plan": "七月陪父亲去民政办报告家庭变化。",
            "next_on": "2026-07-08",
            "outcomes": "当场答复，约定再访",
        },
        [father],
        {"progress": [{"goal": goals[2], "progress": "有进展", "note": "已上岗，未满一个月"}]},
    )
    story.save(
        "task",
        {
            "what": "陪覃厚土到民政办报告收入和人口变化",
            "due_on": "2026-07-08",
            "person": father,
            "case": case,
            "household": home,
            "worker": "李小禾",
        },
    )
    story.save(
        "task",
        {"what": "打电话问覃晚晴入住后的适应情况", "due_on": "2026-06-23", "case": case, "worker": "李小禾"},
    )
