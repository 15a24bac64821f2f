"""C11: looking in again after a case was closed."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Day, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future
from sgz_desktop.domain.records.presence import Presence


class Followup(Record, table=True):
    """One follow-up contact and whether the case should be opened again."""

    KIND = "followup"
    TITLE = "跟进记录"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    date: Annotated[Day, Ask("跟进日期", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    mode: Annotated[
        str | None, Code("visit_mode"), Ask("跟进方式", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    result: Annotated[
        str | None, Code("follow_up_result"), Ask("跟进结果", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    situation: Annotated[LongText, Ask("现状", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    reopen: Annotated[
        YesNo, Ask("需要重开", share=STATION, paper=INTERNAL, care=PLAIN, group="reopening")
    ] = None
    reopen_reason: Annotated[
        LongText, Ask("重开理由", share=STATION, paper=INTERNAL, care=SENSITIVE, group="reopening")
    ] = None
    next_on: Annotated[Day, Ask("下次跟进日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    presences: ClassVar[Rows[Presence]] = Rows(Presence, "见到的人", "occasion")

    SECTIONS = (
        ("跟进", ("case", "date", "mode", "worker", "presences")),
        ("情况", ("result", "situation", "reopen", "reopen_reason", "next_on")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
        yield from days_in_order(self, "date", "next_on")
