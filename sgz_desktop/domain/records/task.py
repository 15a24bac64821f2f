"""Something to be done by a day."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Day, Key, Line, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class Task(Record, table=True):
    """One thing to do, about a person, a household or a case where it concerns one.

    `origin` names what raised it ("age80:ID of the person"), so that it is raised once.
    """

    KIND = "task"
    TITLE = "待办"

    what: Annotated[Line, Ask("做什么", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    due_on: Annotated[Day, Ask("最晚日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    person: Annotated[
        str | None, Ref("person"), Ask("服务对象", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    household: Annotated[
        str | None, Ref("household"), Ask("家庭", share=STATION, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("由谁做", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    done_on: Annotated[Day, Ask("完成日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    origin: Annotated[Key, Ask("由什么引起", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "done_on")
