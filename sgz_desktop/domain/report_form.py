"""What a report to the bureau holds: sections, tables, columns, signers. Data, and a station's changes to it.

Changes are a JSON object by sort, e.g. {"monthly": {"title": …, "sections": [{"id", "title", "on"}],
"columns": ["now", "year"], "signers": […], "counting_rule": false}}. What in them is not as it should be is
left out, so that no setting ever stands between a station and its report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sgz_desktop.resources import resource

MONTHLY, MIDTERM, FINAL = SORTS = ("monthly", "midterm", "final")
COLUMNS = ("now", "before", "year_ago", "year", "target", "share")
REASON, STORY, CASE, ITEM, PLAN = TEXTS = ("reason", "story", "case", "item", "plan")
LONGEST, MOST_SIGNERS = 40, 4  # characters of a title; boxes side by side


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section: `parts` are made from the records, `texts` says what sort of texts are kept in it, ''
    none."""

    id: str
    title: str
    parts: tuple[str, ...] = ()
    texts: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True)
class FormTable:
    """A data table: the codes of its figures, in order."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportForm:
    """One sort of report. `this` names its span in words; `columns` are (what, head) in order."""

    sort: str
    title: str
    prefix: str
    this: str
    empty: str
    counting_rule: bool
    signers: tuple[str, ...]
    seals: tuple[str, ...]
    ledgers: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    send_to: str = ""
    copy_to: str = ""

    @property
    def printed(self) -> tuple[FormSection, ...]:
        """The sections on the paper."""
        return tuple(one for one in self.sections if one.on)

    def section(self, id: str) -> FormSection | None:
        """The section with an id."""
        return next((one for one in self.sections if one.id == id), None)


@cache
def shipped() -> Mapping[str, ReportForm]:
    """The forms the program brings along, by sort."""
    data = tomllib.loads(resource("forms", "brief.toml").read_text(encoding="utf-8"))
    return {sort: _read(sort, data[sort]) for sort in SORTS}


def _read(sort: str, told: Mapping[str, Any]) -> ReportForm:
    return ReportForm(
        sort,
        title=told["title"],
        prefix=told["prefix"],
        this=told["this"],
        empty=told["empty"],
        counting_rule=told["counting_rule"],
        signers=tuple(told["signers"]),
        seals=tuple(told["seals"]),
        ledgers=tuple(told["ledgers"]),
        columns=tuple((what, head) for what, head in told["columns"]),
        sections=tuple(
            FormSection(one["id"], one["title"], tuple(one.get("parts", ())), one.get("texts", ""))
            for one in told["sections"]
        ),
        tables=tuple(FormTable(one["title"], tuple(one["codes"])) for one in told["tables"]),
    )


def form_of(sort: str, changes: object = None) -> ReportForm:
    """A sort's form with a station's changes laid over it. KeyError for no sort."""
    form = shipped()[sort]
    told = changes.get(sort) if isinstance(changes, Mapping) else None
    if not isinstance(told, Mapping):
        return form
    rule = told.get("counting_rule")
    ledgers = told.get("ledgers")
    return replace(
        form,
        title=_words(told.get("title")) or form.title,
        counting_rule=rule if isinstance(rule, bool) else form.counting_rule,
        signers=tuple(_some_words(told.get("signers")))[:MOST_SIGNERS] or form.signers,
        ledgers=tuple(_some_words(ledgers)) if isinstance(ledgers, list) else form.ledgers,
        columns=_columns(form, told.get("columns")),
        sections=_sections(form, told.get("sections")),
        tables=_tables(form, told.get("tables")),
        send_to=_words(told.get("send_to"), 200),
        copy_to=_words(told.get("copy_to"), 200),
    )


def _words(value: object, most: int = LONGEST) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= most else ""


def _some_words(value: object) -> Iterable[str]:
    given = value if isinstance(value, list | tuple) else ()
    return (words for one in given if (words := _words(one)))


def _columns(form: ReportForm, chosen: object) -> tuple[tuple[str, str], ...]:
    """The chosen columns in their usual order; what this period says is always there."""
    if not isinstance(chosen, list | tuple):
        return form.columns
    return tuple((what, head) for what, head in form.columns if what == "now" or what in chosen)


def _sections(form: ReportForm, chosen: object) -> tuple[FormSection, ...]:
    """In the order chosen; a section nobody spoke of (a newer form's) stays where it stands."""
    own = {one.id: one for one in form.sections}
    found: list[FormSection] = []
    for one in chosen if isinstance(chosen, list | tuple) else ():
        section = own.pop(str(one.get("id")), None) if isinstance(one, Mapping) else None
        if section is not None:
            title = _words(one.get("title")) or section.title
            found.append(replace(section, title=title, on=one.get("on") is not False))
    for section in own.values():
        found.insert(min(form.sections.index(section), len(found)), section)
    return tuple(found)


def _tables(form: ReportForm, chosen: object) -> tuple[FormTable, ...]:
    """[{"title", "codes"}]; codes nobody counts are left out by whoever fills the table."""
    if not isinstance(chosen, list | tuple):
        return form.tables
    found = [
        FormTable(_words(one.get("title")) or form.title, tuple(_some_words(one.get("codes"))))
        for one in chosen
        if isinstance(one, Mapping)
    ]
    return tuple(one for one in found if one.codes) or form.tables


def changed(form: ReportForm) -> dict[str, object]:
    """The changes that make the shipped form this one; {} when nothing differs."""
    usual = _told(shipped()[form.sort])
    return {name: value for name, value in _told(form).items() if value != usual[name]}


def _told(form: ReportForm) -> dict[str, object]:
    return {
        "title": form.title,
        "counting_rule": form.counting_rule,
        "signers": list(form.signers),
        "ledgers": list(form.ledgers),
        "columns": [what for what, _ in form.columns],
        "sections": [{"id": one.id, "title": one.title, "on": one.on} for one in form.sections],
        "tables": [{"title": one.title, "codes": list(one.codes)} for one in form.tables],
        "send_to": form.send_to,
        "copy_to": form.copy_to,
    }


def choose(form: ReportForm, *, columns: Sequence[str]) -> ReportForm:
    """The same with other columns of those its shipped form has."""
    return replace(form, columns=_columns(shipped()[form.sort], columns))
