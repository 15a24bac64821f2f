"""S: what goes to a supervisor as paper, and what comes back.

A supervisor reads a coded copy of a case file and never opens the program: marks in the margin of the copy
say where a remark belongs.
"""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Count, Day, Key, Line, LongText, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, not_future


class SupervisorCopy(Record, table=True):
    """A copy of a case file that was given to a supervisor: its number, for whom, and where its marks lead.

    `marks` are canonical JSON, one [mark, kind, id, sheet number, page, top in pt from the page's foot,
    bottom] for each mark; `sha256` is the fingerprint of the file before a password was put on it.
    """

    KIND = "supervisor_copy"
    TITLE = "督导件"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    number: Annotated[Line, Ask("编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    recipient: Annotated[Name, Ask("给谁", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    given_on: Annotated[Day, Ask("日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    question: Annotated[LongText, Ask("需要督导决定", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    marks: Annotated[Key, Ask("批注号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    sha256: Annotated[Key, Ask("文件指纹", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    returned_on: Annotated[Day, Ask("交回日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "given_on", "returned_on")
        yield from days_in_order(self, "given_on", "returned_on")


class Remark(Record, table=True):
    """One remark of a supervisor and what was done about it.

    `about` is the record that the marked place was printed from. What was read from notes in a PDF keeps the
    name its author gave there (`signed_as`), which nobody checked until `verified`; `fingerprint` tells a
    note that was read before.
    """

    KIND = "remark"
    TITLE = "督导意见"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    about: Annotated[str | None, Ref("*"), Ask("关于", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    copy_number: Annotated[Line, Ask("督导件编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    sheet_number: Annotated[Line, Ask("文书编号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    mark: Annotated[Count, Ask("批注号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    text: Annotated[LongText, Ask("意见", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    decision: Annotated[
        str | None,
        Code("supervision_decision"),
        Ask("决定", share=STATION, paper=INTERNAL, care=PLAIN),
    ] = None
    supervisor: Annotated[Name, Ask("督导", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    said_on: Annotated[Day, Ask("意见日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    source: Annotated[
        str | None, Code("remark_source"), Ask("从哪里来", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    signed_as: Annotated[Line, Ask("批注署名", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    verified: Annotated[YesNo, Ask("作者已核实", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    fingerprint: Annotated[Key, Ask("批注指纹", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    worker: Annotated[Name, Ask("由谁落实", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    due_on: Annotated[Day, Ask("最晚日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    done_on: Annotated[Day, Ask("落实日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    done: Annotated[LongText, Ask("怎样落实", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    SECTIONS = (
        ("意见", ("case", "about", "copy_number", "sheet_number", "mark", "text", "decision")),
        ("谁的意见", ("supervisor", "said_on", "source", "signed_as", "verified", "fingerprint")),
        ("落实", ("worker", "due_on", "done_on", "done")),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "said_on", "done_on")
        yield from days_in_order(self, "said_on", "done_on")
