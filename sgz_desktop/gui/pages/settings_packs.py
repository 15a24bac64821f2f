"""政策包: which are in force, from whom, since when; take one in from a file, take one out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import policies
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import PackPreview
from sgz_desktop.domain import days
from sgz_desktop.domain.counties import county
from sgz_desktop.domain.policy.pack import NATION, Pack, Trust
from sgz_desktop.domain.policy.wording import TRUST
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.pack_dialog import PackDialog
from sgz_desktop.gui.pages.settings_brief import ONLY_KEEPERS
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import label, paragraph

PACK_FILE = "政策包 (*.toml)"
TONES = {Trust.SHIPPED: "plain", Trust.COUNTY: "ok", Trust.LOCAL: "warn"}


class PacksCard(Card):
    """`changed` when other packs are in force."""

    said = Signal(str, object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("政策包")
        self._desk = desk
        self.packs: tuple[Pack, ...] = ()
        self.removes: dict[str, QWidget] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(Space.S))
        self.add(self._rows)
        self.take_button = button("导入政策包", icon="up", on_click=self._ask_file)
        self.add(self.take_button)
        self.body.setAlignment(self.take_button, Qt.AlignmentFlag.AlignLeft)
        self._keeper = allowed(desk.actor, "take_pack")
        if not self._keeper:
            self.take_button.hide()
            self.add(paragraph(ONLY_KEEPERS, "second", "plain"))

    def read(self) -> None:
        """Read which packs are in force."""
        desk = self._desk
        jobs.start(self, lambda _task: policies.list_packs(desk), done=self._show, key="packs")

    def _show(self, packs: tuple[Pack, ...]) -> None:
        if packs == self.packs:
            return
        self.packs, self.removes = packs, {}
        while item := self._rows.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for pack in packs:
            self._rows.addWidget(self._row(pack))

    def _row(self, pack: Pack) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.S))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        head.addWidget(label(pack.name, "body_bold"))
        head.addWidget(Badge(TRUST[pack.trust], TONES[pack.trust]))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(paragraph(pack_facts(pack, self._desk.today()), "second", "plain"))
        row.addLayout(words, 1)
        if pack.trust is not Trust.SHIPPED and self._keeper:
            remove = button("移除", small=True, on_click=lambda: self._remove(pack))
            remove.setAccessibleName(f"移除{pack.name}")
            self.removes[pack.id] = remove
            row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return whole

    def _ask_file(self) -> None:
        path = messages.ask_open_path(self, PACK_FILE)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Show what a file would change; a refused one says which line."""
        desk = self._desk
        jobs.start(
            self,
            lambda _task: policies.preview_pack(desk, path),
            done=self._preview,
            failed=lambda problem: messages.show_problem(problem, self),
        )

    def _preview(self, preview: PackPreview) -> None:
        dialog = PackDialog(self, self._desk, preview)
        dialog.taken.connect(lambda: self._taken(preview))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _taken(self, preview: PackPreview) -> None:
        before = preview.replaces
        back = before is None or before.trust is Trust.SHIPPED
        undo = (lambda: self._drop(preview.pack, "已撤销。")) if back else None
        words = f"{preview.pack.name}已导入。"
        self.said.emit(words + ("10秒内可以撤销。" if undo else ""), undo)
        self._told()

    def _remove(self, pack: Pack) -> None:
        sure = messages.ask(
            self, f"移除{pack.name}？", "移除后按其余政策包比对，记录都不变。", yes="移除", title="移除政策包"
        )
        if sure:
            self._drop(pack, "")

    def _drop(self, pack: Pack, sentence: str) -> None:
        desk = self._desk

        def done(gone: PackPreview | None) -> None:
            undo = (lambda: self._put_back(gone)) if gone and not sentence else None
            self.said.emit(sentence or f"{pack.name}已移除。10秒内可以撤销。", undo)
            self._told()

        jobs.start(self, lambda _task: policies.drop_pack(desk, pack.id), done=done)

    def _put_back(self, gone: PackPreview) -> None:
        desk = self._desk
        jobs.start(
            self,
            lambda _task: policies.take_pack(desk, gone, although_older=True),
            done=lambda _: (self.said.emit("已撤销。", None), self._told()),
        )

    def _told(self) -> None:
        self.read()
        self.changed.emit()


def pack_facts(pack: Pack, today: str) -> str:
    """Region, days in force and fingerprint of a pack, in one line."""
    since = f"{days.show_day(pack.effective_from)}起"
    until = f"，{days.show_day(pack.effective_to)}止" if pack.effective_to else ""
    return f"{region_words(pack.region, today)}·{since}{until}·指纹{pack.sha256[:8]}"


def region_words(region: str, today: str) -> str:
    """全国, or the place a code stands for."""
    return "全国" if region == NATION else county(region, int(today[:4])) or region
