"""Which papers are signed, by whom; the numbers they carry and the states they are in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

UNPRINTED, UNSIGNED, SIGNED = "unprinted", "unsigned", "signed"
STATES = {UNPRINTED: "未打印", UNSIGNED: "待签", SIGNED: "已签"}
ALTERED = "打印后有改动，请重印"
ON_PAPER = "signature"  # of the code list sign_mode: signed by hand
CLIENT, WORKER, SUPERVISOR, HEAD = "服务对象", "社工", "督导", "站长"


@dataclass(frozen=True, slots=True)
class Signs:
    """A sort of paper that is signed: the kind of its record, who signs, and the fields of the record that
    hold the client's signature where it has some. `other` fields are written down at signing too."""

    kind: str
    signers: tuple[str, ...]
    day: str = ""
    mode: str = ""
    other: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of the record that a signing fills: no alteration of what was printed."""
        return tuple(name for name in (self.day, self.mode, *self.other) if name)


OURS, REMARK = (WORKER, SUPERVISOR), ("supervisor_remark",)
CLOSED = ("client_signed_on", "client_sign_mode", "worker_signed_on", "supervisor_signed_on")
SORTS: Mapping[str, Signs] = MappingProxyType(
    {
        "intake": Signs("intake", OURS, other=REMARK),
        "consent": Signs("consent", (CLIENT, WORKER), "signed_on", "sign_mode"),
        "plan": Signs("plan", (CLIENT, WORKER), "client_confirmed_on", "client_sign_mode"),
        "assessment": Signs("assessment", OURS, other=REMARK),
        "plan_annex": Signs("plan", OURS, other=("client_confirmed_on", "client_sign_mode")),
        "session": Signs("session", OURS, other=REMARK),
        "visit": Signs("visit", OURS, other=REMARK),
        "application": Signs("application", (WORKER, HEAD)),
        "referral": Signs("referral", (CLIENT, WORKER)),
        "letter": Signs("referral", (WORKER,)),
        "evaluation": Signs("evaluation", OURS, other=REMARK),
        "satisfaction": Signs("evaluation", (CLIENT, WORKER)),
        "closure": Signs(
            "closure",
            (CLIENT, WORKER, SUPERVISOR),
            "client_signed_on",
            "client_sign_mode",
            ("worker_signed_on", "supervisor_signed_on", *REMARK),
        ),
        "closure_annex": Signs("closure", OURS, other=(*REMARK, *CLOSED)),
        "followup": Signs("followup", OURS),
        "visit_alone": Signs("visit", OURS, other=REMARK),
        "household_check": Signs("household_check", ("核查人", "本人或代理人")),
        "mandatory_report": Signs("mandatory_report", ("发现人", SUPERVISOR)),
    }
)
"""The papers with places to sign, by the sort that numbers them in a case file; `ALONE` are in none."""

ALONE: Mapping[str, str] = MappingProxyType(
    {"ZF": "visit_alone", "HC": "household_check", "QB": "mandatory_report"}
)
"""The letters that begin the number of a paper in no case file → its sort."""

SIGNED_KINDS = frozenset(one.kind for one in SORTS.values())

NUMBER = re.compile(r"(?P<case>\d{4}-[A-Z]+\d{3,})-(?P<sheet>\d{2})-(?P<copy>\d+)(-(?P<print>\d+))?")
ALONE_NUMBER = re.compile(rf"(?P<letters>{'|'.join(ALONE)})-(?P<tail>[0-9A-F]{{8}})(-(?P<again>\d+))?")
PRINTED = re.compile(rf"文件编号\s*({NUMBER.pattern}|{ALONE_NUMBER.pattern})(?!\d)")
DASHES = str.maketrans(dict.fromkeys("－—–‐‑−﹣ー_", "-"))


def tidy_number(text: str) -> str:
    """A paper's number as it is printed, from what was typed: full-width, lower case, blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(DASHES)).upper()


def case_of(number: str) -> str:
    """The case number in a paper's number, '' when it is none."""
    found = NUMBER.fullmatch(number)
    return found["case"] if found else ""


def alone_of(number: str) -> tuple[str, str]:
    """The sort of a paper in no case file, and the last eight digits of its record's id; ('', '') when the
    number is none of such a paper."""
    found = ALONE_NUMBER.fullmatch(number)
    return (ALONE[found["letters"]], found["tail"].lower()) if found else ("", "")


def base_of(number: str) -> str:
    """The number without its print: 2026-A001-04-1-2 → 2026-A001-04-1, ZF-7F00A1B2-2 → ZF-7F00A1B2."""
    if found := NUMBER.fullmatch(number):
        return f"{found['case']}-{found['sheet']}-{found['copy']}"
    found = ALONE_NUMBER.fullmatch(number)
    return f"{found['letters']}-{found['tail']}" if found else number


def next_print(base: str, taken: int) -> str:
    """The number of the next print of a paper of which `taken` numbers are given."""
    return f"{base}-{taken + 1}" if taken else base


def printed_number(text: str) -> str:
    """The one number printed in a text; '' when there is none, or several."""
    found = {match[1] for match in PRINTED.finditer(text)}
    return found.pop() if len(found) == 1 else ""
