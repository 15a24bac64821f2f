"""Half a year of visits around the town, and what else lies on a station's desk. All of it is made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.practice_story_people import BROKEN_ID, NO_ID, House, Member, houses
from sgz_desktop.actions.practice_story_teller import Rows, Teller, made_up_id
from sgz_desktop.domain import lifecycle
from sgz_desktop.domain.days import Day, add_days
from sgz_desktop.domain.workdays import workday_on_or_after

FIRST, LAST = "2026-01-05", "2026-06-29"
WORKERS = ("李小禾", "周望川")
HOUSEHOLD_BENEFITS = ("低保", "低保边缘")
AMOUNTS = {"低保": "620", "特困": "980", "高龄津贴": "100", "基础养老金": "198", "职工养老金": "2460"}
SEEN = (
    "看了灶台和药盒，饭菜热着，药按时在吃。",
    "坐着聊了近况，儿女上周打过电话。",
    "帮着读了一封通知，说明了要带的材料。",
    "院里晒着衣服，精神不错，问起下个月的体检。",
    "说夜里腿疼，已约村医来看。",
    "孩子在写作业，成绩单贴在墙上。",
    "厨房灯坏了，当场联系了村里的电工。",
)
NEEDS = ("医疗", "照料", "政策", "社会交往", "教育", "就业", "暂无需求")
WHY_NOT = ("外出", "下地", "没人", "上班或务工")
TASKS = (
    ("给叶知秋送高龄体检通知", "2026-06-12", "叶知秋", ""),
    ("问清谷雨生的残疾人证换证时间", "2026-06-19", "田满仓", ""),
    ("补拍莫问津家屋顶照片", "2026-06-26", "莫问津", ""),
    ("回访苗青青：两个孩子的暑期托管", "2026-06-30", "苗青青", ""),
    ("陪石敢行到镇卫生院取药", "2026-07-01", "石敢行", ""),
    ("核对章回目的身份证号", "2026-07-02", "章回目", ""),
    ("整理六月简报附件", "2026-07-03", "", ""),
    ("给罗小舟联系助学资源", "2026-06-10", "罗衣轻", "2026-06-09"),
    ("送防暑用品到东坡村", "2026-06-15", "麦穗黄", "2026-06-15"),
)


@dataclass(frozen=True)
class Filed:
    """A household on file: its ids and what it is."""

    house: House
    id: str
    people: tuple[str, ...]


def tell(story: Teller) -> list[Filed]:
    """Put the small village on file, walk its rounds from January to June, and open what comes of them."""
    filed = settle(story)
    for last, slips in _weeks(filed):
        for worker in WORKERS:
            mine = [slip for whose, slip in slips if whose == worker]
            if mine:
                story.by(worker).on(last).together(mine)
    desk_work(story, filed)
    return filed


def settle(story: Teller) -> list[Filed]:
    """Put the households on file, with their benefits."""
    filed = [_filed(story, place, house) for place, house in enumerate(houses())]
    _benefits(story, filed)
    return filed


def desk_work(story: Teller, filed: Sequence[Filed]) -> None:
    """What else lies on the desk: three more cases, two applications, things to do."""
    _small_cases(story.by(WORKERS[0]), filed)
    _applications(story, filed)
    story.on("2026-06-26").together([("task", _task(filed, task), {}) for task in TASKS])


def _filed(story: Teller, place: int, house: House) -> Filed:
    story.by(_worker(house)).on(workday_on_or_after(add_days("2025-12-01", place)))
    told = story.family(
        {
            "village": house.village,
            "village_group": house.group,
            "house_number": house.number,
            "categories": house.categories,
            "housing": ("自有", "自有", "危房", "公租房")[place % 4],
        },
        [(member.relation, _person(place, one, member)) for one, member in enumerate(house.members)],
    )
    return Filed(house, told.household, told.people)


def _worker(house: House) -> str:
    return WORKERS[house.village in ("柳湾村", "竹园村", "东坡村")]


def _person(place: int, one: int, member: Member) -> dict[str, object]:
    typed: dict[str, object] = {"name": member.name, "sex": member.sex, "born": member.born}
    typed["categories"] = member.categories
    if member.phone != "-":
        typed["phone"] = member.phone
    if "残" in member.categories:
        typed |= {"disability_kinds": "肢体", "disability_grade": ("2", "3")["残疾人" in member.categories]}
    if len(member.born) == 10 and member.name not in NO_ID:
        number = made_up_id(member.born, place * 5 + one, member.sex)
        slip = "0" if number[-1] != "0" else "1"
        typed["id_number"] = number[:-1] + slip if member.name == BROKEN_ID else number
    return typed


def _benefits(story: Teller, filed: Sequence[Filed]) -> None:
    lines: list[tuple[str, dict[str, object], Rows]] = []
    for one in filed:
        for person, member in zip(one.people, one.house.members, strict=True):
            if member.benefit == "-":
                continue
            whose = {"household": one.id} if member.benefit in HOUSEHOLD_BENEFITS else {"person": person}
            amount = {"amount": AMOUNTS[member.benefit]} if member.benefit in AMOUNTS else {}
            lines.append(
                ("benefit", {**whose, "programme": member.benefit, "from_day": "2024-01", **amount}, {})
            )
    story.on("2026-01-04").together(lines)


def _weeks(
    filed: Sequence[Filed],
) -> Iterator[tuple[Day, list[tuple[str, tuple[str, dict[str, object], Rows]]]]]:
    """The slips of each week with the day they are entered: its last, or the end of the story."""
    monday = FIRST
    while monday <= LAST:
        sunday = add_days(monday, 6)
        slips = [
            (_worker(one.house), _slip(one, place, number, day))
            for place, one in enumerate(filed)
            for number, day in enumerate(_round(place, one.house))
            if monday <= day <= sunday
        ]
        friday = add_days(monday, 4)
        last = max([friday, *(str(slip[1]["date"]) for _, slip in slips)])
        yield min(last, LAST), slips
        monday = add_days(monday, 7)


def _round(place: int, house: House) -> Iterator[Day]:
    """When a household is called on: those who need it every four weeks, others every seven."""
    often = any(word in house.categories for word in ("低保", "特困", "特殊"))
    day = add_days(FIRST, place * 5 % (28 if often else 49))
    while (on := workday_on_or_after(day)) <= LAST:
        yield on
        day = add_days(day, 28 if often else 49)


def _slip(one: Filed, place: int, number: int, day: Day) -> tuple[str, dict[str, object], Rows]:
    turn = place + 3 * number
    hour, minute = 8 + turn % 9, (0, 20, 40)[turn % 3]
    typed: dict[str, object] = {
        "household": one.id,
        "person": one.people[0],
        "date": day,
        "start_time": f"{hour:02d}:{minute:02d}",
        "end_time": f"{hour + (minute + 25) // 60:02d}:{(minute + 25) % 60:02d}",
        "worker": _worker(one.house),
        "mode": "电话" if turn % 8 == 5 else "入户",
        "purposes": ("探视", "政策宣传、摸排", "回访", "探视、送物资")[turn % 4],
    }
    if turn % 9 == 4:
        return "visit", {**typed, "mode": "入户", "met": "否", "not_met_reason": WHY_NOT[number % 4]}, {}
    typed |= {"met": "是", "facts": SEEN[turn % 7], "needs": NEEDS[turn % 7], **_seen(turn)}
    how = "通话" if typed["mode"] == "电话" else "当面见到"
    seen = one.people[: 1 + turn % 2]
    return "visit", typed, {"presences": [{"person": person, "mode": how} for person in seen]}


def _seen(turn: int) -> dict[str, object]:
    told: dict[str, object] = {"body_state": ("良好", "一般", "一般", "较差")[turn % 4], "change": "无变化"}
    if turn % 5 == 0:
        told |= {"policy_told": ("临时救助", "医疗救助", "高龄津贴")[turn % 3], "outcomes": "告知政策"}
    if turn % 6 == 1:
        told |= {"change": "有变化", "changes": "近来身体比上次差些，已提醒家人。", "outcomes": "约定再访"}
    if turn % 4 == 3:
        told["goods"] = "慰问包一份"
    return told


def _small_cases(story: Teller, filed: Sequence[Filed]) -> None:
    """Three more cases at other stages, so that the list of cases has something to list."""
    story.on("2026-04-22")
    visit = _leading_visit(story, family(filed, "燕归来"), "母子常为手机吵嘴。")
    case = story.open_case(visit, {"natures": "家庭关系", "topic": "母子争吵", "risk": "低"})
    story.on("2026-05-15").move(case, lifecycle.SUSPENDED, "一家人外出务工，约定七月回来再谈")
    story.on("2026-05-20")
    visit = _leading_visit(story, family(filed, "叶知秋"), "说一个人吃饭没味道，想找人说话。")
    story.open_case(visit, {"natures": "情绪与心理", "topic": "独居老人感到孤单", "risk": "低"})
    story.on("2026-06-09")
    visit = _leading_visit(story, family(filed, "陆放舟"), "断药两周，母亲年纪大，劝不动。")
    case = story.open_case(visit, {"natures": "就医用药、照料困难", "topic": "断药两周", "risk": "高"})
    story.fill_intake(
        case,
        {
            "problem_own_words": "母亲说：他不肯吃药，我怕他犯病。",
            "problem_seen": "断药两周，需要尽快复诊。",
            "urgency": "紧急",
            "safety_risks": "急重病",
            "decision": "接案",
        },
    )
    story.move(case, lifecycle.ASSESSMENT, "先口头同意，书面同意书下次补签")


def _applications(story: Teller, filed: Sequence[Filed]) -> None:
    """Two more applications under way, of families without a case."""
    common = {
        "stage": "已受理",
        "applied_by": "本人申请",
        "accepted_by": "青禾镇民政办",
        "worker": WORKERS[1],
    }
    story.by(WORKERS[1]).on("2026-06-19")
    dibao: dict[str, object] = {
        **common,
        **story.compared("低保", "", family(filed, "陶渊深").id),
        "household": family(filed, "陶渊深").id,
        "programme": "低保",
        "filed_on": "2026-06-08",
        "accepted_on": "2026-06-10",
    }
    urgent: dict[str, object] = {
        **common,
        **story.compared("临时救助", family(filed, "沙如雪").people[0]),
        "person": family(filed, "沙如雪").people[0],
        "programme": "临时救助",
        "filed_on": "2026-06-17",
        "accepted_on": "2026-06-18",
    }
    papers = {"papers": [{"title": "申请书", "state": "已备齐", "got_on": "2026-06-08"}]}
    lines: list[tuple[str, dict[str, object], Rows]] = [
        ("application", dibao, papers),
        ("application", urgent, papers),
    ]
    story.together(lines)


def family(filed: Sequence[Filed], head: str) -> Filed:
    return next(one for one in filed if one.house.members[0].name == head)


def _leading_visit(story: Teller, one: Filed, facts: str) -> str:
    return story.visit(
        one.id,
        one.people[0],
        {
            "start_time": "15:00",
            "end_time": "15:40",
            "purposes": "探视",
            "facts": facts,
            "outcomes": "转为个案",
        },
        [one.people[0]],
    )


def _task(filed: Sequence[Filed], task: tuple[str, str, str, str]) -> dict[str, object]:
    what, due, head, done = task
    typed: dict[str, object] = {"what": what, "due_on": due, "worker": WORKERS[len(what) % 2]}
    if head:
        one = family(filed, head)
        typed |= {"household": one.id, "person": one.people[0]}
    return {**typed, "done_on": done} if done else typed
