"""The categories and benefits of a person and their household: since when, how much, by which list; and how
one ends."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, Saved, form, save_form
from sgz_desktop.actions.people import amount_words
from sgz_desktop.domain import days
from sgz_desktop.domain.categories import LISTS, Spell, Whose, category_of, is_open
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.person import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

GONE = "这条记录已经不在，没有改动。"
WHY = "请写明停止的原因，例如死亡、收入超标。"
WORDS = {"person": "本人", "household": "家庭"}


@dataclass(frozen=True)
class CategoryLine:
    """A category or benefit in words. `owner` is the person or household, `kind` which; `benefit` '' = only
    ticked, no stretch is on file; `now` = it goes on."""

    owner: str
    kind: str
    benefit: str
    code: str
    name: str
    since: str
    until: str
    amount: str
    number: str
    source: str
    now: bool
    note: str = ""

    @property
    def whose(self) -> str:
        """本人 or 家庭."""
        return WORDS[self.kind]


@action
def category_lines(desk: Desk, person: str) -> tuple[CategoryLine, ...]:
    """What the person and their household are in now, then what has ended, newest first."""
    today = desk.today()

    def work(session: Reading) -> list[CategoryLine]:
        house = queries.household_of(session, person)
        found = _of(session, "person", person, read.get(session, Person, person), today)
        return found + _of(session, "household", house, read.get(session, Household, house), today)

    lines = desk.read(work)
    told = {line.code for line in lines if line.now and line.benefit}
    now = [line for line in lines if line.now and (line.benefit or line.code not in told)]
    ended = sorted((line for line in lines if not line.now), key=lambda line: line.until, reverse=True)
    return (*now, *ended)


def _of(
    session: Reading, kind: Whose, id: str, owner: Person | Household | None, today: str
) -> list[CategoryLine]:
    if owner is None or not id:
        return []
    rows = read.of_parent(session, Benefit, kind, id)
    lines = [_line(one, kind, id, today) for one in rows]
    codes = code_list(LISTS[kind])
    ticked = sorted(split_codes(owner.categories), key=codes.order)
    lines += [
        CategoryLine(id, kind, "", code, codes.label(code), "", "", "", "", "", True)
        for code in ticked
        if code != "none"
    ]
    return sorted(lines, key=lambda line: (codes.order(line.code), line.name))


def _line(one: Benefit, kind: Whose, owner: str, today: str) -> CategoryLine:
    code = category_of(Spell(one.category, one.programme, one.from_day, one.to_day), kind)
    names = [code_list(LISTS[kind]).label(code)] if one.category else []
    programme = code_list("benefit").label(one.programme) if one.programme else ""
    if programme and category_of(Spell(programme=one.programme), kind) != one.category:
        names.append(programme)
    listed = f"{_month(one.listed_on, today)}名单" if one.listed_on else ""
    return CategoryLine(
        owner,
        kind,
        str(one.id),
        code,
        "·".join(names) or programme or "项目未填",
        days.show_day(one.from_day) if one.from_day else "",
        days.show_day(one.to_day) if one.to_day else "",
        amount_words(one.amount),
        one.number or "",
        "，".join(part for part in (one.source, listed) if part),
        is_open(one.to_day, today),
        one.note or "",
    )


def _month(day: str, today: str) -> str:
    """6月 of this year, else 2025年6月."""
    shown = days.show_day(day[:7])
    return shown.partition("年")[2] if day[:4] == today[:4] and days.is_day(day) and len(day) > 4 else shown


@action
def stop_category(
    desk: Desk, id: str, kind: str, code: str, day: str, reason: str, benefit: str = ""
) -> Saved:
    """A category or benefit of a person or a household (`kind`) ends on a day as typed, and its tick with it.

    `benefit` is the row that ends; '' makes one for a category that was only ticked. AppError without a
    reason or when the row is gone; FormRefused for a day that cannot be.
    """
    why = reason.strip()
    if not why:
        raise AppError(WHY)
    owner = form(desk, id, kind)
    row = next((one for one in owner.rows["benefits"] if one.id == benefit), None)
    if benefit and row is None:
        raise AppError(GONE)
    before = str(row.values.get("note") or "") if row else ""
    typed: dict[str, object] = {
        "to_day": day.strip() or desk.today(),
        "note": "；".join(part for part in (before, f"停止原因：{why}") if part),
        **({} if row else {"category": code}),
    }
    return save_form(desk, owner, {}, {"benefits": [RowInput(benefit, typed)]}, why)
