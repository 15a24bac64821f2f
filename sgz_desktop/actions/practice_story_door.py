"""The family met at the door: a father and his paralysed daughter, told as far as the facts go.

What nobody has said stays open: the disability card, incomes, amounts, the decision and its day, the
daughter's husband and child. All of it is made up.
"""

from __future__ import annotations

from sgz_desktop.actions import practice_story_door_help as help
from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.domain import lifecycle

SUPERVISOR = "苏明远"
WITNESS = "石桥头村网格员柏青川"
SELF_CARE = dict.fromkeys(
    (
        "self_care_eat",
        "self_care_dress",
        "self_care_bed",
        "self_care_toilet",
        "self_care_walk",
        "self_care_bathe",
    ),
    "不能",
)


def tell(story: Teller) -> str:
    """From a visit without a case to a place in a home and a job; returns the case's id."""
    home, father, daughter, visit = _at_the_door(story)
    case = _taken_on(story, visit)
    _agreed(story, case, father)
    _assessed(story, case, daughter, father)
    goals = help.planned(story, case)
    help.applied(story, case, home, daughter, father, goals)
    help.placed(story, case, home, daughter, goals)
    help.at_work(story, case, home, father, goals)
    return case


def _at_the_door(story: Teller) -> tuple[str, str, str, str]:
    story.on("2026-03-17")
    family = story.family(
        {
            "village": "石桥头村",
            "village_group": "三组",
            "house_number": "12号",
            "way_there": "过石桥向右，竹林后第二家",
            "categories": "dibao",
            "note": "户主的妻子2022年去世。",
        },
        [
            ("02", {"name": "覃厚土", "sex": "男", "born": "1962", "marital": "丧偶", "categories": "低保"}),
            (
                "女",
                {
                    "name": "覃晚晴",
                    "sex": "女",
                    "categories": "低保",
                    "illnesses": "脑出血",
                    "illness": "2020年怀孕期间脑出血，此后瘫痪在床。",
                },
            ),
        ],
    )
    father, daughter = family.people
    story.save(
        "benefit", {"household": family.household, "programme": "低保", "source": "户主自述，两人享受"}
    )
    visit = story.visit(
        family.household,
        daughter,
        {
            "start_time": "9:30",
            "end_time": "10:10",
            "purposes": "政策宣传",
            "companions": WITNESS,
            "body_state": "很差",
            "needs": "照料，政策，就业",
            "needs_told": "父亲说女儿离不开人，自己没法出去做工。",
            "facts": "政策上门时遇到。女儿卧床，由父亲一人照料。",
            "policy_told": "特困，临时救助",
            "outcomes": "告知政策，转为个案",
            "handling": "约定由社工再次上门做需求评估。",
        },
        [father, daughter],
    )
    return family.household, father, daughter, visit


def _taken_on(story: Teller, visit: str) -> str:
    story.on("2026-03-19")
    case = story.open_case(
        visit,
        {
            "opened_on": "2026-03-19",
            "natures": "照料困难，政策申请，就业",
            "topic": "女儿瘫痪卧床，父亲独自照料，无法外出做工",
            "risk": "高",
            "supervisor": SUPERVISOR,
        },
    )
    story.fill_intake(
        case,
        {
            "asked_on": "2026-03-17",
            "intake_on": "2026-03-19",
            "problem_own_words": "父亲说：女儿瘫了六年，一刻离不开人，我走不开，也挣不到钱。",
            "problem_seen": "女儿生活不能自理，照料全靠父亲一人；两人靠低保生活。",
            "urgency": "较急",
            "safety_risks": "无人照料",
            "safety_note": "父亲一旦生病，女儿就没有人照料。",
            "help_so_far": "两人享受低保。",
            "decision": "接案",
            "decision_note": "属于社工站服务范围，本人和父亲都愿意。",
        },
    )
    return case


def _agreed(story: Teller, case: str, father: str) -> None:
    story.on("2026-03-20")
    agreed = ("service", "record", "id_data", "health_data", "visit_family")
    shared = ("share_township", "share_civil", "share_referral", "supervision")
    story.paper(
        case,
        "consent",
        {
            "told_on": "2026-03-20",
            "service_scope": "了解照料和生活的困难，协助申请救助，联系能够照料的机构。",
            "exceptions_told": "自伤自杀危险，伤害他人危险，司法机关依法要求",
            "purpose": "办理救助申请和转介。",
            "withdrawal_told": "当面或电话说明",
            **{f"ok_{item}": "同意" for item in (*agreed, *shared)},
            "ok_photo": "不同意",
            "ok_publicity": "不同意",
            "giver": "本人",
            "giver_name": "覃晚晴",
            "signed_on": "2026-03-20",
            "sign_mode": "口头同意",
            "witness": "覃厚土",
            "witness_role": "亲属",
        },
    )
    story.move(case, lifecycle.ASSESSMENT)


def _assessed(story: Teller, case: str, daughter: str, father: str) -> None:
    story.on("2026-03-24")
    obligors = [
        {
            "relation": "父亲",
            "who": father,
            "duty": "父母",
            "situation": "无履行能力",
            "basis": "六十周岁以上，享受低保（户主自述，证件待看）。",
        },
        {"relation": "夫", "duty": "配偶", "note": "有没有配偶、婚姻情况怎样都还不清楚，需要问明。"},
    ]
    story.change("person", daughter, {"self_care": "完全丧失"}, {"obligors": obligors})
    story.paper(
        case,
        "assessment",
        {
            "body": "2020年怀孕期间脑出血，瘫痪在床六年。",
            "mind": "话不多，说怕拖累父亲。",
            "strengths": "父女感情好；父亲身体尚可，愿意做工。",
            **SELF_CARE,
            "family_structure": "父女二人同住；母亲2022年去世。丈夫和孩子的情况还不清楚。",
            "family_economy": "两人享受低保；收入数额还没有核对。",
            "family_care": "日夜都由父亲一人照料。",
            "support_sources": "父母，村居",
            "risk": "高",
            "risk_basis": "完全不能自理，只有一名六十多岁的照料人。",
            "policy_match": "特困人员救助供养：信息不全，还差残疾人证、收入核对、配偶情况3项。"
            "仅供社工参考，以乡镇（街道）受理、民政部门审核确认为准；任何人都可以提出申请。",
            "facts": "六项自理都不能自主完成。",
            "judgement": "最要紧的是稳定的照料；照料有了着落，父亲才能出去做工。",
            "conclusion": "建议协助女儿申请特困人员救助供养并联系集中照料，协助父亲就业。",
        },
        {
            "needs": [
                {"sort": "照料", "description": "女儿需要全天照料。", "priority": "高"},
                {"sort": "政策", "description": "弄清女儿能否申请特困供养。", "priority": "高"},
                {"sort": "就业", "description": "父亲想找一份离家近的活。", "priority": "中"},
            ],
            "scores": [
                {"instrument": "self_care6", "score": 0, "scored_on": "2026-03-24", "scored_by": "李小禾"}
            ],
        },
    )
    story.move(case, lifecycle.PLAN)
