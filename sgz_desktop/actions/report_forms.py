"""The forms of reports as the station has them, and changing them; the font of their body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import rules
from sgz_desktop.actions.papers_brief import FONT, FORMS
from sgz_desktop.actions.report_spans import current
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import report_form
from sgz_desktop.domain.report_form import LONGEST, MOST_SIGNERS, SORTS, ReportForm, changed, form_of
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading, Writing

OURS = ""


@dataclass(frozen=True)
class Forms:
    """The station's forms by sort; `font` the file name of the body's font ('' ours), `fonts` those installed
    on this computer."""

    forms: Mapping[str, ReportForm]
    font: str
    fonts: tuple[str, ...]


@action
def current_report(desk: Desk, sort: str) -> str:
    """The days of the report of a sort that is being worked at, as `report_outline` takes them: last month,
    or the contract year that runs."""
    return current(sort, desk.read(rules), desk.today())


@action
def report_forms(desk: Desk) -> Forms:
    """All forms, and the fonts there are."""
    from sgz_desktop.reports.own_fonts import installed

    def work(session: Reading) -> Forms:
        told = settings.get(session, FORMS)
        forms = {sort: form_of(sort, told) for sort in SORTS}
        return Forms(forms, str(settings.get(session, FONT, "") or ""), tuple(sorted(installed())))

    return desk.read(work)


@action
def change_report_form(desk: Desk, form: ReportForm) -> None:
    """Keep a sort's form. Raises SettingRefused; nothing is then changed."""
    _checked(form)
    told = changed(form)

    def work(session: Writing) -> None:
        before = settings.get(session, FORMS)
        kept = {sort: one for sort, one in (before or {}).items() if sort in SORTS and sort != form.sort}
        settings.put(session, FORMS, {**kept, form.sort: told} if told else kept)

    desk.store.write(work)


@action
def choose_brief_font(desk: Desk, font: str) -> None:
    """The body of reports in an installed font, by its file name; '' ours. Where it is not installed ours is
    used."""
    desk.store.write(lambda session: settings.put(session, FONT, font))


def _checked(form: ReportForm) -> None:
    if not form.printed:
        raise SettingRefused("sections", "至少印一个部分，没有改动。")
    if not 0 < len(form.signers) <= MOST_SIGNERS:
        raise SettingRefused("signers", f"签字的写1到{MOST_SIGNERS}个，没有改动。")
    titles = (("title", form.title), *((one.id, one.title) for one in form.sections))
    for name, words in (*titles, *(("signers", one) for one in form.signers)):
        if not words.strip() or len(words) > LONGEST:
            raise SettingRefused(name, f"请写1到{LONGEST}个字，没有改动。")
    if report_form.form_of(form.sort, {form.sort: changed(form)}) != form:
        raise SettingRefused("title", "这样的式样留不住，没有改动。")
