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
    hold the client's signature where it has some. `other` fields are written down at signing too. `shows`:
    the fields and rows of the record that stand on the paper, where those are few; `gathered`: it tells of
    many records, and what of them changes later is no alteration of it."""

    kind: str
    signers: tuple[str, ...]
    day: str = ""
    mode: str = ""
    other: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    gathered: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of the record that a signing fills: no alteration of what was printed."""
        return tuple(name for name in (self.day, self.mode, *self.other) if name)


OURS, REMARK = (WORKER, SUPERVISOR), ("supervisor_remark",)
STATION = "本站"  # in the place of a name, of a paper the station gives out
STATION_OWN = "站内"  # in the place of a village, of a paper that is of no person
LETTER_ALONE = "letter_alone"
APPLY = "apply_"  # begins the sort of a paper an application is handed in with
HANDED_IN = ("programme", "person", "household", "applied_by", "filed_on", "accepted_by")
WITH_LIST = (*HANDED_IN, "papers")
LEADER = "带组社工"
LEADERS = (LEADER, SUPERVISOR, HEAD)
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
        LETTER_ALONE: Signs("referral", (WORKER,)),
        "handover": Signs("handover", ("移交人", "接手人", "见证人")),
        "diary": Signs("diary", (WORKER, HEAD), gathered=True),
        "week_plan": Signs("diary", (WORKER, HEAD), gathered=True),
        "apply_letter": Signs("application", ("申请人", "代写人"), shows=HANDED_IN),
        "apply_authorisation": Signs("application", ("申请人", "见证人"), shows=HANDED_IN),
        "apply_statement": Signs("application", ("声明人", "见证人"), shows=HANDED_IN),
        "apply_proxy": Signs("application", ("委托人", "代办人", "见证人"), shows=HANDED_IN),
        "apply_list": Signs("application", ("申请人", WORKER), shows=WITH_LIST),
        "apply_receipt": Signs("application", ("递交人", "收件人"), shows=WITH_LIST),
        "group_plan": Signs("group", LEADERS, gathered=True),
        "group_members": Signs("group", ("组员", LEADER), gathered=True),
        "group_attendance": Signs("group", (LEADER, SUPERVISOR), gathered=True),
        "group_scores": Signs("group", (LEADER, SUPERVISOR), gathered=True),
        "group_closing": Signs("group", LEADERS, gathered=True),
        "group_session": Signs("group_session", (LEADER, SUPERVISOR), gathered=True),
        "activity_plan": Signs("activity", ("负责社工", SUPERVISOR, HEAD), gathered=True),
        "activity_sign_in": Signs("activity", ("参加人员",), gathered=True),
        "activity_record": Signs("activity", ("负责社工", SUPERVISOR), gathered=True),
        "handout_list": Signs("resource", ("领取人", "发放人", "经办社工", HEAD), gathered=True),
        "volunteer_proof": Signs("volunteer", ("经办人", HEAD), gathered=True),
        "contract_handover": Signs("contract", ("移交人", "接收人", "监交人"), gathered=True),
        "case_sample": Signs("evaluation_table", ("抽取人", "评估人员"), gathered=True),
        "material_list": Signs("evaluation_table", ("整理人", HEAD), gathered=True),
        "survey_report": Signs("survey", ("填表人", HEAD, "机构负责人"), gathered=True),
        "report": Signs("report", ("填表人", HEAD, "机构负责人"), gathered=True),
    }
)
"""The papers with places to sign, by the sort that numbers them in a case file; those of `ALONE` and the
reports are in none. A record printed alone whose sort is not here is signed as its form says."""

ALONE: Mapping[str, str] = MappingProxyType(
    {
        "ZF": "visit_alone",
        "HC": "household_check",
        "QB": "mandatory_report",
        "ZJH": LETTER_ALONE,
        "JJ": "handover",
        "RZ": "diary",
        "ZJ": "week_plan",
        "SQ1": "apply_letter",
        "SQ2": "apply_authorisation",
        "SQ3": "apply_statement",
        "SQ4": "apply_proxy",
        "SQ5": "apply_list",
        "SQ6": "apply_receipt",
        "XZ1": "group_plan",
        "XZ2": "group_members",
        "XZ3": "group_attendance",
        "XZ4": "group_scores",
        "XZ5": "group_closing",
        "XZ": "group_session",
        "HDF": "activity_plan",
        "HDQ": "activity_sign_in",
        "HDJ": "activity_record",
        "WF": "handout_list",
        "ZM": "volunteer_proof",
        "YJ": "contract_handover",
        "CY": "case_sample",
        "ML": "material_list",
        "DY": "survey_report",
    }
)
"""The letters that begin the number of a paper in no case file → its sort."""

LETTERS_OF: Mapping[str, str] = MappingProxyType({sort: letters for letters, sort in ALONE.items()})
SIGNED_KINDS = frozenset(one.kind for one in SORTS.values())

NUMBER = re.compile(r"(?P<case>\d{4}-[A-Z]+\d{3,})-(?P<sheet>\d{2})-(?P<copy>\d+)(-(?P<print>\d+))?")
ALONE_NUMBER = re.compile(r"(?P<letters>[A-Z]{2,3}\d{0,3})-(?P<tail>[0-9A-F]{8})(-\d{1,3})?")
PRINTED = re.compile(rf"文件编号\s*({NUMBER.pattern}|{ALONE_NUMBER.pattern})(?!\d)")
BARE = re.compile(rf"(?<![\w-]){ALONE_NUMBER.pattern}(?![\w-])")  # at the foot of what has no such words
DASHES = str.maketrans(dict.fromkeys("－—–‐‑−﹣ー_", "-"))


def tidy_number(text: str) -> str:
    """A paper's number as it is printed, from what was typed: full-width, lower case, blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(DASHES)).upper()


def case_of(number: str) -> str:
    """The case number in a paper's number, '' when it is none."""
    found = NUMBER.fullmatch(number)
    return found["case"] if found else ""


def alone_of(number: str) -> tuple[str, str]:
    """The letters of the number of a paper in no case file, and the last eight digits of its record's id;
    ('', '') when the number is of another shape. Of a diary its days follow the letters: RZ30."""
    found = ALONE_NUMBER.fullmatch(number)
    return (found["letters"], found["tail"].lower()) if found else ("", "")


def sort_of(letters: str) -> str:
    """The sort of a paper in no case file by its letters, '' for those that only tell a kind of record."""
    return ALONE.get(letters) or ALONE.get(letters.rstrip("0123456789"), "")


def number_of(sort: str, id: str, days: int = 0) -> str:
    """The number of a paper in no case file, of the record with an id; `days` a diary tells of."""
    return alone_number(f"{LETTERS_OF[sort]}{days or ''}", id)


def alone_number(letters: str, id: str) -> str:
    """ZF-7F00A1B2: letters and the last eight digits of a record's id."""
    return f"{letters}-{id.replace('-', '')[-8:].upper()}"


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
    found = found or {match[0] for match in BARE.finditer(text) if sort_of(match["letters"])}
    return found.pop() if len(found) == 1 else ""
