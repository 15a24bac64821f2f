"""A person rated with an instrument: a table that is data here, or one filled in on paper."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Count, Day, Key, Line, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class Rating(Record, table=True):
    """One rating on one day. A hint, never a diagnosis.

    `instrument` is the id of an instrument of resources/instruments with its `version`, or the name of one
    that is not shipped; then only the total is kept. `answers` is "item=option;…" by their ids.
    """

    KIND = "rating"
    TITLE = "量表评定"

    person: Annotated[
        str | None,
        Ref("person", parent=True),
        Ask("服务对象", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    case: Annotated[str | None, Ref("case"), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    instrument: Annotated[Line, Ask("量表", share=STATION, paper=INTERNAL, care=SENSITIVE, group="rated")] = (
        None
    )
    version: Annotated[Line, Ask("量表版本", share=STATION, paper=INTERNAL, care=PLAIN, group="rated")] = None
    answers: Annotated[Key, Ask("各项选择", share=STATION, paper=INTERNAL, care=SENSITIVE, group="rated")] = (
        None
    )
    total: Annotated[
        Count, Ask("总分", unit="分", share=STATION, paper=INTERNAL, care=SENSITIVE, group="rated")
    ] = None
    grade: Annotated[Line, Ask("分级提示", share=STATION, paper=INTERNAL, care=SENSITIVE, group="rated")] = (
        None
    )
    rated_on: Annotated[Day, Ask("评定日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("评定人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    note: Annotated[LongText, Ask("说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "原件", "parent")

    SECTIONS = (
        ("评定", ("person", "case", "instrument", "version", "answers", "total", "grade")),
        ("由谁评", ("rated_on", "worker", "note", "attachments")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "rated_on")
