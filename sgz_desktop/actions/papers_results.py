"""Papers that go to others or count results: application, referral, evaluation with goal bars."""

from __future__ import annotations

from sgz_desktop.actions.papers_draft import Draft, columns, narrative, on_day, remainder, remarks, subtitle
from sgz_desktop.actions.papers_letter import FOOTER, LETTER, letter_blocks
from sgz_desktop.actions.papers_reading import Dossier, own_day
from sgz_desktop.actions.papers_verdict import verdict_block
from sgz_desktop.actions.papers_words import Asked, form, joined, paired, table, told_fields
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.local_words import nth
from sgz_desktop.domain.records.application import REFUSED, Application
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.evaluation import Evaluation
from sgz_desktop.domain.records.plan import Goal
from sgz_desktop.domain.records.presence import GoalProgress
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.domain.sending import referral_held
from sgz_desktop.reports.values import (
    Block,
    FormField,
    GoalBars,
    GoalTrack,
    Note,
    Option,
    Signatures,
)

INTERNAL = Paper.INTERNAL
BLANK = "＿＿＿＿＿＿"
BARS = 8  # sessions a row of bars has room for


def application(file: Dossier, record: Application) -> Draft:
    """救助申请协助单: what was applied for, with which papers, by when, and the result."""
    one = file.asked(record, INTERNAL)
    verdict, pack = one.says("verdict"), one.says("policy_pack")
    sha256 = record.policy_pack_sha256 or ""
    result = one.field("result", wide=True)
    papers = file.rows(record, "papers", INTERNAL)
    heads = columns(("材料", 3.4), ("情况", 3.6), ("备齐日期", 2.8), ("备注", 3))
    top = paired(
        [
            one.field("programme", plain=True),
            FormField("申请人", _applicant(one)),
            one.field("applied_by", plain=True),
            one.field("worker"),
            *one.fields("filed_on", "accepted_by", "accepted_on", "decided_by", "decision_due_on"),
            one.field("stage", plain=True),
            FormField("公示", _between(one.says("notice_from"), one.says("notice_to")), True),
            result,
        ]
    )
    end = [*one.fields("result_on", "pays_from", "amount", "review_on"), one.field("support_form", wide=True)]
    end += [*one.fields("result_reason"), *_objection(file, one), *one.rest()]
    blocks: list[Block] = [
        *form(top),
        table("材料清单", heads, papers, _paper, empty="没有登记材料。"),
        *form(paired(end), "结果与待遇"),
        verdict_block(verdict, pack, sha256, file.verdicts.get(one.id)),
        Signatures(("社工", "站长")),  # the family signs its own papers, which hold no verdict
    ]
    head = "社工协助记录，不代替申请表"
    return Draft(
        "application", one.id, "救助申请协助单", "INTERNAL", tuple(blocks), on_day(record), subtitle=head
    )


def _objection(file: Dossier, one: Asked) -> list[FormField]:
    """After a refusal: when it was told in writing, what may be done against it, and what was."""
    if one.raw("result") not in REFUSED:
        return []
    path = file.objections.get(one.id, "")
    told = told_fields(("异议途径", path.removesuffix("。"))) if path else []
    return [*one.fields("told_in_writing_on", "objected_on"), *told, *one.fields("objection_note")]


def _applicant(one: Asked) -> str:
    person, household = one.says("person"), one.says("household")
    return person + (f"（家庭{household}）" if person and household else household)


def _between(start: str, end: str) -> str:
    return f"{start}至{end}" if start and end else start or end


def _paper(one: Asked) -> tuple[str | tuple[Option, ...], ...]:
    state = one.raw("state")
    known = one.boxes("state", among=("ready", "missing")) if state in (None, "ready", "missing") else None
    return one.says("title"), known or one.says("state"), one.says("got_on"), one.says("note")


def referral(file: Dossier, record: Referral) -> Draft:
    """转介表: why, to whom, with whose consent and which data, and what came of it."""
    one = file.asked(record, INTERNAL)
    reply = [*one.fields("reply_due_on", "reply_on"), one.field("outcome", wide=True)]
    reply += one.fields("outcome_note")
    blocks: list[Block] = [
        *form(_why(one)),
        *form(_receiver(one), "接收单位"),
        *form(_consent(one), "同意与资料（只给办事必需的）"),
        *form(paired([*reply, *_outcome(one)]), "回执与结果"),
        *_calls(file, record),
        *remainder(one),
        *((Note(f"转介函没有印：{held}"),) if (held := held_sentence(file, record)) else ()),
        Signatures(("服务对象（或指印）", "经办社工"), seal="接收单位（盖章）"),
    ]
    return Draft("referral", one.id, "转介表", "INTERNAL", tuple(blocks), own_day(record))


def _calls(file: Dossier, record: Referral) -> tuple[Block, ...]:
    rows = file.rows(record, "calls", INTERNAL)
    heads = columns(("打电话", 3), ("打电话的人", 2.2), ("接电话的人", 2.2), ("说了什么", 5))
    return (table("询问回执的电话", heads, rows, _call),) if rows else ()


def _call(one: Asked) -> tuple[str, ...]:
    at, again = f"{one.says('called_on')} {one.says('called_time')}".strip(), one.says("ask_again_on")
    return at, one.says("caller"), one.says("spoke_to"), joined(one.says("said"), again and f"{again}再问")


def _why(one: Asked) -> tuple[FormField, ...]:
    sort, reasons = one.field("sort", wide=True), one.field("reasons", wide=True)
    return paired([one.field("person"), one.field("worker"), sort, reasons, *one.fields("reason_note")])


def _receiver(one: Asked) -> tuple[FormField, ...]:
    contact, phone = (
        one.field("receiver_contact", label="联系人"),
        one.field("receiver_phone", label="联系电话"),
    )
    entry = told_fields(("通讯录里的单位", one.says("organisation")))
    known = [] if entry and entry[0].text == one.says("receiver") else entry
    return paired([one.field("receiver"), one.field("receiver_sort", plain=True), contact, phone, *known])


def _consent(one: Asked) -> tuple[FormField, ...]:
    consented, materials = one.field("consented", wide=True), one.field("materials", wide=True)
    return paired([consented, materials, *one.fields("consented_on", "sent_on")])


def _outcome(one: Asked) -> list[FormField]:
    """Placement and job, each where something is known of it."""
    found: list[FormField] = []
    for names in (("placed_on", "placed_at"), ("job_title", "job_from", "job_wage", "income_change_told")):
        if any(getattr(one.record, name) is not None for name in names):
            found += one.fields(*names)
    return found


def held_sentence(file: Dossier, record: Referral) -> str:
    """Why the letter to the receiver is not printed, '' when it is."""
    return referral_held(record.model_dump(), [one.model_dump() for one in file.of(Consent)])


def letter(file: Dossier, record: Referral) -> Draft:
    """转介函 with its reply slip, as `papers_letter` writes it."""
    one = file.asked(record, INTERNAL)
    blocks = letter_blocks(file.station, one, file.along.get(one.id, {}))
    return Draft("letter", one.id, LETTER, "INTERNAL", blocks, own_day(record), footer=FOOTER)


def evaluation(file: Dossier, record: Evaluation) -> Draft:
    """目标达成评估: each goal with its result, its way over the sessions, and the worker's own view."""
    one = file.asked(record, INTERNAL)
    remark = one.says("supervisor_remark")
    head = subtitle(("评估日期", one.says("evaluated_on")), ("评估人", one.says("worker")))
    for name in ("satisfaction", "satisfaction_by", "client_words"):
        one.raw(name)  # the client's own paper
    rows = file.rows(record, "results", INTERNAL)
    heads = columns(("目标", 4), ("怎样算达成", 3.4), ("达成情况", 2.6), ("达成", 1.2, "right"), ("说明", 3))
    blocks: list[Block] = [
        table("目标达成", heads, rows, lambda row: _result(file, row), empty="还没有逐条评定目标。"),
        *goal_bars(file),
        *form(
            (
                one.field("overall", wide=True),
                one.field("methods", wide=True),
                *one.fields("before", "after"),
            )
        ),
        *narrative("社工反思", one.says("reflection")),
        *remainder(one),
        *remarks("督导评语", remark),
        Signatures(("主责社工", "督导")),
    ]
    return Draft(
        "evaluation", one.id, "目标达成评估", "INTERNAL", tuple(blocks), on_day(record), subtitle=head
    )


def _result(file: Dossier, one: Asked) -> tuple[str, ...]:
    goal = _goal_record(file, str(one.raw("goal") or ""))
    measure = file.asked(goal, INTERNAL).says("measure") if goal else ""
    return one.says("goal"), measure, one.says("result"), one.says("percent"), one.says("note")


def _goal_record(file: Dossier, id: str) -> Goal | None:
    goals = (one for (kind, _), rows in file.children.items() if kind == "goal" for one in rows)
    return next((one for one in goals if isinstance(one, Goal) and one.id == id), None)


def goal_bars(file: Dossier) -> tuple[Block, ...]:
    """Progress of every goal by session, the last ones where there are many; nothing without any."""
    held: list[tuple[int, Record]] = []
    by_id = {one.id: one for kind in ("session", "visit") for one in file.papers[kind]}
    for number, id in enumerate(file.held, start=1):
        if id in by_id and _rated(file, by_id[id]):
            held.append((number, by_id[id]))
    held = held[-BARS:]
    goals = list(dict.fromkeys(goal for _, one in held for goal in _rated(file, one)))
    tracks = tuple(
        GoalTrack(file.names.of("goal", goal), tuple(_rated(file, one).get(goal) for _, one in held))
        for goal in _in_plan_order(file, goals)
    )
    heads = tuple((nth(number), _month_day(own_day(one))) for number, one in held)
    return (GoalBars(heads, tracks),) if tracks else ()


def _in_plan_order(file: Dossier, goals: list[str]) -> list[str]:
    planned = [one.id for (kind, _), rows in file.children.items() if kind == "goal" for one in rows]
    place = {id: at for at, id in enumerate(planned)}
    return sorted(goals, key=lambda goal: place.get(goal, len(place)))


def _rated(file: Dossier, record: Record) -> dict[str, int]:
    rows = file.children.get(("goal_progress", str(record.id)), ())
    return {
        row.goal: row.percent
        for row in rows
        if isinstance(row, GoalProgress) and row.goal and row.percent is not None
    }


def _month_day(day: str) -> str:
    return f"{int(day[5:7])}/{int(day[8:])}" if days.is_day(day) and days.is_whole(day) else ""
