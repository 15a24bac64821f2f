"""What a paper says, as plain values: nothing here knows records, a store or a canvas.

Every string is plain text and printed as it is: no markup is ever read from it. Newlines are kept as line
breaks. Sequences are tuples. A worker's words go in unchanged; wording, masking and what a paper may hold
(client papers carry no risk, judgement or supervisor remark) are decided by whoever fills these values.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .blocks import (
    CLOSING_SENTENCE,
    Align,
    Bar,
    BarChart,
    Block,
    Bond,
    Cell,
    Choice,
    Choices,
    ClientSigning,
    Column,
    Condition,
    FamilyTree,
    Form,
    FormField,
    GoalBars,
    GoalTrack,
    Heading,
    Level,
    Lines,
    Narrative,
    Note,
    Option,
    OptionLine,
    Photos,
    Picture,
    Relative,
    Remarks,
    ReplySlip,
    Side,
    Signatures,
    Signoff,
    Table,
    Target,
    Targets,
    TwoColumns,
    Verdict,
)
from .value import Value

__all__ = [
    "CLOSING_SENTENCE",
    "Align",
    "Archive",
    "Bar",
    "BarChart",
    "Block",
    "Bond",
    "BoxLabel",
    "Brief",
    "CaseFile",
    "Cell",
    "Choice",
    "Choices",
    "ClientSigning",
    "Column",
    "Condition",
    "FamilyTree",
    "Filed",
    "Form",
    "FormField",
    "GoalBars",
    "GoalTrack",
    "Handouts",
    "Heading",
    "Level",
    "Lines",
    "Narrative",
    "Note",
    "Option",
    "OptionLine",
    "Paper",
    "Photos",
    "Picture",
    "Poster",
    "RecoveryCard",
    "Relative",
    "Remarks",
    "ReplySlip",
    "Section",
    "Sheet",
    "Side",
    "Signatures",
    "Signoff",
    "SupervisorFile",
    "Table",
    "Target",
    "Targets",
    "TwoColumns",
    "Value",
    "Verdict",
    "texts",
]

Paper = Literal["CLIENT", "INTERNAL", "BUREAU"]


@dataclass(eq=False, repr=False, slots=True)
class Sheet(Value):
    """One paper of a file; it starts a page and carries its own number.

    `on` (day in words) and `signed` (已签, 待签, —) go into the contents; `subtitle` stands under the title.
    A `large` one is read on a wall.
    """

    title: str
    number: str
    paper: Paper
    blocks: tuple[Block, ...]
    on: str = ""
    signed: str = "—"
    subtitle: str = ""
    footer: str = ""
    large: bool = False


@dataclass(eq=False, repr=False, slots=True)
class CaseFile(Value):
    """A whole case file: cover, contents, sheets in the order given.

    `number` is the case number, `cover` its (label, text) lines, `printed_on` a day in words. A copy for
    somebody outside has a `watermark` and one `footer` on every page.
    """

    station: str
    number: str
    cover: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    printed_on: str = ""
    practice: bool = False
    title: str = "个案档案"
    note: str = "未经站长同意不得复印、外借；借阅请登记"
    watermark: str = ""
    footer: str = ""


@dataclass(eq=False, repr=False, slots=True)
class SupervisorFile(Value):
    """A copy of a case file for a supervisor: `opening` sheets without marks, then `sheets` with numbers in
    their margins that run through the file. `number` is the copy's; `footer` stands on every page."""

    station: str
    number: str
    opening: tuple[Sheet, ...]
    sheets: tuple[Sheet, ...]
    footer: str
    watermark: str = ""
    practice: bool = False
    title: str = "督导件"


@dataclass(eq=False, repr=False, slots=True)
class Handouts(Value):
    """Sheets printed one after another and handed out apart, so that none names another. `blank`: forms to
    write on by hand, whose number is the edition of the form."""

    station: str
    title: str
    sheets: tuple[Sheet, ...]
    practice: bool = False
    blank: bool = False


@dataclass(eq=False, repr=False, slots=True)
class Section(Value):
    """一、二、三 of a brief. Without blocks it says that nothing was recorded this month."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(eq=False, repr=False, slots=True)
class Brief(Value):
    """A monthly brief for the bureau, laid out by the habits of GB/T 9704.

    `number` is the document number, `issue_no` e.g. 2026年第6期（总第18期）, `period` the days counted.
    `seals`: the two boxes under the signers. `font`: the file of an installed 仿宋 for the body, '' ours.
    """

    station: str
    title: str
    issue_no: str
    number: str
    period: str
    send_to: str
    copy_to: str
    summary: str
    sections: tuple[Section, ...]
    attachments: tuple[str, ...] = ()
    signers: tuple[str, ...] = ("填表人", "站长", "机构负责人")
    practice: bool = False
    empty: str = "本月没有记录。"
    seals: tuple[str, ...] = ("填报单位（盖章）", "街道（乡镇）审核意见")
    font: str = ""


@dataclass(eq=False, repr=False, slots=True)
class Filed(Value):
    """One line of the 卷内目录: file number, who is responsible, title, day and pages in words, 备注."""

    number: str
    responsible: str
    title: str
    on: str
    pages: str
    note: str = ""


@dataclass(eq=False, repr=False, slots=True)
class Archive(Value):
    """The 卷内目录 and 备考表 of one case's file: `pages` in all, `kept` says how long."""

    station: str
    number: str
    kept: str
    filed: tuple[Filed, ...]
    pages: int
    printed_on: str = ""
    practice: bool = False
    title: str = "卷内目录"


@dataclass(eq=False, repr=False, slots=True)
class BoxLabel(Value):
    """The label on the spine of a box of case files: those closed in `year`, from `first` to `last`; `kept`
    says how long, in lines."""

    station: str
    year: str
    first: str
    last: str
    count: int
    kept: tuple[str, ...]
    practice: bool = False
    title: str = "个案档案"


@dataclass(eq=False, repr=False, slots=True)
class Poster(Value):
    """A table for the wall, A4 or with `large` A3; the column numbered `bold` is set in Hei, the lines of
    `foot` stand below."""

    station: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    bold: int = 1
    large: bool = False
    practice: bool = False


@dataclass(eq=False, repr=False, slots=True)
class RecoveryCard(Value):
    """The recovery card of a station: `groups` are the code's groups in reading order, `number` tells cards
    apart and opens nothing."""

    station: str
    user: str
    number: str
    groups: tuple[str, ...]
    made_on: str
    practice: bool = False


def texts(value: object) -> Iterator[str]:
    """Every string inside a value, in the order it is declared."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
