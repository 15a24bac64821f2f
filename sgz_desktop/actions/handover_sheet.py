"""个案交接表 as values: one sheet a case, which names no other case. Both workers and a witness sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.papers_draft import narrative
from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.records.handover import Handover
from sgz_desktop.domain.signing import number_of
from sgz_desktop.reports.values import Block, Form, FormField, Handouts, Sheet, Signatures

__all__ = ["Handouts", "HandoverDraft", "sheet_of", "sheets_of"]

PARTS = (
    ("open_work", "一、未完成的事"),
    ("promises", "二、答应过服务对象的事"),
    ("risks", "三、风险与注意"),
    ("consent_limits", "四、同意的范围"),
)


@dataclass(frozen=True)
class HandoverDraft:
    """A case to be handed over: whose, and what is known for each of the notes."""

    case: str
    number: str
    client: str
    worker: str
    stage: str
    risk: str
    notes: Mapping[str, str]


def sheet_of(draft: HandoverDraft, record: Handover, id: str) -> Sheet:
    """The sheet of one handover, which has or is to have an id."""
    reason = code_list("handover_reason").label(record.reason) if record.reason else ""
    head = Form(
        (
            FormField("个案编号", draft.number),
            FormField("服务对象", draft.client),
            FormField("所在阶段", draft.stage),
            FormField("风险等级", draft.risk),
            FormField("移交人", record.from_worker or ""),
            FormField("接手人", record.to_worker or ""),
            FormField("交接日期", day_words(record.handed_on)),
            FormField("交接原因", reason),
        )
    )
    parts = [block for name, title in PARTS for block in narrative(title, getattr(record, name) or "")]
    blocks: list[Block] = [head, *parts]
    if record.note:
        blocks += narrative("五、备注", record.note)
    blocks.append(Signatures(("移交人", "接手人", "见证人（站长）")))
    number = number_of("handover", id)
    return Sheet("个案交接表", number, "INTERNAL", tuple(blocks), on=day_words(record.handed_on))


def sheets_of(station: str, practice: bool, sheets: tuple[Sheet, ...]) -> Handouts:
    """Handouts to be printed one after another and handed out apart."""
    return Handouts(station, "个案交接表", sheets, practice)
