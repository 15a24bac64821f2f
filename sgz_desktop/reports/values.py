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

Paper = Literal["CLIENT", "INTERNAL", "BUREAU"]
Align = Literal["left", "right", "centre"]

CLOSING_SENTENCE = "仅供社工参考，以乡镇（街道）受理、民政部门审核确认为准；任何人都可以提出申请。"


@dataclass(frozen=True, slots=True)
class Option:
    """One check box. `blank` ends it in a line to write on (其他____)."""

    label: str
    ticked: bool = False
    blank: bool = False


Cell = str | tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One label and its value: `text`, or `options` as check boxes (with `text` after them if both).

    A wide field takes the whole row; others stand two to a row in the order given.
    """

    label: str
    text: str = ""
    wide: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A framed form of labels and values on the 6-unit grid."""

    fields: tuple[FormField, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One table column. `width` is a share of the table; numbers are set `right`, units `centre`."""

    head: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. `ledger` draws the full grid; otherwise only horizontal lines.

    `caption` stands centred above (表1　…), `title` is a section heading, `note` small print below (口径).
    A label starting with 其中 is set in by one character. Without rows `empty` is printed instead.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    caption: str = ""
    note: str = ""
    ledger: bool = False
    empty: str = "没有记录。"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a sheet or a brief section. In a brief it is numbered （一）."""

    text: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """Running text, first lines set in by two characters, with a section heading when `title` is given."""

    text: str
    title: str = ""
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """One small line to the right: who entered it and when, what is attached."""

    text: str


@dataclass(frozen=True, slots=True)
class Signoff:
    """Who writes a letter and when, to the right below it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """Two framed columns of text side by side: what was seen | what the worker makes of it."""

    left: str
    right: str
    left_head: str = "客观事实（看到、听到、做了）"
    right_head: str = "社工判断（分析与依据）"


@dataclass(frozen=True, slots=True)
class Choice:
    """One question a client answers. `answer` None leaves both boxes empty."""

    text: str
    answer: bool | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions with two boxes each; nothing is ticked beforehand unless the answer is on record."""

    items: tuple[Choice, ...]
    title: str = ""
    yes: str = "同意"
    no: str = "不同意"


@dataclass(frozen=True, slots=True)
class OptionLine:
    """A lead-in and check boxes on one line: 签字人是 □本人 □监护人____."""

    lead: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signing boxes side by side, one per role, each with 年 月 日. `seal` adds a box for a seal.

    `witness` adds a second row: 见证人（按指印时填写）, 与本人关系 and four corners for a thumb print.
    """

    roles: tuple[str, ...]
    witness: bool = False
    seal: str = ""


@dataclass(frozen=True, slots=True)
class ClientSigning:
    """Signing lines of 60 mm for a client page, with a thumb print and a date."""

    roles: tuple[str, ...] = ("签名", "见证人", "社工")
    thumb: bool = True


@dataclass(frozen=True, slots=True)
class Remarks:
    """A framed empty place to write in, e.g. 督导批注; it grows towards the foot of the page."""

    label: str
    text: str = ""
    height_mm: float = 30.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruled lines to write on by hand."""

    count: int = 3
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReplySlip:
    """The tear-off slip at the foot of a referral: `reply_to` asks, `about` names the letter answered."""

    reply_to: str
    about: str
    title: str = "转介回执"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an assistance rule. `verdict` MET, MISSING or UNMET; `level` sets it in."""

    verdict: Literal["MET", "MISSING", "UNMET"]
    text: str
    article: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Conditions of an assistance rule compared with what is on file, and the closing sentence."""

    line: str
    conditions: tuple[Condition, ...]
    pack: str = ""
    title: str = "条件对照"
    closing: str = CLOSING_SENTENCE


@dataclass(frozen=True, slots=True)
class GoalTrack:
    """Progress of one goal in percent by session, oldest first; None where not rated."""

    goal: str
    percents: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class GoalBars:
    """One small row of bars per goal; the last bar is solid. `sessions` are (name, date) heads."""

    sessions: tuple[tuple[str, str], ...]
    goals: tuple[GoalTrack, ...]
    title: str = "各节目标进度"
    note: str = "柱高为当节议定的进度（0至100%），实心为最近一节。"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `solid` is this period, `hollow` the other figure named by the chart."""

    label: str
    solid: int
    hollow: int = 0


@dataclass(frozen=True, slots=True)
class BarChart:
    """`paired`: upright pairs (hollow before, solid now). Otherwise flat bars, hollow set on after solid."""

    caption: str
    solid: str
    hollow: str
    bars: tuple[Bar, ...]
    paired: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Two charts side by side."""

    left: BarChart
    right: BarChart


@dataclass(frozen=True, slots=True)
class Target:
    """One yearly target with what is done; `reason` is printed below when it lags."""

    name: str
    unit: str
    month: int
    total: int
    target: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """Bullet table of targets. `elapsed` is the share of the contract time gone by, in percent."""

    rows: tuple[Target, ...]
    elapsed: int
    caption: str = "年度指标完成情况（深条为累计，竖线为目标）"


Block = (
    Form
    | Table
    | Heading
    | Narrative
    | Note
    | Signoff
    | TwoColumns
    | Choices
    | OptionLine
    | Signatures
    | ClientSigning
    | Remarks
    | Lines
    | ReplySlip
    | Verdict
    | GoalBars
    | BarChart
    | Side
    | Targets
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of a file; it starts a page and carries its own number.

    `on` (day in words) and `signed` (已签, 待签, —) go into the contents; `subtitle` stands under the title.
    """

    title: str
    number: str
    paper: Paper
    blocks: tuple[Block, ...]
    on: str = ""
    signed: str = "—"
    subtitle: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A whole case file: cover, contents, sheets in the order given.

    `number` is the case number, `cover` its (label, text) lines, `printed_on` a day in words.
    """

    station: str
    number: str
    cover: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    printed_on: str = ""
    practice: bool = False
    title: str = "个案档案"
    note: str = "未经站长同意不得复印、外借；借阅请登记"


@dataclass(frozen=True, slots=True)
class Section:
    """一、二、三 of a brief. Without blocks it says that nothing was recorded this month."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A monthly brief for the bureau, laid out by the habits of GB/T 9704.

    `number` is the document number, `issue_no` e.g. 2026年第6期（总第18期）, `period` the days counted.
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


@dataclass(frozen=True, slots=True)
class RecoveryCard:
    """The recovery card of a station: `groups` are the code's groups in reading order."""

    station: str
    user: str
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
