"""The recovery card on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sgz_desktop.domain import days
from sgz_desktop.reports.values import RecoveryCard


def recovery_card_pdf(
    station: str, user: str, number: str, groups: Sequence[str], *, practice: bool = False
) -> bytes:
    """The card as a PDF. It is made before a store exists, so it takes no desk."""
    from sgz_desktop.reports import recovery_card

    made_on = days.show_day(date.today().isoformat())
    return recovery_card.build(RecoveryCard(station, user, number, tuple(groups), made_on, practice))
