"""Beside an assessment: the family, what the answers on self-care add up to, what was found last time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from sgz_desktop.actions import assessing
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.gui import jobs
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.pages.genogram_card import GenogramCard
from sgz_desktop.gui.pages.ratings_panel import RatingsCard
from sgz_desktop.gui.policy_card import PolicyCard
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import SideScroll

REST_MS = 300  # after the last answer, before the rules are asked again
ASKING = "写看到、听到的；自己的判断写在“社工判断”和“评估结论”。"


class AssessmentSide(SideScroll):
    """`watch(form)` follows what is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form: RecordForm | None = None
        column = self.body
        column.setSpacing(px(Space.M))
        self.hint = paragraph("")
        hint = Card("自理小结")
        hint.add(self.hint)
        hint.add(paragraph(assessing.CLOSING, "second", "muted"))
        self.before = Card("上次评估")
        self._told = QVBoxLayout()
        self._told.setSpacing(px(Space.XS))
        self.before.add(self._told)
        writing = Card("填写时")
        writing.add(paragraph(ASKING, "body", "plain"))
        self.ratings = RatingsCard(desk, fills=False)
        self.genogram = GenogramCard(desk, (), most=300)
        self.policies = PolicyCard(desk)
        self._client, self._case = "", ""
        self._asked: dict[str, object] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self.read_policies)
        for card in (hint, self.policies, self.genogram, self.before, self.ratings, writing):
            column.addWidget(card)
        self.before.hide()
        column.addStretch(1)

    def watch(self, form: RecordForm, case: str, client: str = "") -> None:
        """Follow a form; `case` is whose last assessment is shown, `client` whose family and scores."""
        self.ratings.read(client)
        self._form, self._client, self._case = form, client, case
        form.edited.connect(self._count)
        self._count()
        self.read_policies()
        self.genogram.read(client)
        desk, id = self._desk, form.form.id
        jobs.start(
            self,
            lambda _task: assessing.last_assessment(desk, case, id),
            done=self._show_before,
            key="before",
        )

    def _count(self) -> None:
        answers = self._answers()
        self.hint.setText(assessing.self_care_words(answers))
        if answers != self._asked:
            self._later.start()

    def _answers(self) -> dict[str, object]:
        """The six items as they stand in the form, saved or not."""
        if self._form is None:
            return {}
        boxes, values = self._form.body.boxes, self._form.form.values
        return {name: boxes[name].typed() if name in boxes else values.get(name) for name in SELF_CARE}

    def read_policies(self) -> None:
        """Ask the rules with the answers as they stand now."""
        self._later.stop()
        self._asked = self._answers()
        self.policies.read(self._client, self._asked, self._case)

    def _show_before(self, told: Sequence[tuple[str, str]]) -> None:
        while item := self._told.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        for words, value in told:
            self._told.addWidget(label(words, "second", "muted"))
            self._told.addWidget(paragraph(value))
        self.before.setVisible(bool(told))
