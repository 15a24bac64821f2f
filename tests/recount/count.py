"""Every figure counted over again from an exported NDJSON file, by somebody who knows domain.md §4 alone.

Imports nothing of the program: what is read here is the file, the list of groups of people and the calendar.
`recount(lines, first, last, today)` → {(code, part, unit): value}. `slips` breaks rules on purpose.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
GROUPS = tomllib.loads((RESOURCES / "forms" / "people_groups.toml").read_text("utf-8"))
YEARS = tomllib.loads((RESOURCES / "holidays.toml").read_text("utf-8"))["year"]
Row = Mapping[str, Any]
Rows = dict[str, list[dict[str, Any]]]
Found = dict[tuple[str, str, str], int | float]


def read(lines: Iterable[str]) -> Rows:
    """Records by kind, what was taken out among them."""
    found: Rows = {}
    for line in lines:
        told = json.loads(line)
        if told.get("record"):
            found.setdefault(told["record"], []).append({"id": told["id"], **told["values"]})
    return found


def ends(day: str) -> tuple[str, str]:
    """First and last day that 2026, 2026-06 or 2026-06-15 may mean."""
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == 7:
        after = datetime.date(int(day[:4]) + int(day[5:]) // 12, int(day[5:]) % 12 + 1, 1)
        return f"{day}-01", (after - datetime.timedelta(1)).isoformat()
    return day, day


def half_up(number: Decimal, places: str = "0.1") -> int | float:
    rounded = number.quantize(Decimal(places), ROUND_HALF_UP)
    return int(rounded) if rounded == int(rounded) else float(rounded)


def share(part: int, whole: int) -> int | float:
    value = half_up(Decimal(100 * part) / whole)
    return 99.9 if part < whole and value >= 100 else value


def codes(text: str | None) -> set[str]:
    return {one for one in (text or "").split(",") if one} - {"none"}


class Recount:
    """One span of days of one file."""

    def __init__(
        self,
        rows: Mapping[str, list[dict[str, Any]]],
        first: str,
        last: str,
        today: str,
        slips: Collection[str],
    ) -> None:
        self.rows, self.first, self.last, self.today, self.slips = rows, first, last, today, slips
        self.found: Found = {}
        self.by_id = {kind: {one["id"]: one for one in some} for kind, some in rows.items()}
        self.people = self.by_id.get("person", {})
        self.named: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}

    def all(self, kind: str, **dated: str) -> list[dict[str, Any]]:
        (name,) = dated.values() or ("",)
        return [one for one in self.rows.get(kind, []) if not name or self.within(one.get(name))]

    def of(self, kind: str, field: str, id: str) -> list[dict[str, Any]]:
        """The records of a kind whose field names another, in their order."""
        if (kind, field) not in self.named:
            groups = self.named[kind, field] = dict[str, list[dict[str, Any]]]()
            for one in self.rows.get(kind, []):
                groups.setdefault(one.get(field) or "", []).append(one)
        return self.named[kind, field].get(id, [])

    def within(self, day: str | None) -> bool:
        if not day:
            return False
        first, last = ends(day)
        return self.first <= first and last <= self.last

    def begun(self, day: str | None) -> bool:
        return bool(day) and ends(str(day))[0] <= self.last

    def say(self, code: str, part: str, unit: str, value: int | float) -> None:
        self.found[code, part, unit] = value

    def served(self) -> list[tuple[str, str, str | None]]:
        """(occasion, who, category of somebody without a file) of everybody served."""
        told = []
        for kind in ("visit", "session", "followup"):
            for one in self.all(kind, on="date"):
                if one.get("met") is not False:
                    told += [(one["id"], who, None) for who in self.seen(one["id"])]
        counting = {"present", "late"} | ({"leave"} if "leave" in self.slips else set())
        for one in self.held():
            there = {}
            for mark in self.of("attendance", "session", one["id"]):
                gone = mark.get("member") and self.gone("group_member", mark["member"])
                if mark.get("state") in counting and mark.get("member") and not gone:
                    member = self.by_id.get("group_member", {}).get(mark["member"], {})
                    there[member.get("person") or mark["member"]] = member.get("category")
            told += [(one["id"], who, category) for who, category in there.items()]
        for one in self.shows():
            told += [(one["id"], who, None) for who in self.signed(one)]
        return told

    def gone(self, kind: str, id: str | None) -> bool:
        return id in self.taken_out.get(kind, set())

    taken_out: Mapping[str, set[str]] = {}

    def seen(self, occasion: str) -> set[str]:
        return {
            one["person"]
            for one in self.of("presence", "occasion", occasion)
            if one.get("person") and one.get("mode") not in ("not_met", "proxy")
        }

    def held(self) -> list[dict[str, Any]]:
        groups = self.by_id.get("group", {})
        return [
            one
            for one in self.all("group_session", on="date")
            if one["date"] <= self.today
            and not one.get("cancelled")
            and one.get("group") in groups
            and not groups[one["group"]].get("cancelled")
        ]

    def shows(self) -> list[dict[str, Any]]:
        return [
            one
            for one in self.all("activity", on="date")
            if one["date"] <= self.today and (not one.get("cancelled") or "cancelled" in self.slips)
        ]

    def signed(self, show: Row) -> set[str]:
        for_helpers = show.get("sort") in ("training", "volunteer")
        return {
            one.get("person") or one["id"]
            for one in self.of("sign_in", "activity", show["id"])
            if one.get("role") not in ("worker", "partner")
            and (one.get("role") != "volunteer" or for_helpers)
        }

    def heads(self, one: Row) -> int:
        return max(len(self.signed(one)), one.get("head_count") or 0)

    # --- people, visits, desk
    def p(self) -> None:
        told = self.served()
        who = {person for _, person, _ in told}
        self.say("P01", "", "人", len(who))
        names = {one["id"] for one in self.shows()}
        times = len([one for one in told if one[0] not in names])
        self.say("P02", "", "人次", times + sum(self.heads(one) for one in self.shows()))
        for kind, unit in (("person", "人"), ("household", "户")):
            files = [{**one, "filed_on": one.get("filed_on") or self.today} for one in self.all(kind)]
            files = [one for one in files if self.begun(one["filed_on"])]
            new = [one for one in files if self.within(one.get("filed_on"))]
            self.say("P03", f"open_{kind}", unit, sum(self.stands(one) for one in files))
            self.say("P03", f"new_{kind}", unit, len(new))
            edited = self.first <= self.today <= self.last  # all was written that day
            self.say("P03", f"updated_{kind}", unit, edited * (len(files) - len(new)))
        own: dict[str, set[str]] = {one: set() for one in who}
        for _, one, category in told:
            own[one] |= codes(self.people[one].get("categories") if one in self.people else category)
        self.say("P04", "total", "人", len(who))
        for group in GROUPS["groups"]:
            inside = 0
            for one, has in own.items():
                young, old = (
                    self.aged(one, group.get("younger"), False),
                    self.aged(one, group.get("older"), True),
                )
                inside += bool(has & set(group["categories"])) or young or old
            self.say("P04", f"group.{group['id']}", "人", inside)
        for has in own.values():
            for code in has or {"unknown"}:
                key = ("P04", code, "人")
                self.found[key] = self.found.get(key, 0) + 1

    def stands(self, one: Row) -> bool:
        filed = one.get("filed_on") or self.today  # the day it was written down
        return self.begun(filed) and not self.begun(one.get("closed_on"))

    def aged(self, person: str, years: int | None, older: bool) -> bool:
        born = self.people.get(person, {}).get("born")
        if not born or years is None:
            return False
        line = f"{int(self.last[:4]) - years}{self.last[4:]}"
        return ends(born)[1] <= line if older else ends(born)[0] > line

    def v(self) -> None:
        visits = self.all("visit", on="date")
        home = [one for one in visits if one.get("mode") in (None, "home")]
        met = [one for one in visits if one.get("met") is not False]
        self.say("V01", "households", "户次", len(home))
        self.say("V01", "people", "人次", sum(len(self.seen(one["id"])) for one in home if one in met))
        calls = self.all("contact", on="date")
        asked = [
            one for one in calls if codes(one.get("policy_told")) or "policy" in codes(one.get("subjects"))
        ]
        told = sum(len(self.seen(one["id"])) for one in met if codes(one.get("policy_told")))
        self.say("V02", "", "人次", told + len(asked))
        self.say(
            "V02",
            "activities",
            "人次",
            sum(self.heads(one) for one in self.shows() if one.get("told_policy")),
        )
        self.say("D01", "", "人次", len(calls))
        self.say("D01", "came", "人次", sum(one.get("way") in ("came", "brought") for one in calls))
        self.say("D01", "called", "人次", sum(one.get("way") in ("called", "message") for one in calls))
        occasions = met + self.all("session", on="date") + self.all("followup", on="date")
        reached = {person for one in occasions for person in self.seen(one["id"])}
        homes = {one.get("household") for one in met}
        homes |= {self.any_case(one.get("case")).get("household") for one in self.all("session", on="date")}
        rate, lists = GROUPS["visit_rate"], dict[str, set[str]]()
        for one in self.all("person"):
            leaving = (one.get("died_on"), one.get("moved_on"))
            if not self.stands(one) or any(self.begun(day) for day in leaving):
                continue
            old = {code for code, years in rate["older"].items() if self.aged(one["id"], years, True)}
            for code in (codes(one.get("categories")) | old) & set(rate["people"]):
                lists.setdefault(code, set()).add(one["id"])
        self.rate("all", "人", set().union(*lists.values()), reached)
        for code, ids in lists.items():
            self.rate(code, "人", ids, reached)
        for code in rate["households"]:
            ids = {
                one["id"]
                for one in self.all("household")
                if self.stands(one) and code in codes(one.get("categories"))
            }
            if ids:
                self.rate(f"home.{code}", "户", ids, homes)

    def any_case(self, id: str | None) -> Row:
        """A case, taken out or not."""
        return self.cases_ever.get(id or "", {})

    cases_ever: Mapping[str, Row] = {}

    def rate(self, part: str, unit: str, ids: set[str], reached: Collection[str | None]) -> None:
        there = sum(one in reached for one in ids)
        self.say("V03", f"{part}.listed", unit, len(ids))
        self.say("V03", f"{part}.reached", unit, there)
        if ids:
            self.say("V03", part, "%", share(there, len(ids)))

    # --- cases and aid
    def c(self) -> None:
        stages = {}
        for one in sorted(
            self.rows.get("case_move", []),
            key=lambda one: (one.get("step") or 0, one.get("moved_on") or "", one["id"]),
        ):
            if one.get("to_stage"):
                stages[one.get("case")] = one["to_stage"]
        taken = []
        for one in self.all("case"):
            stage = stages.get(one["id"], one.get("stage"))
            if stage not in ("lead", "declined"):
                taken.append((one, stage))
        ended = [one for one, _ in taken if self.within(one.get("closed_on"))]
        away = {
            one["id"] for one, stage in taken if stage == "transferred"
        }  # goes on elsewhere, closed by nobody
        closed = [one for one in ended if one["id"] not in away]
        new = [one for one, _ in taken if self.within(one.get("opened_on"))]
        over = {"closed", "follow_up", "reopened", "transferred"}
        still = [
            one
            for one, stage in taken
            if self.begun(one.get("opened_on"))
            and not self.begun(one.get("closed_on"))
            and not (not one.get("closed_on") and stage in over)
        ]
        self.say("C01", "total", "个", len({one["id"] for one in (*ended, *new, *still)}))
        self.say("C01", "new", "个", len(new))
        self.say("C01", "closed", "个", len(closed))
        self.say("C01", "open", "个", len(still))
        self.say("C04", "", "个", sum(self.risk(one) == "high" for one in still))
        sessions = [
            one
            for kind in ("visit", "session")
            for one in self.all(kind, on="date")
            if one.get("case") and one.get("met") is not False and self.serves(kind, one)
        ]
        spent = sum(self.minutes(one) for one in sessions)
        self.say("C02", "sessions", "节", len(sessions))
        self.say("C02", "hours", "小时", half_up(Decimal(spent) / 60))
        good = 0
        for one in closed:
            last: dict[str, tuple[str, str, str | None]] = {}
            for result in self.rows.get("goal_result", []):
                paper = self.by_id.get("evaluation", {}).get(result.get("evaluation"))
                if paper and paper.get("case") == one["id"]:
                    goal = result.get("goal") or result["id"]
                    told = (paper.get("evaluated_on") or "", result["id"], result.get("result"))
                    last[goal] = max(last.get(goal, ("", "", None)), told, key=lambda said: said[:2])
            results = [result for _, _, result in last.values() if result != "dropped"]
            good += bool(results) and set(results) <= {"full", "partial"}
        self.say("C03", "reached", "个", good)
        if closed:
            self.say("C03", "", "%", share(good, len(closed)))

    def risk(self, case: Row) -> str | None:
        if case.get("risk"):
            return str(case["risk"])
        judged = [
            one
            for one in self.rows.get("assessment", [])
            if one.get("case") == case["id"] and one.get("risk")
        ]
        return max(judged, key=lambda one: one.get("assessed_on") or "")["risk"] if judged else None

    def serves(self, kind: str, one: Row) -> bool:
        case = self.any_case(one["case"])
        if not case:
            return True
        if case.get("deleted"):
            return False
        if kind == "session":
            return True
        first, last = ends(one["date"])
        early = case.get("opened_on") and last < ends(case["opened_on"])[0]
        late = case.get("closed_on") and first > ends(case["closed_on"])[1]
        return not early and not late

    def minutes(self, one: Row) -> int:
        start, end = one.get("start_time"), one.get("end_time")
        if not start or not end:
            return 0
        return max(0, int(end[:2]) * 60 + int(end[3:]) - int(start[:2]) * 60 - int(start[3:]))

    def j(self) -> None:
        filed = self.all("application", on="filed_on")
        self.whom("J01", "", filed)
        for code in {one.get("programme") for one in filed}:
            some = [one for one in filed if one.get("programme") == code]
            for unit in ("人", "户"):
                count = len({who for kind, who in map(self.applicant, some) if kind == unit})
                if count:
                    self.say("J01", code or "unknown", unit, count)
        decided = self.all("application", on="result_on")
        granted = [one for one in decided if one.get("result") == "confirmed"]
        refused = [one for one in decided if one.get("result") in ("refused", "not_accepted")]
        waiting = [
            one
            for one in self.all("application")
            if self.begun(one.get("filed_on"))
            and (
                one.get("result") in (None, "pending")
                or (one.get("result_on") and not self.begun(one["result_on"]))
            )
        ]
        for part, some in (("granted", granted), ("refused", refused), ("waiting", waiting)):
            self.whom("J02", part, some)
        took = [days for one in granted + refused if (days := self.working_days(one)) is not None]
        if took:
            self.say("J02", "workdays", "工作日", half_up(Decimal(sum(took)) / len(took)))
        self.say("J03", "sent", "人次", len(self.all("referral", on="sent_on")))
        self.say(
            "J03",
            "placed",
            "人",
            len({one.get("person") or one["id"] for one in self.all("referral", on="placed_on")}),
        )
        self.say("J03", "jobs", "个", len(self.all("referral", on="job_from")))
        self.say("Y01", "", "起", len(self.all("mandatory_report", on="found_on")))

    def whom(self, code: str, part: str, some: list[dict[str, Any]]) -> None:
        for unit in ("人", "户"):
            self.say(code, part, unit, len({who for kind, who in map(self.applicant, some) if kind == unit}))

    def applicant(self, one: Row) -> tuple[str, str]:
        of_home = one.get("programme") in ("dibao", "dibao_margin", "rigid_spending")
        if one.get("household") and (of_home or not one.get("person")):
            return "户", one["household"]
        return ("人", one["person"]) if one.get("person") else ("", "")

    def working_days(self, one: Row) -> int | None:
        start, end = one.get("accepted_on") or one.get("filed_on"), one.get("result_on")
        if not start or not end or len(start) != 10 or len(end) != 10 or end < start:
            return None
        count, day = 0, datetime.date.fromisoformat(start)
        while day.isoformat() < end:
            day += datetime.timedelta(1)
            text = day.isoformat()
            off = any(first <= text <= last for year in YEARS for _, first, last in year["off"])
            made_up = any(text in year["work"] for year in YEARS)
            count += made_up or (day.weekday() < 5 and not off)
        return count

    # --- groups, activities, satisfaction
    def g(self) -> None:
        held, shows = self.held(), self.shows()
        names = {one["id"] for one in held}
        self.say("G01", "groups", "个", len({one["group"] for one in held}))
        self.say("G01", "sessions", "节", len(held))
        self.say("G01", "people", "人次", sum(occasion in names for occasion, _, _ in self.served()))
        kinds = {"": shows}
        for one in shows:
            kinds.setdefault(one.get("sort") or "unknown", []).append(one)
        for part, some in kinds.items():
            self.say("A01", part, "场", len(some))
            self.say("A01", part, "人次", sum(map(self.heads, some)))
        scores = [
            int(one["satisfaction"])
            for one in self.all("evaluation", on="evaluated_on")
            if one.get("satisfaction") and not self.any_case(one.get("case")).get("deleted")
        ]
        heads = [one for one in shows if one.get("rated_by")]
        heads += [
            one
            for one in self.all("group", on="evaluated_on")
            if one.get("rated_by") and not one.get("cancelled")
        ]
        said = len(scores) + sum(one["rated_by"] for one in heads)
        good = sum(one >= 4 for one in scores)
        good += sum(min(one.get("rated_content") or 0, one["rated_by"]) for one in heads)
        self.say("Q01", "rated", "人次", said)
        if said:
            self.say("Q01", "", "%", share(good, said))
        if scores:
            self.say("Q01", "cases", "分", half_up(Decimal(sum(scores)) / len(scores)))

    # --- the station's own
    def s(self) -> None:
        given = self.all("resource", on="received_on")
        for part, some in (
            ("", given),
            ("cash", [one for one in given if one.get("sort") == "money"]),
            ("kind", [one for one in given if one.get("sort") != "money"]),
        ):
            self.say(
                "R01", part, "元", half_up(Decimal(sum(one.get("worth") or 0 for one in some)) / 100, "0.01")
            )
        known = self.by_id.get("organisation", {})
        social = ("charity", "social_org", "volunteer_team")
        moved = {one["provider"] for one in given if known.get(one.get("provider"), {}).get("sort") in social}
        moved |= {one["id"] for one in self.all("organisation", on="mobilised_on")}
        self.say("R02", "mobilised", "家", len(moved))
        self.say(
            "R02",
            "fostered",
            "家",
            sum(bool(one.get("fostered")) for one in self.all("organisation", on="founded_on")),
        )
        served = self.all("volunteer_service", on="date")
        registered = [
            one for one in self.all("volunteer") if one.get("state") != "left" or one.get("left_on")
        ]
        for part, unit, some, first, last in (
            ("registered", "人", registered, "registered_on", "left_on"),
            ("teams", "支", self.all("volunteer_team"), "founded_on", "disbanded_on"),
        ):
            standing = [
                one
                for one in some
                if (not one.get(first) or self.begun(one[first])) and not self.begun(one.get(last))
            ]
            self.say("W01", part, unit, len(standing))
        self.say("W01", "people", "人", len({one.get("volunteer") or one["id"] for one in served}))
        self.say("W01", "times", "人次", len(served))
        self.say("W01", "hours", "小时", half_up(Decimal(sum(one.get("served") or 0 for one in served)) / 60))
        for kind in ("supervision", "training"):
            some = self.all(kind, on="date")
            spent = [
                one["duration"] if one.get("duration") is not None else self.minutes(one) for one in some
            ]
            self.say("S01", kind, "次", len(some))
            self.say("S01", f"{kind}_hours", "小时", half_up(Decimal(sum(spent)) / 60))
            self.say("S01", f"{kind}_people", "人次", sum(map(self.taught, some)))
        duty = [
            one
            for one in self.all("staff")
            if self.begun(one.get("posted_on"))
            and not self.begun(one.get("left_on"))
            and one.get("post") not in ("supervisor", "intern")
        ]
        full = [one for one in duty if one.get("full_time")]
        skilled = [one for one in duty if one.get("qualification") not in (None, "none")]
        certified = [one for one in skilled if one["qualification"] not in ("degree", "local")]
        for part, some in (("", duty), ("certified", certified), ("full_time", full)):
            self.say("H01", part, "人", len(some))
        self.say("H01", "met", "是否", int(len(full) >= 2 and len(skilled) >= 1))
        self.money()

    def taught(self, one: Row) -> int:
        staff = {
            row.get("staff") for row in self.rows.get("learning", []) if row.get("training") == one["id"]
        }
        names = {name for name in (one.get("attendees") or "").split("、") if name}
        if "attendees" in one and one.get("head_count") is None:
            return len(names)
        return max(one.get("head_count") or 0, len(staff - {None}))

    def money(self) -> None:
        spent = [
            one for one in self.all("spending", on="date") if not self.gone("contract", one.get("contract"))
        ]
        total = sum(one.get("amount") or 0 for one in spent)
        self.say("F01", "", "元", half_up(Decimal(total) / 100, "0.01"))
        for code in {one.get("category") for one in spent}:
            some = sum(one.get("amount") or 0 for one in spent if one.get("category") == code)
            self.say("F01", code or "unknown", "元", half_up(Decimal(some) / 100, "0.01"))
        amount = sum(
            one.get("amount") or 0
            for one in self.all("contract")
            if one.get("first_on")
            and ends(one["first_on"])[0] <= self.last
            and (not one.get("last_on") or ends(one["last_on"])[1] >= self.first)
        )
        if amount:
            self.say("F01", "share", "%", share(total, amount))


def recount(lines: Iterable[str], first: str, last: str, today: str, slips: Collection[str] = ()) -> Found:
    """Every figure of a span of whole days; `slips` are mistakes to make on purpose."""
    return recounted(read(lines), first, last, today, slips)


def recounted(ever: Rows, first: str, last: str, today: str, slips: Collection[str] = ()) -> Found:
    """The same of records that were read."""
    rows = {kind: [one for one in some if not one.get("deleted")] for kind, some in ever.items()}
    mine = Recount(rows, first, last, today, slips)
    mine.cases_ever = {one["id"]: one for one in ever.get("case", ())}
    mine.taken_out = {kind: {one["id"] for one in some if one.get("deleted")} for kind, some in ever.items()}
    for part in (mine.p, mine.v, mine.c, mine.j, mine.g, mine.s):
        part()
    return mine.found
