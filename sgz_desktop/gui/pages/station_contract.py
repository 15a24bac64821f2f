"""What 合同 and 服务目录 have beside 新建: the year's progress, the list handed over, the poster."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from sgz_desktop.actions import contract_papers, service_catalogue
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.papers_week import unprintable_of
from sgz_desktop.domain.station_lists import LIST_OF
from sgz_desktop.gui.pages.contract_page import ContractPage
from sgz_desktop.gui.pages.report_drawer import ReportDrawer
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.sheets_view import sheets_view
from sgz_desktop.gui.widgets.buttons import button

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.station_hub import StationHub


def contract_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """合同进度 and 移交清单 of the contract in front."""
    progress = button(
        "合同进度", icon="chart", on_click=lambda: show_progress(hub, hub.current_id()), key="Ctrl+G"
    )
    paper = button("移交清单", icon="print", on_click=lambda: _show_handover(hub), key="Ctrl+P")
    return [progress, *([paper] if allowed(hub.desk.actor, "contract_handover") else [])]


def catalogue_verbs(hub: StationHub) -> Sequence[QPushButton]:
    """The poster, A4 and A3."""
    if not allowed(hub.desk.actor, "print_catalogue"):
        return []
    small = button("打印A4", icon="print", on_click=lambda: _show_poster(hub, large=False), key="Ctrl+P")
    large = button("打印A3", icon="print", on_click=lambda: _show_poster(hub, large=True))
    return [small, large]


def contract_of_today(hub: StationHub) -> dict[str, Any]:
    """What is made for a contract is for the one that today is in; of two that hold it, the later begun."""
    of, today = LIST_OF["contract"], hub.desk.today()
    first, last = (
        next(at for at, column in enumerate(of.columns) if column.fields == (name,))
        for name in ("first_on", "last_on")
    )
    lines = next(card.lines for card in hub.cards if card.of.kind == of.kind)
    holding = [
        line.id
        for line in lines
        if line.sorts[first] and line.sorts[first] <= today <= (line.sorts[last] or today) + "~"
    ]
    return {"contract": holding[0]} if holding else {}


def show_progress(hub: StationHub, contract: str, goal: str = "") -> None:
    """合同进度 in the place of the lists; with `goal` the records behind a target stand open."""
    page = ContractPage(hub.desk, contract, goal)
    page.closed.connect(hub.back)
    page.said.connect(hub.said)
    page.go.connect(hub.go)
    hub.stack.put(page)
    page.take_keyboard()


def show_service(hub: StationHub, id: str, words: str) -> None:
    """The records that name a service, in the place of the lists."""
    drawer = ReportDrawer(hub.desk)
    drawer.closed.connect(hub.back)
    drawer.said.connect(hub.said)
    drawer.go.connect(hub.go)
    hub.stack.put(drawer)
    drawer.show_service(words, id)


def _show_handover(hub: StationHub) -> None:
    desk, id = hub.desk, hub.current_id()
    if not id:
        hub.said.emit("还没有合同，先新建一份。", None)
        return
    make = partial(contract_papers.contract_handover, desk, id)
    _put_paper(hub, sheets_view(desk, contract_papers.TITLE, ("contract", id), make))


def _show_poster(hub: StationHub, *, large: bool) -> None:
    desk = hub.desk
    if not hub.card.lines:
        hub.said.emit("还没有服务目录，先新建一项。", None)
        return
    _put_paper(
        hub,
        PaperView(
            service_catalogue.TITLE,
            "A3" if large else "A4",
            f"服务目录-{'A3' if large else 'A4'}.pdf",
            lambda step: service_catalogue.print_catalogue(desk, large, step),
            lambda: unprintable_of(service_catalogue.catalogue_poster(desk)),
        ),
    )


def _put_paper(hub: StationHub, view: PaperView) -> None:
    def close() -> None:
        view.let_go()
        hub.back()

    view.closed.connect(close)
    view.said.connect(hub.said)
    hub.stack.put(view)
    view.take_keyboard()
