"""The handover sheets of cases as a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgz_desktop.actions import handover, signing_alone
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.handover import Handed, Handouts
from sgz_desktop.actions.signing import ToSign
from sgz_desktop.errors import AppError
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.wait_offer import SheetSigning

Progress = Callable[[int, int], None]


def handover_view(desk: Desk, ids: Sequence[str], facts: str, made: Handed | None = None) -> PaperView:
    """The sheets of handovers. Those `made` just now are shown too where the case is no longer one's own to
    read, kept from the guardian; whoever took it over has them wait."""

    def sheets() -> Handouts:
        return made.sheets if made else handover.handover_sheets(desk, ids)

    def to_sign(progress: Progress) -> Sequence[ToSign]:
        try:
            return [signing_alone.alone_to_sign(desk, id, "handover", progress) for id in ids]
        except AppError:
            if made:
                return ()
            raise

    signing = SheetSigning(desk, to_sign, lambda progress: handover.print_sheets(sheets(), progress))
    view = PaperView(
        "个案交接表",
        facts,
        f"个案交接表-{desk.today()}.pdf",
        signing.make,
        lambda: handover.unprintable_of(sheets()),
    )
    signing.offer_on(view)
    return view
