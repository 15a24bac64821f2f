"""A worker of the station."""

from typing import Annotated

from sgz_desktop.domain.fields import Ask, Codes, Name, YesNo
from sgz_desktop.domain.records.base import Record, Surface
from sgz_desktop.domain.records.circles import BUREAU, COUNTY, IDENTIFIES, INTERNAL, PLAIN


class Worker(Record, table=True):
    """Who may unlock the store and in which roles. Its id stands in `Edit.who`."""

    KIND = "worker"
    TITLE = "社工"
    LACKS = frozenset(Surface)

    name: Annotated[Name, Ask("姓名", share=COUNTY, paper=BUREAU, care=IDENTIFIES)] = None
    roles: Annotated[
        str | None, Codes("worker_role"), Ask("职责", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    active: Annotated[YesNo, Ask("在岗", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
