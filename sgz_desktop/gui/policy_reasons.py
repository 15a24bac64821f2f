"""Why a verdict is what it is, in rows that open: conditions, article and document, what is on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.reasons import Reason, Result
from sgz_desktop.domain.policy.wording import BOX
from sgz_desktop.gui.widgets.fold import Fold, column_of
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.text_row import RowWords

ICONS = {Verdict.Y: ("check", "ok"), Verdict.N: ("x", "muted"), Verdict.U: ("question", "warn")}
ARTICLE = "第"


def reason_rows(result: Result, names: Mapping[str, str]) -> QWidget:
    """All conditions of a programme."""
    return column_of(*(_fold(one, result, result.subject, names, top=True) for one in result.reasons))


def _fold(one: Reason, result: Result, above: str, names: Mapping[str, str], *, top: bool = False) -> Fold:
    who = names.get(one.subject, "") if one.subject != above else ""
    clause = f"（{one.clause}）" if one.clause.startswith(ARTICLE) else ""
    words = RowWords(
        f"{who}：{one.text}{clause}" if who else f"{one.text}{clause}",
        "body_bold" if top or one.children else "body",
        icon=ICONS[one.verdict],
        second=_on_file(one),
        spoken=BOX[one.verdict],
    )
    if one.children:
        return Fold(words, lambda: _below(one.children, one.verdict, result, one.subject, names))
    return Fold(words, lambda: _basis(one, result))


def _on_file(one: Reason) -> str:
    """What is on file, and in words that the condition may not be met."""
    said = BOX[one.verdict] if one.verdict is Verdict.N else ""
    return "，".join(part for part in (said, one.told) if part)


def _below(
    children: Sequence[Reason], verdict: Verdict, result: Result, above: str, names: Mapping[str, str]
) -> QWidget:
    """What decided comes first: of five ways to be without labour, the one that holds."""
    first = sorted(children, key=lambda one: one.verdict is not verdict)
    return column_of(*(_fold(one, result, above, names) for one in first))


def _basis(one: Reason, result: Result) -> QWidget:
    title = f"《{result.document}》" if one.source == result.source else ""
    lines = [f"依据：{one.source}{title}{one.clause}", f"档案：{one.told}" if one.told else ""]
    return column_of(*(paragraph(line, "second", "plain") for line in lines if line), gap=2)
