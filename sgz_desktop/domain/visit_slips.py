"""A slip of a visit as it is typed into the 补录表: its digits, what of it is carried down, what it says of a
visit, and what about it is doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire

SELF, FAMILY, NOBODY = "self", "family", "nobody"
NO_CHANGE, CHANGED = "none", "some"
DIGITS = "1234567890"
Option = tuple[str, str, str]
"""(digit, code, label)"""

MET: tuple[Option, ...] = (("1", SELF, "本人"), ("2", FAMILY, "家属"), ("3", NOBODY, "未遇"))
CHANGE: tuple[Option, ...] = (("0", NO_CHANGE, "无"), ("1", CHANGED, "有"))
CARRIED = ("day", "village", "mode", "companions", "purposes")
SEEN_AS = {"phone": "voice", "video": "video"}
CASE_PURPOSE = "case"
SPRING, AUTUMN = "03", "10"  # until when last year's slips are typed, and from which month they are

NO_DAY = "日期要写到日，例如6月29日。"
NOBODY_CHOSEN = "还没有选定服务对象。"
NOT_SAID_WHO = "还没有填见到了谁。"
NO_CASE = "目的是个案服务，还没有选定是哪个个案，请核对。"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. `day` is a whole Day, or what was typed and is none; `person` an id, `name` what the slip
    says; `met` SELF, FAMILY or NOBODY; `mode`, `reason`, `change` and `purposes` (joined by commas) are
    codes. '' is unknown. The village only says where to look for the name."""

    day: str = ""
    village: str = ""
    person: str = ""
    name: str = ""
    mode: str = ""
    met: str = ""
    reason: str = ""
    change: str = ""
    words: str = ""
    companions: str = ""
    purposes: str = ""


def numbered(name: str) -> tuple[Option, ...]:
    """The first ten of a code list with the digit that chooses each: 1 … 9, then 0."""
    return tuple((digit, item.code, item.label) for digit, item in zip(DIGITS, code_list(name), strict=False))


def chosen(options: Sequence[Option], typed: str) -> str | None:
    """The code a digit chooses (also a full-width one); None when it chooses nothing."""
    digit = unicodedata.normalize("NFKC", typed)
    return next((code for one, code, _ in options if one == digit), None)


def label_of(options: Sequence[Option], code: str) -> str:
    """The label of a code; a code that is no option is shown as itself."""
    return next((label for _, one, label in options if one == code), code)


def carried(above: Slip | None, today: str) -> Slip:
    """The next slip before anything is typed: what it has in common with the one above, else today's."""
    if above is None:
        return Slip(day=today, mode="home")
    return Slip(**{name: getattr(above, name) for name in CARRIED})


def slip_day(typed: str, above: str, today: str) -> str:
    """A day as written on a slip: 29 is the 29th of the month of `above`, or of the month before when that
    is still to come; 12月29日 typed in spring is last year's; the rest as `days.tidy_day`.

    Raises ValueError holding a Chinese sentence when it is no whole day of the calendar.
    """
    plain = days.plain(typed).rstrip("日号")
    if plain.isdecimal() and len(plain) <= 2:
        month = above[:7] if days.is_whole(above) else today[:7]
        day = days.tidy_day(f"{month}-{int(plain):02d}")
        return day if day <= today else days.tidy_day(f"{days.add_months(month, -1)}-{int(plain):02d}")
    day = days.tidy_day(typed, today)
    if not days.is_whole(day):
        raise ValueError(NO_DAY)
    if day > today and today[5:7] <= SPRING and day[5:7] >= AUTUMN and not plain.startswith(day[:4]):
        return days.tidy_day(f"{int(day[:4]) - 1}{day[4:]}")
    return day


def lacks(slip: Slip) -> str:
    """Why the slip cannot be saved yet, as a sentence; '' when it can."""
    if not slip.person:
        return NOBODY_CHOSEN
    if not days.is_whole(slip.day):
        return NO_DAY
    return "" if slip.met else NOT_SAID_WHO


def visit_values(slip: Slip) -> dict[str, Wire]:
    """The fields of a new visit that the slip fills."""
    met = slip.met != NOBODY
    words = slip.words or None
    changed = met and slip.change == CHANGED
    return {
        "date": slip.day,
        "mode": slip.mode or None,
        "met": met if slip.met else None,
        "not_met_reason": None if met else slip.reason or None,
        "change": (slip.change or None) if met else None,
        "changes": words if changed else None,
        "facts": None if changed else words,
        "companions": slip.companions or None,
        "purposes": slip.purposes or None,
    }


def seen_as(slip: Slip) -> str | None:
    """How the person themselves was seen (attendance_mode); None when nobody was met, which counts no 人次.
    Their family speaking for them is `proxy`."""
    if slip.met == FAMILY:
        return "proxy"
    return SEEN_AS.get(slip.mode, "met") if slip.met == SELF else None


def read_slip(values: Mapping[str, Wire], seen: Mapping[str, str], name: str, village: str) -> Slip:
    """A visit on file as a slip. `seen` maps the people seen to their attendance_mode, '' when unknown."""

    def text(field: str) -> str:
        value = values.get(field)
        return value if isinstance(value, str) else ""

    person, change = text("person"), text("change")
    return Slip(
        day=text("date"),
        village=village,
        person=person,
        name=name,
        mode=text("mode"),
        met=_met(values.get("met"), seen, person),
        reason=text("not_met_reason"),
        change=change,
        words=text("changes" if change == CHANGED else "facts"),
        companions=text("companions"),
        purposes=text("purposes"),
    )


def _met(met: Wire, seen: Mapping[str, str], person: str) -> str:
    if met is None:
        return ""
    if not met:
        return NOBODY
    absent = bool(seen) and person not in seen
    return FAMILY if absent or seen.get(person) == "proxy" else SELF


def altered_values(before: Slip, after: Slip, values: Mapping[str, Wire]) -> dict[str, Wire]:
    """The fields of a visit on file (`values`) that differ between two slips; nothing written elsewhere in
    the visit is lost."""
    was, now = visit_values(before), visit_values(after)
    found = {name: value for name, value in now.items() if value != was[name]}
    facts = values.get("facts")
    if before.change == CHANGED and "facts" in found and facts and facts != now["facts"]:
        found["facts"] = f"{facts}\n{now['facts']}" if now["facts"] else facts
    return found


def same_visit(one: Slip, other: Slip) -> bool:
    """Do two slips say the same of a visit? The village and the words of the name say nothing of it."""
    return (one.person, one.met, visit_values(one)) == (other.person, other.met, visit_values(other))


def doubts(slip: Slip, case: str, same_day: Sequence[tuple[str, str, str]], today: str) -> list[str]:
    """What is doubtful about a saved slip beside what `clashes` says of any contact: casework for no `case`,
    and other visits to the person that day as (id, worker, HH:MM)."""
    found = [NO_CASE] if CASE_PURPOSE in slip.purposes.split(",") and not case else []
    if same_day:
        _, worker, time = same_day[0]
        who = "，".join(one for one in (worker, time) if one)
        shown = days.show_day(slip.day)
        day = shown[5:] if slip.day[:4] == today[:4] else shown
        found.append(f"{slip.name}{day}已有一条走访" + (f"（{who}）。" if who else "。"))
    return found


def with_digit(slip: Slip, field: str, code: str) -> Slip:
    """The slip after a digit was pressed in one of its coded fields: who was met decides what else holds."""
    changed = replace(slip, **{field: code})
    if field == "met" and code != NOBODY:
        return replace(changed, reason="")
    return replace(changed, change="") if field == "met" else changed
