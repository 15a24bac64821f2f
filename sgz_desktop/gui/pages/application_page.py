"""An application as a form: begun from the rules in force, its papers printed, compared again when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from sgz_desktop.actions import applications, papers_application, papers_notice
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.applications import Compared
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.filing import WORKDAY, limit
from sgz_desktop.domain.records.application import REFUSED
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.application_fills import ApplicationFills
from sgz_desktop.gui.record_page import Opened, RecordPage
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.inputs import TextArea

UNSEEN = frozenset({"policy_pack", "policy_pack_sha256"})
TITLE = "救助申请协助单"
NOTICE = "notice"
UNSAVED = "还有没保存的内容。", "请先保存，再打印或比对。"
SOON_MS = 40
SETTLED_MS = 700  # a list gone through by arrow keys is not a choice at every step
WHO = ("programme", "person")  # what decides which rule is asked, and about whom


class ApplicationPage(RecordPage):
    """`paper_wanted(PaperView)` to be shown in its place, `check_wanted(application)` begins an entrusted
    check; `said` as of a page."""

    paper_wanted = Signal(object)
    check_wanted = Signal(str)
    said = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        open_form: Callable[[], Form],
        *,
        facts: str = "",
        hidden: frozenset[str] = UNSEEN,
        focus: str = "",
    ) -> None:
        self.again = button("重新比对", small=True, on_click=self.compare)
        self.rules = Band("", "plain", actions=(self.again,))
        self.path = Band("", "tint")
        above = self.above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        for band in (self.rules, self.path):
            column.addWidget(band)
            band.hide()
        above.hide()  # an empty one would keep a gap
        self.rule: Rule | None = None
        self.fills: ApplicationFills | None = None
        self.watched: QWidget | None = None  # the form whose fields are followed: whole, and safe to type in
        self._person, self._refilling = "", False
        super().__init__(desk, open_form, title=TITLE, facts=facts, hidden=hidden, focus=focus, above=above)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLED_MS)
        self._rest.timeout.connect(self._chosen)
        self.print_button = button("打印材料", icon="print", on_click=self._show_menu)
        self.print_button.hide()
        self.check_button = button("受委托入户核查", icon="visit", on_click=self._begin_check)
        self.check_button.hide()
        for one in (self.check_button, self.print_button, self.save_button):  # the primary one last
            self.head.add_action(one)
        self.ready.connect(self._begin)

    def _begin(self) -> None:
        """The form stands: say by which rules, and read the rule in force."""
        assert self.form is not None
        form = self.form.form
        self._person = str(form.values.get("person") or "") or self._person
        self.print_button.setVisible(not form.new and allowed(self.desk.actor, "print_application"))
        self.again.setVisible(not form.new and allowed(self.desk.actor, "compare_again"))
        self.check_button.setVisible(not form.new and allowed(self.desk.actor, "new_check"))
        self.rule = self.fills = None
        self._tell()
        self._when_built(self._watch)
        programme = str(form.values.get("programme") or "")
        whole = bool(form.values.get("household") and not form.values.get("person"))
        if programme:
            desk = self.desk
            jobs.start(
                self,
                lambda _task: applications.filing_rule(desk, programme, whole),
                done=self._take_rule,
                key="rule",
            )

    def _begin_check(self) -> None:
        self.flush()
        if self.form is not None:
            self.check_wanted.emit(self.form.form.id)

    def _take_rule(self, rule: Rule | None) -> None:
        self.rule = rule
        self._tell()
        self._when_built(self._follow)

    def _when_built(self, then: Callable[[], None]) -> None:
        """Once every field of the form stands, without holding up what is being built."""
        form = self.form
        if form is None:
            return
        if all(part.built for part in form.body.parts):
            then()
        else:
            QTimer.singleShot(SOON_MS, form, lambda: self._when_built(then) if form is self.form else None)

    def _watch(self) -> None:
        assert self.form is not None
        boxes = self.form.body.boxes
        if boxes["verdict"].filled:
            words = boxes["verdict"].control
            assert isinstance(words, TextArea)
            words.setReadOnly(True)
        if self.form.form.new:
            for name in WHO:
                boxes[name].changed.connect(self._rest.start)
                boxes[name].left.connect(self._chosen)
            self._rest.start()  # what was chosen while the form was still being built counts too
        boxes["result"].changed.connect(self._tell)
        self.watched = self.form

    def _follow(self) -> None:
        if self.rule and self.form:
            self.fills = ApplicationFills(self.rule, self.form.body.boxes, self.form.form.values)

    def _tell(self) -> None:
        """By which rules it was compared, how long it may take, and after a refusal what may be done."""
        if self.form is None:
            return
        values = self.form.form.values
        pack = str(values.get("policy_pack") or "")
        programme = self.rule.programme if self.rule else None
        self.rules.set_text(_compared(pack), _limit_words(self.rule))
        self.rules.setVisible(bool(pack or (programme and not self.form.form.new)))
        box = self.form.body.boxes.get("result")
        refused = (box.typed() if box else values.get("result")) in REFUSED
        self.path.set_text(f"要写明理由、书面告知。{programme.objection}" if programme else "")
        self.path.setVisible(bool(refused and programme and programme.objection))
        self.above.setVisible(not (self.rules.isHidden() and self.path.isHidden()))

    def _chosen(self) -> None:
        """Programme or person chosen anew: everything the rules give is taken again."""
        self._rest.stop()
        if self.form is None or not self.form.form.new:
            return
        boxes, desk, values = self.form.body.boxes, self.desk, self.form.form.values
        programme, person = (str(boxes[name].typed() or "") for name in WHO)
        same = programme == values.get("programme") and person in ("", values.get("person"))
        person = person or self._person
        if same or not (programme and person):
            return
        case = str(values.get("case") or "")
        self._person, self._refilling = person, True
        self.load(lambda: applications.new_application(desk, programme, person, case))

    def _show(self, opened: Opened, typed: Mapping[str, Any] | None = None, moved: bool = False) -> None:
        """A form begun anew keeps what was typed into the old one, and the keyboard where it was."""
        if self._refilling and self.form is not None:
            kept = {name: one for name, one in self.form.body.typed().items() if name not in GIVEN}
            typed = {"typed": kept} if kept else None
            self._focus = self._held() or self._focus
            opened = (*opened[:2], None)
        self._refilling = False
        super()._show(opened, typed, moved)

    def _held(self) -> str:
        """The field that has the keyboard, '' none of the form's."""
        now = QApplication.focusWidget()
        boxes = self.form.body.boxes.items() if self.form and now else ()
        return next((name for name, box in boxes if now and box.isAncestorOf(now)), "")

    def compare(self) -> None:
        """Compare with the rules in force today; what was found before stays in the history."""
        if self.form is None or self._is_unsaved():
            return
        desk, id = self.desk, self.form.form.id
        self.again.set_busy("正在比对")
        jobs.start(
            self,
            lambda _task: applications.compare_again(desk, id),
            done=self._compared,
            failed=self._not_compared,
        )

    def _compared(self, found: Compared) -> None:
        self.again.set_busy("")
        told = f"已按{found.pack}重新比对。" if found.changes.edit else "比对结果没有变化。"
        offer_undo(self, self.desk, self.said.emit, told, found.changes.edit)

    def _not_compared(self, problem: BaseException) -> None:
        self.again.set_busy("")
        messages.show_problem(problem, self)

    def _is_unsaved(self) -> bool:
        """Say so where something typed is not on file yet."""
        if self.form is not None and self.form.altered:
            messages.tell(self, *UNSAVED)
            return True
        return False

    def entries(self) -> list[tuple[str, Sequence[str]]]:
        """What may be printed: words and keys of papers, all of them first."""
        told: list[tuple[str, Sequence[str]]] = [("全部材料", ())]
        told += [(words, (name,)) for name, words in papers_application.FORMS.items()]
        return [*told, ("公示单", (NOTICE,))]

    def _show_menu(self) -> None:
        menu = QMenu(self.print_button)
        for words, which in self.entries():
            menu.addAction(words).triggered.connect(lambda _=False, w=words, k=which: self.show_paper(w, k))
        menu.popup(self.print_button.mapToGlobal(self.print_button.rect().bottomLeft()))

    def show_paper(self, words: str, which: Sequence[str]) -> None:
        """A paper in front, once it is known that it may be printed at all."""
        if self.form is None or self._is_unsaved():
            return
        desk, id = self.desk, self.form.form.id

        def made() -> Any:
            if NOTICE in which:
                return papers_notice.public_notice(desk, id)
            return papers_application.application_papers(desk, id, which)

        def show(_found: Any) -> None:
            facts = self.head.facts.text()
            view = sheets_view(desk, words, ("application", id), made, facts)
            self.paper_wanted.emit(view)

        jobs.start(
            self,
            lambda _task: made(),
            done=show,
            failed=lambda problem: messages.show_problem(problem, self),
            key="paper",
        )


GIVEN = frozenset(
    {"programme", "person", "household", "verdict", "accepted_by", "decided_by"}  # the rules give them anew
)


def _compared(pack: str) -> str:
    return f"按政策包{pack}比对，保存后不会自己改变。" if pack else "这份申请还没有比对过政策。"


def _limit_words(rule: Rule | None) -> str:
    found = limit(rule) if rule else None
    if found is None:
        return "办理时限由当地规定，本机没有填。" if rule else ""
    unit = "个工作日" if found.unit == WORKDAY else "天"
    return f"参考时限：{found.title}{found.n}{unit}，从受理第二天算起。"
