"""The worker's own papers: assessment, sessions, visits, evaluation, follow-up, and what the client's papers
leave out. Facts and judgement stand in two columns; empty fields stay, to be filled by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.papers_draft import (
    Draft,
    columns,
    dated,
    entry_note,
    narrative,
    on_day,
    remainder,
    remarks,
    span,
    subtitle,
)
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.actions.papers_words import Asked, boxes, form, joined, paired, table
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.local_words import in_use, nth
from sgz_desktop.domain.records.assessment import SELF_CARE, Assessment
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.closure import Closure
from sgz_desktop.domain.records.followup import Followup
from sgz_desktop.domain.records.plan import Plan
from sgz_desktop.domain.records.session import Session
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.self_care import grade_of, undone
from sgz_desktop.reports.values import Block, FormField, Signatures, Table, TwoColumns

INTERNAL = Paper.INTERNAL
COLUMN_ROOM = "\n" * 5
OCCASION_REMARK = 22.0  # mm at least, so that a session stays on one page
OCCASION_SIGNERS = Signatures(("主责社工", "督导"))


def assessment(file: Dossier, record: Assessment) -> Draft:
    """需求评估表: what was seen, the six self-care items, needs by rank, and the conclusion."""
    one = file.asked(record, INTERNAL)
    remark = one.says("supervisor_remark")
    head = subtitle(("评估日期", one.says("assessed_on")), ("评估人", one.says("worker")))
    needs, scores = file.rows(record, "needs", INTERNAL), file.rows(record, "scores", INTERNAL)
    need_heads = columns(("序号", 1, "centre"), ("需求类别", 2), ("需求（按优先级）", 6), ("优先级", 1.6))
    score_heads = columns(("量表", 4), ("得分", 1.4, "right"), ("评定日期", 2.4), ("提示（不是诊断）", 4))
    ranked = sorted(needs, key=lambda need: str(need.record.priority or "~"))  # type: ignore[attr-defined]
    order = {need.id: at for at, need in enumerate(ranked, start=1)}
    blocks: list[Block] = [
        *form(one.fields("body", "mind", "abilities", "strengths"), "个人"),
        _self_care(one),
        *form(one.fields("family_structure", "family_economy", "family_care"), "家庭"),
        *form(one.fields("support_sources", "support"), "社会支持"),
        table("需求清单", need_heads, ranked, lambda need: _need(need, order), room=3),
        *form(one.fields("policy_match")),
        table("使用量表", score_heads, scores, _score, empty="没有使用量表。"),
        *form((one.field("risk", wide=True), *one.fields("risk_basis")), "风险"),
        _two_columns(one),
        *narrative("评估结论", one.says("conclusion")),
        *remainder(one),
        *remarks("督导意见", remark),
        OCCASION_SIGNERS,
    ]
    return Draft("assessment", one.id, "需求评估表", "INTERNAL", tuple(blocks), on_day(record), subtitle=head)


def _two_columns(one: Asked, room: bool = True) -> TwoColumns:
    """Facts and judgement; where nothing is on file, `room` to write."""
    facts, judgement = one.says("facts"), one.says("judgement")
    return TwoColumns(facts or ("" if judgement or not room else COLUMN_ROOM), judgement)


def _self_care(one: Asked) -> Table:
    """The six items of the 特困 rule, and what their number hints at once all six are known."""
    answers = [one.raw(name) for name in SELF_CARE]
    rows = tuple(
        (one.label(name), boxes(code_list("self_care_state"), answer))
        for name, answer in zip(SELF_CARE, answers, strict=True)
    )
    heads = columns(("生活自理（六项）", 2), ("看到的情况", 4))
    return Table(tuple(heads), rows, title="生活自理能力", note=_hint(answers))


def _hint(answers: Sequence[object]) -> str:
    if any(answer not in ("done", "not_done") for answer in answers):
        return "六项都填写后再判断；没有看到的项目请留空。"
    lost = undone(answers)
    return f"六项中{lost}项不能自主完成，提示生活自理能力{grade_of(lost)}；仅为提示，以主管部门评定为准。"


def _need(one: Asked, order: dict[str, int]) -> tuple[str, ...]:
    return str(order[one.id]), one.says("sort"), one.says("description"), one.says("priority")


def _score(one: Asked) -> tuple[str, ...]:
    by, note = one.says("scored_by"), one.says("note")
    hint = joined(note, f"评定人{by}" if by else "")
    return one.says("instrument"), one.says("score"), one.says("scored_on"), hint


def occasion(file: Dossier, record: Session | Visit, number: int) -> Draft:
    """过程记录 of the n-th session, or 走访记录 of a visit that is none (`number` 0)."""
    one = file.asked(record, INTERNAL)
    remark = one.says("supervisor_remark")
    day, attached = one.raw("date"), len(file.rows(record, "attachments", INTERNAL))
    blocks: list[Block] = [
        *form(paired([*_when_and_who(file, one, record, number, str(day or "")), *_seen_at_home(one)])),
        _two_columns(one, room=bool(number)),
        *form(_afterwards(file, one, record, number)),
        *remainder(one),
        *entry_note(file, record, attached),
        *remarks("督导批注", remark, OCCASION_REMARK),
        OCCASION_SIGNERS,
    ]
    title, sort = ("过程记录", "session") if number else ("走访记录", "visit")
    head = f"{nth(number)}　{dated(str(day or ''))}" if number else dated(str(day or ""))
    day = on_day(record)
    return Draft(sort, one.id, title, "INTERNAL", tuple(blocks), day, subtitle=head, kind=type(record).KIND)


def _when_and_who(
    file: Dossier, one: Asked, record: Session | Visit, number: int, day: str
) -> list[FormField]:
    first = (
        FormField(f"第几{in_use().session}", nth(number)) if number else FormField("社工", one.says("worker"))
    )
    fields = [
        first,
        FormField("日期", dated(day)),
        FormField("起止", span(str(one.raw("start_time") or ""), str(one.raw("end_time") or ""))),
    ]
    if isinstance(record, Session):
        fields.append(one.field("place"))
    else:
        fields += [one.field("person", label="走访对象"), one.field("household", wide=not number)]
    if number:
        fields.append(one.field("worker"))
    fields.append(FormField("在场人", _present(file, record), True))
    fields.append(one.field("mode", wide=True))
    if isinstance(record, Visit):
        fields.append(one.field("purposes", plain=True))
        if record.companions:
            fields.append(one.field("companions", wide=True))
        fields.append(_met(one))
    return fields


def _met(one: Asked) -> FormField:
    why = one.says("not_met_reason")
    field = one.field("met", wide=True)
    return FormField("是否见到", f"未遇原因：{why}" if why else "", True, field.options)


def _present(file: Dossier, record: Record) -> str:
    rows = file.rows(record, "presences", INTERNAL)
    return "、".join(filter(None, (_presence(one) for one in rows)))


def _presence(one: Asked) -> str:
    who, mode = one.says("person"), one.says("mode")
    usual = one.raw("mode") == "met"
    note = joined("" if usual else mode, one.rest_line())
    return who + (f"（{note}）" if note else "")


HOME = (
    "environment",
    "hazards",
    "body_state",
    "mind_state",
    "change",
    "changes",
    "needs",
    "needs_told",
    "category_notes",
)
TOLD = ("policy_told", "benefits_arrived", "outcomes", "handling", "goods")


def _seen_at_home(one: Asked) -> list[FormField]:
    """What only a visit holds, as far as it is filled: a slip has few lines."""
    return [one.field(name, plain=True) for name in HOME if getattr(one.record, name, None) is not None]


def _afterwards(file: Dossier, one: Asked, record: Session | Visit, number: int) -> tuple[FormField, ...]:
    fields: list[FormField] = []
    if number:
        fields += [*one.fields("aim"), one.field("methods", wide=True)]
        fields.append(FormField("目标进度", _progress(file, record), True))
    elif rows := _progress(file, record):
        fields.append(FormField("目标进度", rows, True))
    fields += [one.field(name, plain=True) for name in TOLD if getattr(record, name, None) is not None]
    kept = isinstance(record, Session)  # a session's own lines stay, to be filled by hand
    for name in ("mood", "next_plan"):
        fields += [one.field(name)] if kept or getattr(record, name) is not None else []
    fields += [one.field("next_on"), one.field("signature", plain=True)]
    return paired(fields)


def _progress(file: Dossier, record: Record) -> str:
    """目标一　…：60%（有进展）, one goal a line."""
    return "\n".join(_goal_progress(one) for one in file.rows(record, "progress", INTERNAL))


def _goal_progress(one: Asked) -> str:
    goal = one.says("goal") or "目标"
    percent, word, note = one.says("percent"), one.says("progress"), one.says("note")
    far = percent + (f"（{word}）" if percent and word else word)
    return joined(f"{goal}：{far}" if far else goal, note, one.rest_line())


def plan_annex(file: Dossier, record: Plan) -> Draft:
    """服务计划（内部附页）: strategy, resources, risk plan and the supervisor's word on a plan."""
    one = _inside(file, record)
    remark = one.says("supervisor_remark")
    head = subtitle(("督导", one.says("supervisor")), ("督导确认", one.says("supervisor_confirmed_on")))
    needs = "\n".join(
        f"{file.names.of('goal', goal.id)}：{goal.says('need')}"
        for goal in file.rows(record, "goals", INTERNAL)
        if goal.raw("need")
    )
    blocks: list[Block] = [
        *form(one.fields("strategy", "resources")),
        *form((one.field("evaluation_methods", wide=True), *one.fields("risk_plan"))),
        *form([FormField("目标与需求", needs, True)] if needs else []),
        *remainder(one),
        *remarks("督导意见", remark),
        OCCASION_SIGNERS,
    ]
    return Draft(
        "plan_annex",
        one.id,
        "服务计划（内部附页）",
        "INTERNAL",
        tuple(blocks),
        on_day(record),
        subtitle=head,
    )


def closure_annex(file: Dossier, record: Closure) -> Draft:
    """结案报告（内部附页）: why it ended, what remains to be watched, and the supervisor's word."""
    one = _inside(file, record)
    remark = one.says("supervisor_remark")
    head = subtitle(("督导", one.says("supervisor")), ("督导签署", one.says("supervisor_signed_on")))
    blocks: list[Block] = [
        *form(
            (*one.fields("reason_note"), one.field("remaining_risks", wide=True), *one.fields("risk_note"))
        ),
        *remainder(one),
        *remarks("督导意见", remark),
        OCCASION_SIGNERS,
    ]
    return Draft(
        "closure_annex",
        one.id,
        "结案报告（内部附页）",
        "INTERNAL",
        tuple(blocks),
        on_day(record),
        subtitle=head,
    )


def _inside(file: Dossier, record: Record) -> Asked:
    """A record of which the client's paper has printed what the client may read."""
    client = file.asked(record, Paper.CLIENT)
    read = [name for name in type(record).model_fields if name not in Record.model_fields]
    return file.asked(record, INTERNAL, *(name for name in read if client.allowed(name)))


def followup(file: Dossier, record: Followup) -> Draft:
    """跟进记录: how things are after the case was closed."""
    one = file.asked(record, INTERNAL)
    head = dated(str(one.raw("date") or ""))
    blocks: list[Block] = [
        *form(
            (
                FormField("在场人", _present(file, record), True),
                one.field("mode", wide=True),
                one.field("result", wide=True),
                *one.fields("situation"),
                one.field("reopen"),
                one.field("next_on"),
                *(one.fields("reopen_reason") if record.reopen else ()),
                one.field("worker"),
            )
        ),
        *remainder(one),
        *remarks("督导批注", ""),
        OCCASION_SIGNERS,
    ]
    return Draft("followup", one.id, "跟进记录", "INTERNAL", tuple(blocks), on_day(record), subtitle=head)
