"""A whole case from the first call to the follow-up: every paper filled in, so that papers can be judged.

A grandmother who fell, her grandson at school, her son away for work. All of it is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.practice_story_garden_family import (
    ASSESSMENT,
    CONSENT,
    GRANDMOTHER,
    GRANDSON,
    HOUSEHOLD,
    INTAKE,
    NEEDS,
    SCORES,
    SON,
)
from sgz_desktop.actions.practice_story_garden_papers import (
    APPLICATION,
    CLOSURE,
    EVALUATION,
    FOLLOWUP,
    GOALS,
    JOB,
    PLAN,
    REHABILITATION,
    RESULTS,
    STEPS,
)
from sgz_desktop.actions.practice_story_garden_sessions import SESSIONS, Told
from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.domain import lifecycle

WORKER = "周望川"


@dataclass
class Family:
    """Ids of the family and its case."""

    home: str
    grandmother: str
    grandson: str
    son: str
    visit: str = ""
    case: str = ""


def tell(story: Teller) -> str:
    """From the village's call in January to the follow-up in June; returns the case's id."""
    story.by(WORKER)
    family = _first_visit(story)
    _taken_on(story, family)
    _agreed_and_assessed(story, family)
    goals = _planned(story, family)
    _worked_through(story, family, goals)
    _ended(story, family, goals)
    return family.case


def _first_visit(story: Teller) -> Family:
    story.on("2026-01-08")
    members = [("户主", GRANDMOTHER), ("孙子", GRANDSON), ("子", SON)]
    living = {
        0: {"relation_to_client": "本人", "from_day": "1978", "note": "一直住在这里"},
        1: {"relation_to_client": "孙子", "from_day": "2021-09", "note": "在镇中心小学上学"},
        2: {"relation_to_client": "子", "lives_in": "否", "note": "在外务工，春节回来"},
    }
    told = story.family(HOUSEHOLD, members, living)
    family = Family(told.household, *told.people)
    _benefits_and_obligors(story, family)
    family.visit = story.visit(
        family.home,
        family.grandmother,
        {
            "start_time": "09:10",
            "end_time": "10:00",
            "purposes": "摸排，探视",
            "companions": "柳湾村村干部温良玉",
            "environment": "平房两间，院里有菜地；厨房地面湿滑。",
            "hazards": "易跌倒，电线老化",
            "body_state": "较差",
            "mind_state": "较差",
            "change": "有变化",
            "changes": "腊月里在院子摔倒，右腕骨折，做不了饭。",
            "needs": "医疗，照料，心理，儿童养育",
            "needs_told": "怕花钱不想去复查；孙子放学没人管。",
            "category_notes": "独居老人带留守儿童：夜里没有人照应，孩子作业没人看。",
            "policy_told": "临时救助，医疗救助",
            "benefits_arrived": "已按时到账",
            "outcomes": "告知政策，上报，转为个案",
            "handling": "与村干部商定由社工接案，村里先安排邻居送饭。",
            "goods": "防滑垫一块",
            "next_on": "2026-01-12",
            "signature": "本人签名",
        },
        [family.grandmother, family.grandson],
    )
    return family


def _benefits_and_obligors(story: Teller, family: Family) -> None:
    story.save(
        "benefit",
        {
            "person": family.grandmother,
            "programme": "城乡居民基础养老金",
            "from_day": "2014-09",
            "amount": "198",
            "number": "练习-0001",
            "source": "本人存折",
            "note": "每月十五日到账",
        },
    )
    story.change(
        "person",
        family.grandmother,
        {},
        {
            "obligors": [
                {
                    "relation": "子",
                    "who": family.son,
                    "duty": "成年子女",
                    "situation": "有履行能力",
                    "basis": "在外务工，按月寄钱。",
                    "note": "电话能联系上",
                }
            ]
        },
    )


def _taken_on(story: Teller, family: Family) -> None:
    story.on("2026-01-12")
    family.case = story.open_case(
        family.visit,
        {
            "opened_on": "2026-01-12",
            "source": "村居转介",
            "supervisor": "苏明远",
            "natures": "照料困难，就医用药，情绪与心理，儿童照管",
            "topic": "奶奶骨折后无人照料，情绪低落，孙子放学无人看管",
            "risk": "中",
            "guardian_hidden": "否",
            "note": "家属希望工作日下午联系。",
        },
    )
    story.fill_intake(family.case, INTAKE)


def _agreed_and_assessed(story: Teller, family: Family) -> None:
    story.paper(family.case, "consent", CONSENT)
    story.move(family.case, lifecycle.ASSESSMENT)
    story.on("2026-01-15")
    story.paper(family.case, "assessment", ASSESSMENT, {"needs": NEEDS, "scores": SCORES})
    story.move(family.case, lifecycle.PLAN)


def _planned(story: Teller, family: Family) -> list[str]:
    story.on("2026-01-23")
    (assessment,) = story.papers(family.case, "assessment")
    needs = story.rows("assessment", assessment, "needs")
    goals = [{**goal, "need": need} for goal, need in zip(GOALS, needs, strict=True)]
    plan = story.paper(family.case, "plan", PLAN, {"goals": goals})
    ids = story.rows("plan", plan, "goals")
    story.change("plan", plan, {}, {"steps": [{**step, "goal": ids[place]} for place, step in STEPS]})
    story.move(family.case, lifecycle.INTERVENTION)
    return ids


def _worked_through(story: Teller, family: Family, goals: list[str]) -> None:
    for told in SESSIONS:
        story.on(told.day)
        if told.paper == "application":
            typed, papers = APPLICATION["typed"], APPLICATION["papers"]
            known = story.compared(typed["programme"], family.grandmother)
            story.paper(family.case, "application", {**typed, **known, "household": None}, {"papers": papers})
        elif told.paper == "application_result":
            (application,) = story.papers(family.case, "application")
            story.change("application", application, APPLICATION["result"])
        elif told.paper == "rehabilitation":
            story.paper(family.case, "referral", {**REHABILITATION, "person": family.grandmother})
        elif told.paper == "job":
            story.paper(family.case, "referral", {**JOB, "person": family.son})
        else:
            _session(story, family, goals, told)


def _session(story: Teller, family: Family, goals: list[str], told: Told) -> None:
    people = {"祖": family.grandmother, "孙": family.grandson, "子": family.son}
    rows = {
        "progress": [
            {"goal": goals[place], "progress": state, "percent": percent, "note": note}
            for place, state, percent, note in told.progress
        ]
    }
    seen = [people[one] for one in told.seen]
    if told.paper == "visit":
        story.visit(family.home, family.grandmother, told.typed, seen, rows)
    else:
        present = [{"person": one, "mode": told.how} for one in seen]
        story.paper(family.case, "session", {"date": told.day, **told.typed}, {"presences": present, **rows})


def _ended(story: Teller, family: Family, goals: list[str]) -> None:
    story.on("2026-05-12").move(family.case, lifecycle.EVALUATION)
    results = [{**result, "goal": goal} for result, goal in zip(RESULTS, goals, strict=True)]
    story.paper(family.case, "evaluation", EVALUATION, {"results": results})
    story.on("2026-05-20")
    story.paper(family.case, "closure", CLOSURE)
    story.move(family.case, lifecycle.CLOSED)
    story.on("2026-06-18")
    seen = [{"person": one, "mode": "met"} for one in (family.grandmother, family.grandson)]
    story.paper(family.case, "followup", FOLLOWUP, {"presences": seen})
