"""What the pieces of a paper say, as plain values: forms, tables, text, check boxes, signatures, charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .value import Value

Align = Literal["left", "right", "centre"]

CLOSING_SENTENCE = "仅供社工参考，以乡镇（街道）受理、民政部门审核确认为准；任何人都可以提出申请。"


@dataclass(eq=False, repr=False, slots=True)
class Option(Value):
    """One check box. `blank` ends it in a line to write on (其他____)."""

    label: str
    ticked: bool = False
    blank: bool = False


@dataclass(eq=False, repr=False, slots=True)
class Level(Value):
    """A cell with a bar of so many percent on its track, and the figure after it; None draws a dash."""

    percent: int | None


Cell = str | tuple[Option, ...] | Level


@dataclass(eq=False, repr=False, slots=True)
class FormField(Value):
    """One label and its value: `text`, or `options` as check boxes (with `text` after them if both).

    A wide field takes the whole row; others stand two to a row in the order given. `lines` rules the cell for
    so many lines of handwriting.
    """

    label: str
    text: str = ""
    wide: bool = False
    options: tuple[Option, ...] = ()
    lines: int = 0


@dataclass(eq=False, repr=False, slots=True)
class Form(Value):
    """A framed form of labels and values on the 6-unit grid; `by_hand`: each row is high enough for a pen."""

    fields: tuple[FormField, ...]
    title: str = ""
    by_hand: bool = False


@dataclass(eq=False, repr=False, slots=True)
class Column(Value):
    """One table column. `width` is a share of the table; numbers are set `right`, units `centre`."""

    head: str
    width: float = 1.0
    align: Align = "left"


@dataclass(eq=False, repr=False, slots=True)
class Table(Value):
    """Rows under heads. `ledger` draws the full grid; otherwise only horizontal lines.

    `caption` stands centred above (表1　…), `title` is a section heading, `note` small print below (口径).
    A label starting with 其中 is set in by one character. Without rows `empty` is printed instead. `carry`
    repeats the first column's last word at the head of a page that would begin without one.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    caption: str = ""
    note: str = ""
    ledger: bool = False
    empty: str = "没有记录。"
    carry: bool = False


@dataclass(eq=False, repr=False, slots=True)
class Heading(Value):
    """A heading inside a sheet or a brief section. In a brief it is numbered （一）."""

    text: str


@dataclass(eq=False, repr=False, slots=True)
class Narrative(Value):
    """Running text, first lines set in by two characters, with a section heading when `title` is given."""

    text: str
    title: str = ""
    indent: bool = True


@dataclass(eq=False, repr=False, slots=True)
class Note(Value):
    """One small line to the right: who entered it and when, what is attached."""

    text: str


@dataclass(eq=False, repr=False, slots=True)
class Signoff(Value):
    """Who writes a letter and when, to the right below it."""

    lines: tuple[str, ...]


@dataclass(eq=False, repr=False, slots=True)
class TwoColumns(Value):
    """Two framed columns of text side by side: what was seen | what the worker makes of it."""

    left: str
    right: str
    left_head: str = "客观事实（看到、听到、做了）"
    right_head: str = "社工判断（分析与依据）"


@dataclass(eq=False, repr=False, slots=True)
class Choice(Value):
    """One question a client answers. `answer` None leaves both boxes empty."""

    text: str
    answer: bool | None = None


@dataclass(eq=False, repr=False, slots=True)
class Choices(Value):
    """Questions with two boxes each; nothing is ticked beforehand unless the answer is on record."""

    items: tuple[Choice, ...]
    title: str = ""
    yes: str = "同意"
    no: str = "不同意"


@dataclass(eq=False, repr=False, slots=True)
class OptionLine(Value):
    """A lead-in and check boxes on one line: 签字人是 □本人 □监护人____."""

    lead: str
    options: tuple[Option, ...]


@dataclass(eq=False, repr=False, slots=True)
class Signatures(Value):
    """Signing boxes side by side, one per role, each with 年 月 日. `seal` adds a box for a seal; in a brief
    `seals` are the boxes of the second row: ours and the one of whoever looks it through.

    `witness` adds a second row: 见证人（按指印时填写）, 与本人关系 and four corners for a thumb print.
    """

    roles: tuple[str, ...]
    witness: bool = False
    seal: str = ""
    seals: tuple[str, ...] = ()


@dataclass(eq=False, repr=False, slots=True)
class ClientSigning(Value):
    """Signing lines of 60 mm for a client page, with a thumb print and a date."""

    roles: tuple[str, ...] = ("签名", "见证人", "社工")
    thumb: bool = True


@dataclass(eq=False, repr=False, slots=True)
class Remarks(Value):
    """A framed empty place to write in, e.g. 督导批注; it grows towards the foot of the page."""

    label: str
    text: str = ""
    height_mm: float = 30.0


@dataclass(eq=False, repr=False, slots=True)
class Lines(Value):
    """Ruled lines to write on by hand."""

    count: int = 3
    title: str = ""


@dataclass(eq=False, repr=False, slots=True)
class ReplySlip(Value):
    """The tear-off slip at the foot of a referral: `reply_to` asks, `about` names the letter answered."""

    reply_to: str
    about: str
    title: str = "转介回执"


@dataclass(eq=False, repr=False, slots=True)
class Condition(Value):
    """One condition of an assistance rule. `verdict` MET, MISSING or UNMET; `level` sets it in."""

    verdict: Literal["MET", "MISSING", "UNMET"]
    text: str
    article: str = ""
    level: int = 0


@dataclass(eq=False, repr=False, slots=True)
class Verdict(Value):
    """Conditions of an assistance rule compared with what is on file, and the closing sentence."""

    line: str
    conditions: tuple[Condition, ...]
    pack: str = ""
    title: str = "条件对照"
    closing: str = CLOSING_SENTENCE


@dataclass(eq=False, repr=False, slots=True)
class GoalTrack(Value):
    """Progress of one goal in percent by session, oldest first; None where not rated."""

    goal: str
    percents: tuple[int | None, ...]


@dataclass(eq=False, repr=False, slots=True)
class GoalBars(Value):
    """One small row of bars per goal; the last bar is solid. `sessions` are (name, date) heads."""

    sessions: tuple[tuple[str, str], ...]
    goals: tuple[GoalTrack, ...]
    title: str = "各节目标进度"
    note: str = "柱高为当节议定的进度（0至100%），实心为最近一节。"


@dataclass(eq=False, repr=False, slots=True)
class Bar(Value):
    """One bar: `solid` is this period, `hollow` the other figure named by the chart."""

    label: str
    solid: int
    hollow: int = 0


@dataclass(eq=False, repr=False, slots=True)
class BarChart(Value):
    """`paired`: upright pairs (hollow before, solid now). Otherwise flat bars, hollow set on after solid."""

    caption: str
    solid: str
    hollow: str
    bars: tuple[Bar, ...]
    paired: bool = True
    unit: str = ""


@dataclass(eq=False, repr=False, slots=True)
class Side(Value):
    """Two charts side by side."""

    left: BarChart
    right: BarChart


@dataclass(eq=False, repr=False, slots=True)
class Picture(Value):
    """A photo as a JPEG of `width` by `height` pixels (RGB), and the words under it."""

    data: bytes
    width: int
    height: int
    caption: str = ""


@dataclass(eq=False, repr=False, slots=True)
class Photos(Value):
    """Photos two to a row, their captions below."""

    pictures: tuple[Picture, ...]


@dataclass(eq=False, repr=False, slots=True)
class Target(Value):
    """One yearly target with what is done; `reason` is printed below when it lags."""

    name: str
    unit: str
    month: float
    total: float
    target: int
    reason: str = ""


@dataclass(eq=False, repr=False, slots=True)
class Targets(Value):
    """Bullet table of targets. `elapsed` is the share of the contract time gone by, in percent; `this` heads
    the column of the span told of."""

    rows: tuple[Target, ...]
    elapsed: int
    caption: str = "年度指标完成情况（深条为累计，竖线为目标）"
    this: str = "本月"


@dataclass(eq=False, repr=False, slots=True)
class Relative(Value):
    """A person of a genogram: the middle of their symbol, its `corners` (4 a man, 0 a woman, 1 unknown), what
    stands in it and the lines under it."""

    x: float
    y: float
    corners: int
    inside: str
    lines: tuple[str, ...]
    focus: bool = False
    dead: bool = False
    missing: bool = False


@dataclass(eq=False, repr=False, slots=True)
class Bond(Value):
    """A line of a genogram through points; `dash`: 0 solid, 1 dashed, 2 dotted."""

    points: tuple[tuple[float, float], ...]
    dash: int = 0


@dataclass(eq=False, repr=False, slots=True)
class FamilyTree(Value):
    """A genogram in units of its own, y down; `symbol` is the width of a person's symbol, `slot` the room of
    a person, `homes` outlines around those who live together, `aside` says who is not drawn."""

    width: float
    height: float
    symbol: float
    slot: float
    people: tuple[Relative, ...]
    bonds: tuple[Bond, ...]
    homes: tuple[tuple[tuple[float, float], ...], ...] = ()
    home: str = "同住"
    legend: str = ""
    aside: str = ""


Block = (
    Form
    | FamilyTree
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
    | Photos
    | Targets
)
