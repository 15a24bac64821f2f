"""One programme of the panel: its verdict, why, what is missing and where that is filled in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.policy_panel import Gap, Offer, PolicyPanel
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.places import Place
from sgz_desktop.domain.policy.wording import basis, headline
from sgz_desktop.gui.policy_reasons import reason_rows
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.fold import Fold, column_of
from sgz_desktop.gui.widgets.labels import IconLabel, label, paragraph
from sgz_desktop.gui.widgets.text_row import RowWords, TextRow

TONES = {Verdict.Y: "ok", Verdict.U: "warn", Verdict.N: "plain"}
ACTS = {"standard": "去设置", "home": "去登记"}
FILL = "去填写"


class OfferFold(Fold):
    """`fill(place)` goes to a missing fact; `apply(offer)` begins an application or opens the one begun."""

    def __init__(
        self,
        offer: Offer,
        panel: PolicyPanel,
        fill: Callable[[Place], None],
        apply: Callable[[Offer], None],
    ) -> None:
        self.offer, self._panel, self._fill, self._apply = offer, panel, fill, apply
        super().__init__(_head(offer), self._make_body, indent=0)

    def _make_body(self) -> QWidget:
        offer, result = self.offer, self.offer.result
        parts: list[QWidget] = [reason_rows(result, self._panel.names)] if result.reasons else []
        if offer.gaps:
            parts.append(_gaps(offer.gaps, self._fill))
        parts += [_warning(words) for words in result.warnings]
        parts.append(paragraph(f"{basis(result)}。", "caption", "muted"))
        if offer.under_way or self._panel.applies:
            parts.append(self._button())
        return column_of(*parts, gap=Space.S)

    def _button(self) -> QWidget:
        words, icon = ("打开申请", "right") if self.offer.under_way else ("新建申请", "plus")
        made = button(words, "secondary", icon, lambda: self._apply(self.offer), small=True)
        made.setAccessibleName(f"{words}：{self.offer.result.title}")
        return _line(made)


def _head(offer: Offer) -> RowWords:
    said, tone = headline(offer.result), TONES[offer.result.verdict]
    if offer.under_way:
        return RowWords(offer.result.title, "name", second=said, badge=(offer.under_way, "info"))
    return RowWords(offer.result.title, "name", badge=(said, tone))


def _gaps(gaps: tuple[Gap, ...], fill: Callable[[Place], None]) -> QWidget:
    rows = [_gap(gap, fill) for gap in gaps]
    return column_of(label(f"还差{len(gaps)}项：", "second", "muted"), *rows)


def _gap(gap: Gap, fill: Callable[[Place], None]) -> TextRow:
    act = ACTS.get(gap.place.kind, FILL)
    row = TextRow(RowWords(gap.words, icon=("question", "warn"), act=act))
    row.clicked.connect(lambda _on=False: fill(gap.place))
    return row


def _warning(words: str) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(px(6), 0, 0, 0)
    line.setSpacing(px(Space.S))
    line.addWidget(IconLabel("alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(paragraph(words, "second"), 1)
    return whole


def _line(widget: QWidget) -> QWidget:
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, px(4))
    line.addWidget(widget)
    line.addStretch(1)
    return whole
