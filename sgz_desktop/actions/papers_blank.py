"""Every form blank, to write on by hand: no store is needed, and nothing of anybody is on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_blank_forms import BY_NAME, FORMS, BlankForm
from sgz_desktop.actions.papers_blank_layout import sheet_blocks
from sgz_desktop.domain.local_words import titled
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts, Sheet

Progress = Callable[[int, int], None]
TITLE = "空白表"
EDITION = "表样 V1（2026.1 版）"
NO_STATION = "社工站＿＿＿＿＿＿＿＿＿＿"


def blank_list() -> list[tuple[str, str]]:
    """Kind and title of every form there is, in the order of the work."""
    return [(form.kind, _title(form)) for form in FORMS]


def about_form(kind: str) -> str:
    """What a form consists of beside its first sheet, or who keeps it."""
    more = [part.title for part in BY_NAME[kind].parts[1:]]
    if more:
        return f"另有{'、'.join(more)}"
    return BY_NAME[kind].parts[0].footer


def _title(form: BlankForm) -> str:
    return titled(form.kind, form.parts[0].title)


def blank_values(names: Sequence[str], station: str = "", practice: bool = False) -> Handouts:
    """Forms by their kinds or titles, blank. AppError names the forms there are."""
    found = [_named(name) for name in names]
    if not found:
        raise AppError("没有选空白表，没有生成。", "请勾选后再打印。")
    sheets = tuple(
        Sheet(
            titled(form.kind, part.title) if part is form.parts[0] else part.title,
            EDITION,
            "CLIENT" if part.circle.value == "client" else "INTERNAL",
            sheet_blocks(form, part),
            footer=part.footer,
        )
        for form in found
        for part in form.parts
    )
    title = _title(found[0]) if len(found) == 1 else TITLE
    return Handouts(station or NO_STATION, title, sheets, practice, blank=True)


def _named(name: str) -> BlankForm:
    titles = {title: kind for kind, title in blank_list()}
    form = BY_NAME.get(titles.get(name, name))
    if form is None:
        known = "、".join(f"{kind}（{title}）" for kind, title in blank_list())
        raise AppError("没有这种空白表，没有生成。", f"可用的有：{known}")
    return form


def print_blank(name: str, station: str = "") -> bytes:
    """One form as a PDF, without any store."""
    from sgz_desktop.reports.handouts import build

    return build(blank_values([name], station))


@action
def print_blanks(desk: Desk, names: Sequence[str], progress: Progress | None = None) -> bytes:
    """Some forms as one PDF, with the station's name in their heads."""
    from sgz_desktop.reports.handouts import build

    return build(blank_values(names, desk.station, desk.practice), progress)
