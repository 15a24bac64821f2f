"""Moving a case on: what the next stage lacks and what can be done about it, and every other move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import cases, tasks
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.workbench import DueLine
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.lifecycle import Turn
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.history_dialog import show_history
from sgz_desktop.gui.dialogs.oral_consent_dialog import ask_oral_consent
from sgz_desktop.gui.dialogs.reason_dialog import ask_reason
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.case_page import CaseView

MOST_NAMED = 3
MOST_TASKS = 6
PAPER_OF = {
    lifecycle.INTAKE: "intake",
    lifecycle.ASSESSMENT: "assessment",
    lifecycle.PLAN: "plan",
    lifecycle.EVALUATION: "evaluation",
    lifecycle.CLOSED: "closure",
    lifecycle.FOLLOW_UP: "followup",
}
EARLIER = "，日期早于上一步，照样记下，标在质量自查里。"
KEPT = "原因会写进个案的历史，以后能查到。"
RESTING = {
    lifecycle.SUSPENDED: "服务已中止，资料都在。需要时可以恢复。",
    lifecycle.REFERRED: "已转介，等结果。服务没有结束时可以恢复。",
    lifecycle.DECLINED: "没有接案，资料保留。情况有变可以退回接案。",
    lifecycle.REOPENED: "已重开为新的个案，这里只供查看。",
    lifecycle.TRANSFERRED: "已转到别的社工站，这里只供查看，不再计数。",
    lifecycle.FOLLOW_UP: "结案后跟进中。有变化可以重开。",
}


class CaseMoves:
    """`place` holds the band; `entries()` are the lines of the menu."""

    def __init__(self, view: CaseView, desk: Desk) -> None:
        self._view, self._desk = view, desk
        self.place = QWidget()
        self._column = QVBoxLayout(self.place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.band: Band | None = None
        self.fill = button("去补充", on_click=self._fill, small=True)
        self.pass_on = button("说明理由后继续", on_click=self._pass_on, small=True)
        self.next = button("继续", "tonal", "right", self._next, small=True)
        self.oral = button("先记口头同意", on_click=self._agree_orally, small=True)
        self.follow = button("写跟进记录", icon="phone", on_click=self._follow_up, small=True)
        self.back = button("", on_click=self._go_back, small=True)
        self.new = button("打开新的个案", icon="right", on_click=self._open_new, small=True)

    @property
    def _page(self) -> CasePage:
        assert self._view.page is not None
        return self._view.page

    def show_page(self, page: CasePage) -> None:
        """Say what the next stage lacks, or that nothing does."""
        text, kind, actions = ("", "", []) if page.form.values.get("on_paper") else self._band_of(page)
        for one in (self.fill, self.oral, self.pass_on, self.next, self.follow, self.back, self.new):
            one.setParent(self.place)
            one.hide()
        if self.band:
            self._column.removeWidget(self.band)
            self.band.deleteLater()
            self.band = None
        if text:
            self.band = Band(text, kind, icon="info", actions=tuple(actions))
            self._column.addWidget(self.band)
            for one in actions:
                one.show()
            tab_through((self._view.stages, *actions))
        self.place.setVisible(bool(text))

    def _band_of(self, page: CasePage) -> tuple[str, str, list[QWidget]]:
        if page.next_stage and page.missing:
            named = "；".join(one.sentence for one in page.missing[:MOST_NAMED])
            more = "等" if len(page.missing) > MOST_NAMED else ""
            words = f"进入“{page.next_label}”前还差{len(page.missing)}项：{named}{more}。"
            unsigned = [self.oral] if any(one.kind == "consent" for one in page.missing) else []
            return words, "warm", [self.fill, *unsigned, self.pass_on]
        if page.next_stage and page.stage != lifecycle.CLOSED:
            self.next.setText(f"进入{page.next_label}")
            self.next.setAccessibleName(f"进入{page.next_label}")
            return f"资料已齐，可以进入“{page.next_label}”。", "tint", [self.next]
        if page.next_stage:
            self.next.setText("开始跟进")
            self.next.setAccessibleName("开始跟进")
            return "已结案。到跟进日期时，可以开始跟进。", "tint", [self.next]
        actions: list[QWidget] = [self.follow] if page.stage == lifecycle.FOLLOW_UP else []
        if words := _move_words(page.stage, _way_back(page)):
            self.back.setText(words)
            self.back.setAccessibleName(words)
            actions.append(self.back)
        if page.taken_up_as:
            actions.append(self.new)
        return RESTING.get(page.stage, ""), "plain", actions

    def entries(self) -> list[tuple[str, Callable[[], None]]]:
        """Every move but the usual next one, in words."""
        page = self._page
        found = [
            (words, lambda to=to, words=words: self._aside(to, words))
            for to in lifecycle.moves_from(page.stage)
            if (words := _move_words(page.stage, to))
        ]
        edit = ("改个案资料", lambda: self._view.paper_wanted.emit("case", ""))
        return [edit, *found, ("修改历史", self._history)]

    def _history(self) -> None:
        view = self._view
        show_history(view, self._desk, "case", view.case, self._page.client_name)

    def picked(self, number: int) -> None:
        """A stage was pressed: the next one shows how to get there, earlier ones open their paper."""
        page = self._page
        step = page.steps[number]
        if step.stage == page.next_stage:
            if page.missing:
                self._fill()
            else:
                self.next.setFocus(Qt.FocusReason.TabFocusReason)  # a stray press moves nothing
            return
        kind = PAPER_OF.get(step.stage, "")
        if kind and self._view.standing(kind):
            self._view.record_wanted.emit(kind, self._view.standing(kind))

    def _fill(self) -> None:
        first = self._page.missing[0]
        kind = {"need": "assessment", "goal": "plan"}.get(first.kind, first.kind)
        field = {"need": "needs", "goal": "goals"}.get(first.kind, first.field)
        self._view.paper_wanted.emit(kind, field)

    def _agree_orally(self) -> None:
        def kept() -> None:
            self._view.said.emit("口头同意已记下，记得按日期补签。", None)
            self._view.read()

        ask_oral_consent(self._view, self._desk, self._view.case, kept)

    def _follow_up(self) -> None:
        self._view.paper_wanted.emit("followup", "")

    def _open_new(self) -> None:
        self._view.go.emit("cases", self._page.taken_up_as)

    def _go_back(self) -> None:
        to = _way_back(self._page)
        self._aside(to, _move_words(self._page.stage, to))

    def _next(self) -> None:
        page = self._page
        if page.next_stage == lifecycle.CLOSED:
            self._before_closing(lambda: self._move(page.next_stage, "", ""))
        else:
            self._move(page.next_stage, "", "")

    def _pass_on(self) -> None:
        page = self._page

        def go_on(reason: str, day: str) -> None:
            move: Callable[[], None] = lambda: self._move(page.next_stage, reason, day)  # noqa: E731
            if page.next_stage == lifecycle.CLOSED:
                self._before_closing(move)
            else:
                move()

        ask_reason(
            self._view,
            f"进入“{page.next_label}”",
            "缺的可以以后补。" + KEPT,
            self._desk.today(),
            go_on,
            lacking=[one.sentence for one in page.missing],
        )

    def _aside(self, to: str, words: str) -> None:
        def go_on(reason: str, day: str) -> None:
            if to == lifecycle.REOPENED:
                self._reopen(reason)
            elif to == lifecycle.CLOSED:
                self._before_closing(lambda: self._move(to, reason, day))
            else:
                self._move(to, reason, day)

        lacks = self._page.lacks.get(to, ())
        if blocked := lifecycle.block(lacks):
            self._held(words, blocked)
            return
        lacking = [one.sentence for one in lacks]
        ask_reason(self._view, words, KEPT, self._desk.today(), go_on, does=words, lacking=lacking)

    def _held(self, words: str, sentence: str) -> None:
        """No reason passes this: say what is wanted, and offer to go there."""
        hint = "先在转介表记下本人同意。个案没有改动。"
        dialog = Dialog(self._view.window(), words, sentence, hint, tone="warn")
        dialog.add("返回", 0).setFocus()
        dialog.add("去记下同意", 1, "primary")

        def answered(answer: int) -> None:
            dialog.deleteLater()
            if answer:
                self._view.paper_wanted.emit("referral", "consented")

        dialog.finished.connect(answered)
        dialog.open()

    def _move(self, to: str, reason: str, day: str) -> None:
        desk, case = self._desk, self._view.case
        label, last = code_list("case_stage").label(to), self._page.moved_on
        backward = bool(day) and days.is_day(last) and day < days.earliest(last)
        words = f"已到“{label}”" + (EARLIER if backward else f"。{CAN_UNDO}")

        def moved(changes: Changes) -> None:
            view = self._view
            offer_undo(view, desk, view.said.emit, words, changes.edit, view.read)
            view.read()

        jobs.start(
            self._view, lambda _task: cases.move_case(desk, case, to, reason, day), done=moved, key="move"
        )

    def _reopen(self, reason: str) -> None:
        desk, case = self._desk, self._view.case

        def opened(new: str) -> None:
            self._view.said.emit("已重开为新的个案，先写接案表。", None)
            self._view.go.emit("cases", new)

        jobs.start(self._view, lambda _task: cases.reopen_case(desk, case, reason), done=opened, key="move")

    def _before_closing(self, close: Callable[[], None]) -> None:
        """Things still to be done: finish them too, keep them, or go back."""
        desk, case = self._desk, self._view.case

        def ask(found: Any) -> None:
            if found:
                self._ask_tasks(found, close)
            else:
                close()

        jobs.start(self._view, lambda _task: tasks.list_tasks(desk, case), done=ask, key="open-tasks")

    def _ask_tasks(self, found: Sequence[DueLine], close: Callable[[], None]) -> None:
        ids = [task.id for task in found]
        text = f"结案前还有{len(ids)}件待办，要一并结束吗？"
        named = "；".join(f"{task.what}（{task.when.partition('（')[0]}）" for task in found[:MOST_TASKS])
        more = f"等{len(ids)}件" if len(ids) > MOST_TASKS else ""
        hint = f"{named}{more}。\n留着的待办还在工作台里。"
        dialog = Dialog(self._view.window(), "结案", text, hint, tone="warn")
        dialog.add("返回", 0)
        dialog.add("留着待办", 2)
        dialog.add("一并结束", 1, "primary").setFocus()
        desk, view = self._desk, self._view

        def answered(answer: int) -> None:
            dialog.deleteLater()
            if answer == 1:
                jobs.start(view, lambda _task: tasks.finish_tasks(desk, ids), done=lambda _: close())
            elif answer:
                close()

        dialog.finished.connect(answered)
        dialog.open()

    def offer_closing(self, kind: str) -> None:
        """The closing report was just written and nothing lacks: offer the move itself."""
        page = self._page
        if kind != "closure" or page.next_stage != lifecycle.CLOSED or page.missing:
            return
        dialog = Dialog(
            self._view.window(), "结案", "结案报告已写好，现在结案吗？", "结案后还可以跟进和重开。"
        )
        dialog.add("以后再说", 0)
        dialog.add("结案", 1, "primary").setFocus()
        dialog.finished.connect(lambda answer: (dialog.deleteLater(), self._next() if answer else None))
        dialog.open()


def _way_back(page: CasePage) -> str:
    """The stage a case at rest is usually taken up at again, '' where there is none."""
    left = next((step.stage for step in page.steps if step.state == "now"), lifecycle.INTAKE)
    return {
        lifecycle.SUSPENDED: left,
        lifecycle.REFERRED: left,
        lifecycle.DECLINED: lifecycle.INTAKE,
        lifecycle.FOLLOW_UP: lifecycle.REOPENED,
    }.get(page.stage, "")


def _move_words(stage: str, to: str) -> str:
    turn, label = lifecycle.turn(stage, to), code_list("case_stage").label(to)
    if turn in (None, Turn.NEXT):
        return ""
    if turn is Turn.BACK:
        return f"退回{label}"
    if turn is Turn.EARLY_END:
        return "提前结案"
    if turn is Turn.RESUME:
        return "重开" if to == lifecycle.REOPENED else "结案" if to == lifecycle.CLOSED else f"恢复到{label}"
    return {lifecycle.SUSPENDED: "中止服务", lifecycle.REFERRED: "转介结束", lifecycle.DECLINED: "不接案"}[to]
