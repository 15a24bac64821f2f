"""What a policy pack holds, as plain values. `reading` makes them from a file, `evaluate` follows them.

A pack is dated, belongs to a region and names the document of everything in it. Nodes are named and refer to
one another, so that a reader can follow a rule line by line. What the law leaves to the locality is a
parameter without a value, until a pack of the region gives it one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from fractions import Fraction

from sgz_desktop.domain.days import Day

NATION = "000000"

Number = Fraction
Given = Number | str | tuple[str, ...]
"""A value of a parameter: a number (money in fen), a day, or codes."""


class Verdict(StrEnum):
    """符合, 不符合 or 缺信息; on screen and paper only in the words of `wording`."""

    Y = "Y"
    N = "N"
    U = "U"


class Trust(StrEnum):
    """Where a pack comes from: with the program, signed by the county, or put in here."""

    SHIPPED = "shipped"
    COUNTY = "county"
    LOCAL = "local"


class Level(StrEnum):
    """Who is tested: 特困 a person, 低保 a household."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Op(Enum):
    """What a node does; the value is its key in a pack."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    OF = "of"
    EACH = "each"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    YES = "yes"
    HAS = "has"
    ONE_OF = "one_of"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class ParamRef:
    """A value that is a parameter."""

    name: str


Operand = Given | bool | ParamRef


@dataclass(frozen=True, slots=True)
class Node:
    """One condition.

    ALL, ANY and NOT look at `nodes`; OF at a relative (`who`), EACH at every one of a list, by the node
    `nodes[0]`; `none` is the verdict where it is known that there is no such relative. Everything else is a
    leaf: `fact` against `value`. CARD: a disability card of `types` (none named: any) of grade `value` or
    graver. `less` names deductions taken from a sum before it is compared.
    """

    id: str
    text: str
    clause: str
    source: str
    op: Op
    nodes: tuple[str, ...] = ()
    who: str = ""
    none: Verdict = Verdict.U
    fact: str = ""
    value: Operand = False
    types: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """Something a place may set. `value` None: the nation gives none. `usual` is a value common among places
    and nobody's rule: it is used with a warning while no pack gives one."""

    name: str
    title: str
    kind: str
    unit: str
    source: str
    clause: str
    value: Given | None = None
    usual: Given | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """The value one pack gives a parameter, with the document it stands in and the days it is in force."""

    name: str
    value: Given
    source: str
    clause: str
    effective_from: Day = ""
    effective_to: Day = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """A part of income that is not counted until a day (or a parameter that names one; '' = for good).

    After that day it is counted, and `lapsed` is said.
    """

    name: str
    fact: str
    text: str
    source: str
    clause: str
    until: Day | ParamRef = ""
    lapsed: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step with its time limit: `unit` workday or day; `n` None = left to the locality."""

    step: str
    title: str
    n: int | ParamRef | None
    unit: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Publicity:
    """Is the result put up in public, and how long? `skip_minor`: never a child's."""

    required: bool
    n: int | ParamRef | None = None
    unit: str = "day"
    skip_minor: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """One paper asked for. `shared`: departments can get it themselves and may not demand it."""

    title: str
    shared: bool = False
    form: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Warn:
    """A sentence said where a node holds."""

    node: str
    text: str


@dataclass(frozen=True)
class Programme:
    """One programme in one version: who may qualify, with which papers, decided by whom and by when.

    Not `sought`: it comes of itself to those who are listed already, so nobody is looked for.
    """

    id: str
    code: str
    title: str
    level: Level
    source: str
    document: str
    clause: str
    effective_from: Day
    effective_to: Day
    root: str
    nodes: Mapping[str, Node]
    for_children: bool = False
    sought: bool = True
    accept: str = ""
    decide: str = ""
    delegable: bool = False
    pays_from: str = ""
    review: str = ""
    objection: str = ""
    unverified: str = ""
    publicity: Publicity = Publicity(False)
    deadlines: tuple[Deadline, ...] = ()
    papers: tuple[PaperNeed, ...] = ()
    warns: tuple[Warn, ...] = ()


@dataclass(frozen=True)
class Pack:
    """One file: its programmes, parameters and values. `sha256` is of its bytes as they were read."""

    id: str
    version: str
    title: str
    region: str
    effective_from: Day
    effective_to: Day
    about: str
    sha256: str
    trust: Trust = Trust.SHIPPED
    params: Mapping[str, Param] = field(default_factory=dict)
    values: tuple[Value, ...] = ()
    deductions: Mapping[str, Deduction] = field(default_factory=dict)
    programmes: tuple[Programme, ...] = ()

    @property
    def name(self) -> str:
        """As papers name it: 国家规定-2026.1."""
        return f"{self.title}-{self.version}"
