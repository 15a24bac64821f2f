"""导入政策包: what is in the file, what would change in words, and whose verdicts would be others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import policies
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import PackPreview
from sgz_desktop.actions.policy_changes import ChangedVerdict, changed_by
from sgz_desktop.domain import days
from sgz_desktop.domain.policy.wording import TRUST
from sgz_desktop.errors import Cancelled
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.frame import foot
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.data_table import Column, DataTable
from sgz_desktop.gui.widgets.inputs import Tick
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.scroll import Scroll

COLUMNS = (Column("姓名或家庭", 110, "body_bold"), Column("项目", 130), Column("现在"), Column("导入后"))
LIST_HEIGHT, WORDS_HEIGHT = 190, 170
OLDER = "这份比现在用的旧，导入后会按旧的比对。"
ALTHOUGH = "我知道这份更旧，仍要导入"
ONLY_HEADS = "哪些户要复核，由站长导入时查看。"
NOBODY = "按现有资料，没有人的比对结果会变。"
STOPPED = "没有比对完，可以照样导入，之后再看各人的政策。"


class PackDialog(QDialog):
    """`taken` once the pack is in force. The list is reckoned apart and may be stopped."""

    taken = Signal()

    def __init__(self, owner: QWidget, desk: Desk, preview: PackPreview) -> None:
        super().__init__(owner.window())
        self._desk, self._preview = desk, preview
        self.setWindowTitle("导入政策包")
        self.setMinimumWidth(px(700))
        self.resize(min(px(940), owner.window().width() - px(40)), px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.S))
        for part in self._words():
            column.addWidget(part)
        self.heading = label("", "body_bold", wrap=True)
        self.panel = ProgressPanel("正在比对所有人")
        self.table = DataTable("需复核的户", COLUMNS)
        self.table.setMinimumHeight(px(LIST_HEIGHT))
        column.addWidget(self.heading)
        column.addWidget(self.panel)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.although = Tick(ALTHOUGH)
        column.addWidget(self.although)
        self.although.setVisible(preview.older)
        self.although.changed.connect(self._may_take)
        column.addLayout(self._foot())
        self.table.hide()
        self._may_take()
        self._job: jobs.Job | None = None
        self._reckon()

    def _words(self) -> list[QWidget]:
        found, pack = self._preview, self._preview.pack
        parts: list[QWidget] = [label(pack.name, "section")]
        since = f"{days.show_day(pack.effective_from)}起，{TRUST[pack.trust]}"
        now = f"，替换{found.replaces.name}" if found.replaces else "，新增"
        parts.append(paragraph(f"{since}{now}。{pack.about}", "second", "plain"))
        if found.note:
            parts.append(paragraph(found.note, "second", "warn"))
        if found.older:
            parts.append(Band(OLDER, "warm"))
        parts.append(label("改了什么", "body_bold"))
        parts.append(self._differences())
        return parts

    def _differences(self) -> QWidget:
        """Every difference on a line of its own; many scroll."""
        found = self._preview
        told = found.differences or (("只有版本号不同。",) if found.replaces else _fresh(found))
        inner = Scroll()
        inner.body.setSpacing(px(Space.XS))
        for line in told:
            inner.body.addWidget(paragraph(line))
        inner.body.addStretch(1)
        lines = min(len(told), 6)
        inner.setFixedHeight(min(px(WORDS_HEIGHT), px(30) * lines))
        return inner

    def _foot(self) -> QHBoxLayout:
        self.take_button = button("导入", "primary", "check", self._take)
        return foot(self, self.take_button)

    def _may_take(self) -> None:
        self.take_button.setEnabled(not self._preview.older or self.although.value())

    def _reckon(self) -> None:
        if not allowed(self._desk.actor, "changed_by"):
            self.panel.hide()
            self.heading.setText(ONLY_HEADS)
            return
        desk, preview = self._desk, self._preview
        self.heading.setText("哪些户要复核")
        self.panel.cancelled.connect(self._stop)
        self._job = jobs.start(
            self,
            lambda task: changed_by(desk, preview, lambda done, total: task.step(done, total, "")),
            done=self._show,
            failed=self._failed,
            progress=self.panel.step,
        )

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()
        self.panel.hide()
        self.heading.setText(STOPPED)

    def _failed(self, problem: BaseException) -> None:
        self._stop()
        if not isinstance(problem, Cancelled):
            messages.show_problem(problem, self)

    def _show(self, found: tuple[ChangedVerdict, ...]) -> None:
        self.panel.hide()
        homes = len({one.home for one in found})
        self.heading.setText(f"以下{homes}户需复核：" if found else NOBODY)
        rows = [(one.name, one.programme, one.before, one.after) for one in found]
        self.table.set_rows(list(range(len(rows))), rows)
        self.table.setVisible(bool(rows))

    def _take(self) -> None:
        desk, preview, older = self._desk, self._preview, self.although.value()
        self.take_button.set_busy("正在导入")

        def failed(problem: BaseException) -> None:
            self.take_button.set_busy("")
            messages.show_problem(problem, self)

        jobs.start(
            self,
            lambda _task: policies.take_pack(desk, preview, although_older=older),
            done=lambda _: self._done(),
            failed=failed,
        )

    def _done(self) -> None:
        self.taken.emit()
        self.accept()

    def done(self, result: int) -> None:
        if self._job:
            self._job.cancel()
        super().done(result)


def _fresh(found: PackPreview) -> tuple[str, ...]:
    """What a pack that replaces none brings along."""
    pack = found.pack
    told = [f"新增项目：{one.title}（{one.source}）" for one in pack.programmes]
    titles = {name: param.title for name, param in pack.params.items()}
    told += [f"给出本地标准：{titles.get(one.name, one.name)}（{one.source}）" for one in pack.values]
    return tuple(told) or ("这份政策包里没有项目，也没有标准。",)
