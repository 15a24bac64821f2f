"""D2: a worker's day, as far as other records do not tell it already."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Day, LongText, Name, Problem
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class Diary(Record, table=True):
    """What a worker did on a day; visits, sessions, calls and tasks done are read from their records."""

    KIND = "diary"
    TITLE = "工作日志"

    date: Annotated[Day, Ask("日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("社工", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    errands: Annotated[LongText, Ask("民政办交办事务", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    other: Annotated[LongText, Ask("其他工作", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    next_plan: Annotated[LongText, Ask("下一步打算", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")
