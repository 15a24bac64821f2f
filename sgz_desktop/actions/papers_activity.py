"""Papers of an activity: its plan, the sign-in sheet (to take along, or filled in), record and summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import columns, dated, narrative, said, span
from sgz_desktop.actions.papers_names import day_words, names_of, refs
from sgz_desktop.actions.papers_words import (
    SIGNING_ROOM,
    Asked,
    Names,
    form,
    masked_phone,
    paired,
    told_fields,
)
from sgz_desktop.actions.report_photos import Shown, shown
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.percents import percent_words
from sgz_desktop.domain.records.activity import Activity, SignIn, takes_part
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.signing import number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Block, Handouts, Note, Photos, Sheet, Signatures, Table
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
NOT_HERE = ("这场活动没有找到，没有打印。", "请先保存，再打印。")
SORTS = {"plan": "activity_plan", "record": "activity_record"}
SORTS |= {"blank": "activity_sign_in", "signed": "activity_sign_in"}
TITLES = {"plan": "活动方案", "blank": "活动签到表", "signed": "活动签到表", "record": "活动记录与总结"}
PARTS = tuple(TITLES)
LEAST_ROWS, SPARE, MOST_ROWS = 20, 5, 100
PHOTO = "photo"
NOTICE = "签到信息只用于活动统计，由社工站保管。"


@action
def activity_paper(desk: Desk, id: str, parts: Sequence[str]) -> Handouts:
    """Some papers of an activity, by `PARTS`. AppError when it is not here."""
    photos = _photos(desk, id) if "record" in parts else Shown()

    def work(session: Reading) -> tuple[Sheet, ...]:
        one = read.get(session, Activity, id)
        if one is None or one.deleted:
            raise AppError(*NOT_HERE)
        signed = [row for row in read.of_parent(session, SignIn, "activity", id) if not row.deleted]
        records = [one, *signed]
        ids = refs(records).get("person", [])
        people = {str(p.id): p for p in read.of_parent(session, Person, "id", *ids)} if ids else {}
        names = names_of(session, records, people)
        return tuple(_sheet(part, one, signed, people, names, photos) for part in parts)

    sheets = desk.read_for_paper(work, id)
    title = sheets[0].title if len(sheets) == 1 else "活动文书"
    return Handouts(desk.station, title, sheets, desk.practice)


def _photos(desk: Desk, id: str) -> Shown:
    """The activity's photos that were agreed to, oldest first."""

    def work(session: Reading) -> list[str]:
        found = read.of_parent(session, Attachment, "parent", id)
        kept = [one for one in found if one.sort == PHOTO and not one.deleted]
        kept.sort(key=lambda one: (one.taken_on or "9999", one.taken_time or "", str(one.id)))
        return [str(one.id) for one in kept]

    return shown(desk.read_for_paper(work, id), desk)


def _sheet(
    part: str,
    one: Activity,
    signed: Sequence[SignIn],
    people: dict[str, Person],
    names: Names,
    photos: Shown,
) -> Sheet:
    asked = Asked(one, Paper.INTERNAL, names)
    if part == "plan":
        blocks = _plan(asked)
    elif part == "record":
        blocks = _record(asked, one, sum(takes_part(row.role, one.sort) for row in signed), photos)
    else:
        blocks = _sign_in(asked, one, signed if part == "signed" else (), people)
    return Sheet(
        TITLES[part],
        number_of(SORTS[part], str(one.id)),
        "INTERNAL",
        blocks,
        on=one.date or "",
        subtitle="　".join(filter(None, (one.name or "", day_words(one.date)))),
    )


def _when(asked: Asked) -> str:
    start, end = asked.says("start_time"), asked.says("end_time")
    return "　".join(filter(None, (dated(str(asked.raw("date") or "")), span(start, end))))


def _where(asked: Asked) -> str:
    """The place, with its village where it does not name it."""
    village, place = asked.says("village"), asked.says("place")
    return place if place.startswith(village) else f"{village}　{place}".strip()


def _plan(asked: Asked) -> tuple[Block, ...]:
    top = told_fields(
        ("活动名称", asked.says("name")),
        ("活动类型", asked.says("sort")),
        ("时间", _when(asked)),
        ("地点", _where(asked)),
        ("服务人群", asked.says("focus")),
        ("标记", asked.says("tags")),
        ("计划人数", asked.says("planned_people")),
        ("预算", asked.says("budget")),
        ("协办单位", asked.says("partners")),
        ("负责社工", asked.says("worker")),
    )
    return (
        *form(paired(top)),
        *narrative("活动目标", asked.says("aim")),
        *narrative("流程安排", asked.says("plan")),
        *narrative("风险与预案", asked.says("risks")),
        Signatures(("负责社工", "督导", "站长")),
    )


def _sign_in(
    asked: Asked, one: Activity, signed: Sequence[SignIn], people: dict[str, Person]
) -> tuple[Block, ...]:
    """Numbered rows: those who signed in, or room for as many as are expected and some more."""
    top = told_fields(("时间", _when(asked)), ("地点", _where(asked)), ("负责社工", asked.says("worker")))
    heads = columns(("序", 1.0, "centre"), ("姓名", 2.6), ("电话", 3.0), ("身份", 1.8), ("签名", 3.4))
    if signed:
        rows = tuple(
            (str(place), _name(row, people), _phone(row, people), _role(row), SIGNING_ROOM)
            for place, row in enumerate(signed, start=1)
        )
    else:
        expected = min(max(LEAST_ROWS, (one.planned_people or 0) + SPARE), MOST_ROWS)
        rows = tuple((str(place), "", "", "", SIGNING_ROOM) for place in range(1, expected + 1))
    return (*form(paired(top)), Table(tuple(heads), rows, ledger=True, note=NOTICE))


def _role(row: SignIn) -> str:
    return Asked(row, Paper.INTERNAL, Names()).says("role")


def _name(row: SignIn, people: dict[str, Person]) -> str:
    person = people.get(row.person or "")
    return (person.name if person else row.name) or row.name or ""


def _phone(row: SignIn, people: dict[str, Person]) -> str:
    person = people.get(row.person or "")
    number = row.phone or (person.phone if person else None)
    return masked_phone(number) if number else ""


def _record(asked: Asked, one: Activity, signed: int, photos: Shown) -> tuple[Block, ...]:
    people = max(one.head_count or 0, signed)
    rated = f"{one.rated_content or 0}人满意，{one.rated_by}人评价" if one.rated_by else ""
    share = f"（{percent_words(one.rated_content or 0, one.rated_by)}）" if one.rated_by else ""
    top = told_fields(
        ("活动名称", asked.says("name")),
        ("活动类型", asked.says("sort")),
        ("时间", _when(asked)),
        ("地点", _where(asked)),
        ("服务人群", asked.says("focus")),
        ("标记", asked.says("tags")),
        ("参加", _people(people, signed)),
        ("志愿者", asked.says("volunteers")),
        ("满意度", rated + share),
        ("实际支出", asked.says("cost")),
        ("协办单位", asked.says("partners")),
        ("负责社工", asked.says("worker")),
    )
    blocks: list[Block] = [
        *form(paired(top)),
        *narrative("活动记录", asked.says("facts")),
        *narrative("成效", asked.says("effect")),
        *said("问题与改进", asked.says("problems")),
        *said("督导意见", asked.says("supervisor_remark")),
    ]
    if photos.pictures:
        blocks.append(Photos(tuple(photos.pictures.values())))
    blocks += [Note(notice) for notice in photos.notices]
    return (*blocks, Signatures(("负责社工", "督导")))


def _people(people: int, signed: int) -> str:
    if not people:
        return ""
    return f"{people}人次" + (f"（签到{signed}人）" if signed else "（只点人数）")
