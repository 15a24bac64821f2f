"""志愿服务记录证明: what one volunteer gave, which 民政部令第67号 lets them ask for."""

from __future__ import annotations

from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.actions.papers_words import masked_number
from sgz_desktop.domain import days
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.volunteer import Volunteer, VolunteerService, VolunteerTeam
from sgz_desktop.domain.signing import number_of
from sgz_desktop.reports.values import Block, Form, FormField, Narrative, Sheet, Signatures, Table
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

TITLE = "志愿服务记录证明"
FREE = "本证明依据志愿服务记录免费出具"
BLANK = "＿＿＿＿＿＿"
NONE_YET = "还没有服务记录。"


def proof_sheet(session: Reading, volunteer: Volunteer, station: str) -> Sheet:
    """The proof of all services of a volunteer."""
    served = read.of_parent(session, VolunteerService, "volunteer", str(volunteer.id))
    found = sorted((one for one in served if not one.deleted), key=lambda one: (one.date or "", one.id))
    blocks: tuple[Block, ...] = (
        Narrative(_sentence(volunteer, found, station)),
        Form(tuple(_about(session, volunteer)), "志愿者"),
        _listed(session, found),
        Signatures(("经办人", "站长"), seal="社工站（盖章）"),
    )
    return Sheet(
        titled("volunteer_proof", TITLE),
        number_of("volunteer_proof", str(volunteer.id)),
        "INTERNAL",
        blocks,
        footer=FREE,
    )


def _sentence(volunteer: Volunteer, found: list[VolunteerService], station: str) -> str:
    dated = [one.date for one in found if one.date]
    minutes = sum(one.served or 0 for one in found)
    span = f"于{day_words(dated[0])}至{day_words(dated[-1])}" if dated else ""
    if len(set(dated)) == 1:
        span = f"于{day_words(dated[0])}"
    return (
        f"兹证明{volunteer.name or BLANK}{span}参加{station}组织或记录的志愿服务，"
        f"共{len(found)}次，累计{days.show_minutes(minutes)}。"
    )


def _about(session: Reading, one: Volunteer) -> list[FormField]:
    team = read.get(session, VolunteerTeam, one.team) if one.team else None
    told = (
        ("编号", one.number),
        ("姓名", one.name),
        ("身份证号", masked_number(one.id_number) if one.id_number else ""),
        ("志愿者编号", one.platform_number),
        ("登记日期", day_words(one.registered_on)),
        ("服务队", team.name if team else ""),
    )
    return [FormField(label, text or "") for label, text in told]


def _listed(session: Reading, found: list[VolunteerService]) -> Table:
    heads = columns(("服务日期", 3.4), ("服务内容", 5), ("地点", 3), ("时长", 2.4), ("证明人", 1.8))
    ids = sorted({one.activity for one in found if one.activity})
    of = {str(one.id): one.name or "" for one in read.of_parent(session, Activity, "id", *ids)} if ids else {}
    rows = tuple(
        (
            day_words(one.date),
            one.what or of.get(one.activity or "", ""),
            one.place or "",
            days.show_minutes(one.served) if one.served is not None else "",
            one.proved_by or "",
        )
        for one in found
    )
    return Table(tuple(heads), rows, title="服务记录", ledger=True, empty=NONE_YET)
