"""Which page stands behind which section of the side bar, and behind F4 and F8."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.page import Page


def page_factories(
    station: OpenStation, keep_scale: Callable[[float], None] | None = None
) -> Mapping[str, Callable[[], Page]]:
    """Section key → what makes its page; each module is imported when its page is first visited."""
    desk = station.desk

    def workbench() -> Page:
        from sgz_desktop.gui.pages.workbench import workbench_page

        return workbench_page(desk)

    def people() -> Page:
        from sgz_desktop.gui.pages.people import people_page

        return people_page(desk)

    def visits() -> Page:
        from sgz_desktop.gui.pages.visits import visits_page

        return visits_page(desk)

    def cases() -> Page:
        from sgz_desktop.gui.pages.cases import cases_page

        return cases_page(desk, station)

    def aid() -> Page:
        from sgz_desktop.gui.pages.aid import aid_page

        return aid_page(desk)

    def contacts() -> Page:
        from sgz_desktop.gui.pages.contacts import contacts_page

        return contacts_page(desk)

    def urgent() -> Page:
        from sgz_desktop.gui.pages.urgent import urgent_page

        return urgent_page(desk)

    def hub(section: str) -> Callable[[], Page]:
        def made() -> Page:
            from sgz_desktop.gui.pages.station_hub import StationHub

            return StationHub(desk, section)

        return made

    def reports() -> Page:
        from sgz_desktop.gui.pages.reports import reports_page

        return reports_page(desk)

    def exchange() -> Page:
        from sgz_desktop.gui.pages.exchange_page import exchange_page

        return exchange_page(station)

    def settings() -> Page:
        from sgz_desktop.gui.pages.settings import settings_page

        return settings_page(station, keep_scale)

    return {
        "home": workbench,
        "people": people,
        "visits": visits,
        "cases": cases,
        "aid": aid,
        "contacts": contacts,
        "urgent": urgent,
        "groups": hub("groups"),
        "resources": hub("resources"),
        "supervision": hub("supervision"),
        "station": hub("station"),
        "reports": reports,
        "exchange": exchange,
        "settings": settings,
    }
