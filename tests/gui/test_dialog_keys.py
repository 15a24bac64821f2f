"""Every dialog by keyboard alone: Tab reaches each control and comes round, and Escape leaves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from case_helpers import people_named
from gallery_pages import PEOPLE, PREVIEW, STEPS
from gallery_rosters import SHEETS, at_differences, at_preview
from gallery_work import DEATH
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
)
from sample_station import at_rest
from walking import missed, usable

import sgz_desktop.gui
from sgz_desktop.actions import (
    attachments,
    exchange_join,
    forms,
    groups,
    policies,
    replies,
    report_edits,
    signing,
    signing_join,
    supervision_copy,
    supervision_remarks,
    supervision_return,
)
from sgz_desktop.actions.categories import CategoryLine
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.conflicts import Doubled, Pair, Value
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_join import Request
from sgz_desktop.actions.life import LeftOpen
from sgz_desktop.actions.name_rows import Opened
from sgz_desktop.actions.papers_blank import print_blank
from sgz_desktop.actions.people import person_page
from sgz_desktop.actions.self_check import NamedRecord
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.supervision_copy import Copy, CopyWish
from sgz_desktop.actions.supervision_remarks import RemarkLine
from sgz_desktop.actions.supervision_return import ReadCopy
from sgz_desktop.actions.volunteers import Helper
from sgz_desktop.domain.consistency import Doubt
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.report_form import form_of
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.gui.dialogs.call_dialog import CallDialog
from sgz_desktop.gui.dialogs.card_dialog import CardDialog
from sgz_desktop.gui.dialogs.carry_out_dialog import CarryOutDialog
from sgz_desktop.gui.dialogs.dated_dialog import DatedDialog
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.dialogs.device_dialogs import (
    AskedDialog,
    ComparedDialog,
    ComputerDialog,
    DecideDialog,
    InviteDialog,
    LetInDialog,
    RejoinDialog,
    StopComputerDialog,
)
from sgz_desktop.gui.dialogs.digits_dialog import DigitsDialog
from sgz_desktop.gui.dialogs.due_dialog import DueDialog
from sgz_desktop.gui.dialogs.evidence_dialog import EvidenceDialog
from sgz_desktop.gui.dialogs.exchange_dialog import ExchangeDialog
from sgz_desktop.gui.dialogs.file_viewer import FileViewer
from sgz_desktop.gui.dialogs.history_dialog import HistoryDialog
from sgz_desktop.gui.dialogs.join_dialog import JoinDialog
from sgz_desktop.gui.dialogs.leave_dialog import LeaveDialog
from sgz_desktop.gui.dialogs.left_open_dialog import LeftOpenDialog
from sgz_desktop.gui.dialogs.merge_dialog import MergeDialog, PickOther
from sgz_desktop.gui.dialogs.move_dialog import MoveDialog
from sgz_desktop.gui.dialogs.names_dialog import NamesDialog
from sgz_desktop.gui.dialogs.notes_dialog import NotesDialog, PdfPasswordDialog
from sgz_desktop.gui.dialogs.oral_consent_dialog import OralConsentDialog
from sgz_desktop.gui.dialogs.pack_dialog import PackDialog
from sgz_desktop.gui.dialogs.paper_case_dialog import PaperCaseDialog
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.paste_dialog import PasteDialog
from sgz_desktop.gui.dialogs.person_dialog import PersonDialog
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.progress_dialog import ProgressDialog
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.dialogs.remark_dialog import RemarkDialog
from sgz_desktop.gui.dialogs.reply_dialog import ReplyDialog
from sgz_desktop.gui.dialogs.report_form_dialog import ReportFormDialog
from sgz_desktop.gui.dialogs.report_text_dialog import ReportTextDialog
from sgz_desktop.gui.dialogs.roster_dialog import RosterDialog
from sgz_desktop.gui.dialogs.rule_dialog import RuleDialog
from sgz_desktop.gui.dialogs.sample_dialog import SampleDialog
from sgz_desktop.gui.dialogs.scores_dialog import ScoresDialog
from sgz_desktop.gui.dialogs.services_dialog import ServicesDialog
from sgz_desktop.gui.dialogs.sign_off_dialog import SignOffDialog
from sgz_desktop.gui.dialogs.signed_dialog import SignedDialog
from sgz_desktop.gui.dialogs.span_dialog import SpanDialog
from sgz_desktop.gui.dialogs.stop_dialog import StopDialog
from sgz_desktop.gui.dialogs.supervision_dialog import SupervisionDialog
from sgz_desktop.gui.dialogs.task_dialog import TaskDialog
from sgz_desktop.gui.dialogs.text_review_dialog import TextReviewDialog
from sgz_desktop.gui.dialogs.tick_dialog import TickDialog
from sgz_desktop.gui.dialogs.typed_dialog import TypedDialog
from sgz_desktop.gui.dialogs.worker_dialogs import AccountDialog, PassphraseDialog, SecretDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.names_jobs import HandoutJob, SignInJob
from sgz_desktop.gui.pages.exchange_cards import Plan
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.sticks import Stick
from sgz_desktop.resources import resource
from tests.foreign.annotating import annotated, note
from tests.foreign.photos import photo

pytest_plugins = ["case_fixtures"]

NO_ANSWER = replace(DEATH, kind="referral", what="没有回执，可电话询问：县福利中心 0999-8880101")
OTHER = Computer("d", "B", "2号机", False, True, None, False, frozenset(), 0, 0, 0)
REQUEST = Request("s", "d", "B", "2号机", Keys("a", "b"), "乙社工", ("social_worker",), "1234 " * 5)
HEIR = replace(OTHER, id="e", letter="C", name="3号机")
TODAY = "2026-06-30"
REPORT = ("monthly", "2026-05")


def nothing(*_: Any) -> None:
    """What a dialog tells to nobody."""


class Room:
    """A window on the sample station, and who is in it."""

    def __init__(self, window: MainWindow, station: OpenStation, case: str, folder: Path) -> None:
        self.window, self.station, self.desk = window, station, station.desk
        self.case, self.folder = case, folder
        self.person = people_named(self.desk, "覃乙月")
        self.page = person_page(self.desk, self.person)
        self.home = str(self.page.household)
        self.go_on = Event()

    def spell(self) -> CategoryLine:
        words = ("2019年7月", "", "1,090元", "特-0317", "镇民政办，6月名单")
        return CategoryLine("c", "person", self.person, "tekun", "特困人员", *words, True)

    def viewer(self) -> FileViewer:
        path = self.folder / "a.jpg"
        path.write_bytes(photo(""))
        assert attachments.attach_file(self.desk, self.case, path)
        lines = attachments.list_files(self.desk, self.case)
        return FileViewer(self.window, self.desk, lines, lines[0].id)

    def scan(self) -> Path:
        path = self.folder / "signed.jpg"
        path.write_bytes(photo("", size=(300, 400)))
        return path

    def signed(self) -> SignedDialog:
        paper = next(one for one in signing.paper_states(self.desk, self.case) if one.sort == "intake")
        scan = signing_join.read_scan(self.desk, self.scan())
        signing_join.join_scan(self.desk, paper.id, scan, paper.number, "2026-06-12")
        after = next(one for one in signing.paper_states(self.desk, self.case) if one.sort == "intake")
        return SignedDialog(self.window, self.desk, after, nothing)

    def services(self) -> ServicesDialog:
        form = forms.new_form(self.desk, "volunteer_service", {"date": "2026-06-12"})
        helpers = [Helper("a", "测试甲", "上溪村", "t", "助老队"), Helper("b", "测试乙", "上溪村", "", "")]
        options = form_choices(self.desk, form)
        return ServicesDialog(self.window, self.desk, form, options, helpers, nothing)

    def scores(self) -> ScoresDialog:
        members = {"members": [forms.RowInput("", {"name": name}) for name in ("测试甲", "测试乙")]}
        id = forms.save_form(self.desk, forms.new_form(self.desk, "group"), {"name": "小组"}, members).id
        form, roll = forms.form(self.desk, id, "group"), groups.group_roll(self.desk, id)
        return ScoresDialog(self.window, self.desk, form, roll, nothing)

    def task(self) -> TaskDialog:
        form = forms.new_form(self.desk, "task", {"case": self.case, "what": "询问回执"})
        return TaskDialog(self.window, self.desk, form, form_choices(self.desk, form), nothing, nothing)

    def report_text(self, section: str) -> ReportTextDialog:
        told = report_edits.text_form(self.desk, *REPORT, section)
        return ReportTextDialog(self.window, self.desk, told, (*REPORT, section), nothing)

    def awaited(self) -> replies.Awaited:
        sent = {"person": self.person, "receiver": "云岭县社会福利中心", "receiver_phone": "0999-8880101"}
        sent |= {"consented": "agreed", "sent_on": "2026-06-01", "reply_due_on": "2026-06-15"}
        made = forms.save_form(self.desk, forms.new_form(self.desk, "referral"), sent)
        return replies.awaited(self.desk, made.id)

    def call(self) -> CallDialog:
        asked = self.awaited()
        form = replies.new_call(self.desk, asked.id)
        return CallDialog(self.window, self.desk, asked, form, form_choices(self.desk, form), nothing)

    def copy(self) -> Copy:
        made = supervision_copy.make_copy(self.desk, self.case, CopyWish("周明远", "是否同意结案"))
        supervision_copy.note_copy(self.desk, made)
        return made

    def returned(self) -> ReadCopy:
        made = self.copy()
        path = self.folder / "back.pdf"
        path.write_bytes(
            annotated(made.data, [note("Text", one.page, one.top, "看") for one in made.marks[:3]])
        )
        return supervision_return.read_returned(self.desk, path)

    def remark(self) -> RemarkLine:
        found = self.returned()
        supervision_return.take_notes(self.desk, found.case, found.id, found.notes, found.due_on)
        return supervision_remarks.list_remarks(self.desk)[0]

    def history(self) -> HistoryDialog:
        made = HistoryDialog(self.window, "服务对象，梁甲菊", TODAY)
        made.show_steps(STEPS)
        return made

    def roster(self, dress: Callable[[RosterDialog], object]) -> RosterDialog:
        made = RosterDialog(self.window, self.desk, SHEETS, nothing)
        dress(made)
        return made

    def pack(self) -> PackDialog:
        """An older one, so that the tick is there."""
        text = resource("policy", "national.toml").read_text("utf-8")
        path = self.folder / "older.toml"
        path.write_text(text.replace('"2026.1"', '"2020.1"', 1).replace("usual = 80", "usual = 64"), "utf-8")
        made = PackDialog(self.window, self.desk, policies.preview_pack(self.desk, path))
        made.although.set_value(True)
        return made

    def own_password(self) -> SupervisionDialog:
        made = SupervisionDialog(self.window, "", nothing)
        made.way.set_value("own")
        return made

    def rule(self) -> RuleDialog:
        stamp = Stamp("d", 1)
        values = [Value(stamp, one, one, one, (one,), 0, "A") for one in ("甲", "乙")]
        pair = Pair("person", "p", "phone", "电话", tuple(values), (stamp,))
        made = RuleDialog(self.window, [Doubled("person", "p", "服务对象", "", (pair,))], nothing)
        made.rule.set_value("colleague")
        return made

    def question(self) -> Dialog:
        made = Dialog(self.window, "结案", "结案前还有2件待办，要一并结束吗？", "", tone="warn")
        made.add("返回", 0)
        made.add("留着待办", 2)
        made.add("一并结束", 1, "primary")
        return made


OPENED: dict[str, Callable[[Room], QDialog]] = {
    "Dialog": lambda r: r.question(),
    "DeleteDialog": lambda r: DeleteDialog(
        r.window, r.desk, forms.form(r.desk, r.person, "person"), "服务对象档案"
    ),
    "LeaveDialog": lambda r: LeaveDialog(r.window, r.desk, r.person, r.home, "覃乙月"),
    "MoveDialog": lambda r: MoveDialog(r.window, r.desk, r.person, r.home, "覃乙月"),
    "StopDialog": lambda r: StopDialog(r.window, r.desk, r.spell()),
    "PackDialog": lambda r: r.pack(),
    "ProgressDialog": lambda r: ProgressDialog(r.window, "正在读取", lambda _task: r.go_on.wait(20), nothing),
    "CardDialog": lambda r: CardDialog(r.window, r.folder / "store", "柳溪镇", ["甲社工", "乙社工"]),
    "PersonDialog": lambda r: PersonDialog(r.window, r.desk, "找人", "按姓名查找。", "选定", nothing),
    "PickOther": lambda r: PickOther(r.window, r.desk, r.page.line, nothing),
    "PickDialog": lambda r: PickDialog(r.window, "继续哪一份", list(enumerate(PEOPLE)), nothing),
    "TickDialog": lambda r: TickDialog(
        r.window, "打印哪几份", list(enumerate(PEOPLE)), nothing, ticked=[0], save=nothing
    ),
    "PaperDialog": lambda r: PaperDialog(
        r.window, PaperView("空白表", "", "空白表.pdf", lambda _step: print_blank("diary"))
    ),
    "DigitsDialog": lambda r: DigitsDialog(
        r.window, "转到白河镇社工站", "转走：个案1。", "核对并转出", nothing, nothing, reason="为什么要转"
    ),
    "MergeDialog": lambda r: MergeDialog(r.window, r.desk, PREVIEW, nothing),
    "ReasonDialog": lambda r: ReasonDialog(
        r.window, "进入“计划”", "缺的可以以后补。", TODAY, nothing, lacking=["需求清单还是空的"]
    ),
    "TaskDialog": lambda r: r.task(),
    "ServicesDialog": lambda r: r.services(),
    "ScoresDialog": lambda r: r.scores(),
    "DueDialog": lambda r: DueDialog(r.window, r.desk, DEATH, ("甲社工", "乙社工"), nothing, nothing),
    "DueDialog, an answer that has not come": lambda r: DueDialog(
        r.window, r.desk, NO_ANSWER, ("甲社工", "乙社工"), nothing, nothing
    ),
    "ReplyDialog": lambda r: ReplyDialog(r.window, r.desk, r.awaited(), nothing),
    "CallDialog": lambda r: r.call(),
    "FileViewer": lambda r: r.viewer(),
    "HistoryDialog": lambda r: r.history(),
    "JoinDialog": lambda r: JoinDialog(r.window, r.desk, [r.scan(), r.scan()], nothing),
    "SignedDialog": lambda r: r.signed(),
    "LeftOpenDialog": lambda r: LeftOpenDialog(
        r.window, r.desk, (LeftOpen("t1", "陪同复查", "2026-07-02"), LeftOpen("t2", "退还药盒", "")), nothing
    ),
    "ReportTextDialog": lambda r: r.report_text("services"),
    "ReportTextDialog, a case": lambda r: r.report_text("cases"),
    "ReportTextDialog, the plan": lambda r: r.report_text("plan"),
    "SignOffDialog": lambda r: SignOffDialog(r.window, r.desk, REPORT, [], nothing, nothing),
    "SignOffDialog, with doubts": lambda r: SignOffDialog(
        r.window,
        r.desk,
        REPORT,
        [Doubt("overlap", "甲社工6月9日9:00和9:30在两处", "visit", "v")],
        nothing,
        nothing,
    ),
    "TextReviewDialog": lambda r: TextReviewDialog(
        r.window,
        r.desk,
        Review([("text", "典型案例", "正文", "覃乙月说腿疼。", ())]),
        (*REPORT, "cases", "t"),
        nothing,
    ),
    "RuleDialog": lambda r: r.rule(),
    "ExchangeDialog": lambda r: ExchangeDialog(r.window, Plan(Stick(r.folder, "E盘")), nothing),
    "InviteDialog": lambda r: InviteDialog(
        r.window, exchange_join.invite(r.desk, r.station, r.folder / "a.sgzjoin"), "a.sgzjoin"
    ),
    "LetInDialog": lambda r: LetInDialog(r.window, r.station, REQUEST, nothing),
    "RejoinDialog": lambda r: RejoinDialog(
        r.window, r.station, exchange_join.invite(r.desk, r.station, r.folder / "a.sgzjoin"), nothing
    ),
    "AskedDialog": lambda r: AskedDialog(r.window, REQUEST),
    "StopComputerDialog": lambda r: StopComputerDialog(r.window, r.station, OTHER, [HEIR], nothing),
    "DecideDialog": lambda r: DecideDialog(r.window, r.station, OTHER, nothing),
    "SpanDialog": lambda r: SpanDialog(r.window, TODAY, nothing),
    "EvidenceDialog": lambda r: EvidenceDialog(
        r.window, r.desk, nothing, [NamedRecord("v", "visit", "走访 2026年6月1日")]
    ),
    "SampleDialog": lambda r: SampleDialog(r.window, TODAY, nothing),
    "ReportFormDialog": lambda r: ReportFormDialog(r.window, r.desk, form_of("monthly"), nothing),
    "NamesDialog": lambda r: NamesDialog(
        r.window, r.desk, Opened("a1", "重阳敬老", "", "", ()), SignInJob(), nothing
    ),
    "NamesDialog, goods": lambda r: NamesDialog(
        r.window, r.desk, Opened("r1", "大米", "", "", (), left=3, measure="袋"), HandoutJob(), nothing
    ),
    "OralConsentDialog": lambda r: OralConsentDialog(r.window, r.desk, r.case, "2026-07-07"),
    "PaperCaseDialog": lambda r: PaperCaseDialog(r.window, r.desk, nothing),
    "PasteDialog": lambda r: PasteDialog(
        r.window, r.desk, "6-20\t覃乙月\t见到本人\n6-20\t无此人\t未遇", None
    ),
    "RosterDialog": lambda r: r.roster(nothing),
    "RosterDialog, preview": lambda r: r.roster(at_preview),
    "RosterDialog, comparison": lambda r: r.roster(at_differences),
    "RemarkDialog": lambda r: RemarkDialog(r.window, r.desk, nothing, r.copy().number),
    "CarryOutDialog": lambda r: CarryOutDialog(r.window, r.desk, r.remark(), nothing, nothing),
    "NotesDialog": lambda r: NotesDialog(r.window, r.desk, r.returned(), nothing),
    "PdfPasswordDialog": lambda r: PdfPasswordDialog(r.window, "这份PDF有密码，还没有读。", nothing),
    "PassphraseDialog": lambda r: PassphraseDialog(r.window, r.station),
    "AccountDialog": lambda r: AccountDialog(r.window, r.station),
    "SupervisionDialog": lambda r: SupervisionDialog(r.window, "苏明远", nothing, "是否同意结案"),
    "SupervisionDialog, one's own password": lambda r: r.own_password(),
}


@pytest.fixture
def room(window: MainWindow, opened: tuple[OpenStation, str], tmp_path: Path, qtbot: Any) -> Any:
    made = Room(window, *opened, tmp_path)
    at_rest(qtbot)
    yield made
    made.go_on.set()
    at_rest(qtbot)


def kinds(of: type) -> set[type]:
    return {one for kind in of.__subclasses__() for one in (kind, *kinds(kind))}


def test_no_dialog_is_left_out() -> None:
    for module in pkgutil.walk_packages(sgz_desktop.gui.__path__, "sgz_desktop.gui."):
        importlib.import_module(module.name)
    ours = {one for one in kinds(QDialog) if one.__module__.startswith("sgz_desktop.")}
    bases = {
        SecretDialog,
        ComputerDialog,
        DatedDialog,
        ComparedDialog,
        TypedDialog,
    }  # what several of them are made from; never shown themselves
    named = {one.__name__ for one in ours - bases}
    assert named == {name.partition(",")[0] for name in OPENED}


def shown(dialog: QDialog, qtbot: Any) -> QDialog:
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isVisible() and QApplication.focusWidget() is not None)
    for _ in range(5):
        QApplication.processEvents()
    return dialog


@pytest.mark.parametrize("name", OPENED)
def test_tab_comes_to_every_control_and_escape_leaves(name: str, room: Room, qtbot: Any) -> None:
    dialog = shown(OPENED[name](room), qtbot)
    if name != "ProgressDialog":
        at_rest(qtbot)
    assert usable(dialog)
    assert missed(dialog) == []
    room.go_on.set()
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)


class Swallows(QObject):
    """Takes Tab for itself, as a text box does that is left as Qt makes it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab  # type: ignore[attr-defined]


@pytest.mark.parametrize("fault", ["no focus", "keeps Tab"])
def test_control_a_control_that_the_keyboard_misses_is_told(fault: str, room: Room, qtbot: Any) -> None:
    dialog = shown(OPENED["ReasonDialog"](room), qtbot)
    assert isinstance(dialog, ReasonDialog)
    swallows = Swallows(dialog)
    if fault == "no focus":
        dialog.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    else:
        dialog.reason.installEventFilter(swallows)
    assert missed(dialog)
    dialog.reject()
