"""What else happens at the desk: calls and visitors, work diaries, things to do, ratings, applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.notes import About, Notes
from sgz_desktop.actions.town.people import Home, Resident
from sgz_desktop.actions.town.rounds import Agenda, clock
from sgz_desktop.actions.town.seasons import BEGUN, FIRST, LAST, tags, workday, workdays
from sgz_desktop.actions.town.slips import address
from sgz_desktop.actions.town.words import villages
from sgz_desktop.domain import instruments, self_care
from sgz_desktop.domain.days import add_days

Typed = dict[str, object]
CONTACTS_A_DAY, DIARIES_A_DAY, APPLICATIONS_A_DAY = 0.5, 0.12, 0.062
APPLICATIONS_LATELY = 0.22
TASKS_A_DAY, TASKS_LATELY = 0.09, 0.7
ANSWERED = ("policy", "benefit", "apply", "help")
SUBJECTS = [
    ("policy", 9),
    ("benefit", 4),
    ("help", 6),
    ("apply", 4),
    ("complaint", 2),
    ("goods", 2),
    ("referral", 3),
]
WAYS = [("called", 0.55), ("came", 0.38), ("message", 0.04), ("brought", 0.03)]
CALLERS = [("kin", 0.5), ("neighbour", 0.25), ("village", 0.25)]
HANDED = ("镇民政办", "县残联", "医保窗口", "镇中心小学", "镇卫生院")
CHILD_RISK, SELF_CARE = "child_risk", "self_care6"
PROGRAMMES = ("dibao", "linshi_urgent", "linshi_spending", "disabled_care", "old_age", "medical")


@dataclass
class DeskWork:
    """A writer of what is neither a visit nor a case."""

    book: Book
    chance: Chance
    homes: Sequence[Home]
    agenda: Agenda
    names: Mapping[str, str]  # ids of what the station offers, by "@key"

    def __post_init__(self) -> None:
        self.notes = Notes(self.chance, "desk")
        self.filed = [home for home in self.homes if home.filed_on]

    def write(self) -> None:
        """All of it, day by day, from the second week on."""
        for day in workdays():
            if day < add_days(FIRST, 7):
                continue
            for worker in dict.fromkeys(place.worker(day) for place in villages()):
                if self.chance.share(CONTACTS_A_DAY / 3):
                    self._contact(self._some(day), worker, day)
                if self.chance.share(DIARIES_A_DAY):
                    self._diary(worker, day)
            if self.chance.share(APPLICATIONS_LATELY if day > "2026-05-31" else APPLICATIONS_A_DAY):
                self._applied(self._some(day), day)
            if self.chance.share(TASKS_LATELY if day > "2026-06-05" else TASKS_A_DAY):
                self._task(self._some(day), day)
        for home in self.filed:
            self._rated(home)

    def _some(self, day: str) -> Home:
        """A household on file by then, without a case of its own."""
        while True:
            home = self.chance.pick(self.filed)
            if home.filed_on < day and not home.case and home.here(day):
                return home

    def _about(self, home: Home, person: Resident, day: str) -> About:
        return About(tags(day), address(home, person))

    def _contact(self, home: Home, worker: str, day: str) -> None:
        chance, person = self.chance, home.here(day)[0]
        at = chance.weighted([(chance.number(520, 700), 0.6), (chance.number(870, 1040), 0.4)])
        subject = chance.weighted(SUBJECTS)
        about = self._about(home, person, day)
        matter = self.notes.one(subject, about)
        if not matter or not self.agenda.fits(worker, day, at, at + 8):
            return
        self.agenda.take(worker, day, at, at + 8)
        typed: Typed = {
            "date": day,
            "time": clock(at),
            "way": chance.weighted(WAYS),
            "service_item": self._item(subject) if day >= BEGUN else None,
            "worker": worker,
            "person": person.id if chance.share(0.75) else None,
            "subjects": [subject],
            "matter": matter,
            "answer": self.notes.one("answer", about) if subject in ANSWERED and chance.share(0.85) else None,
            "policy_told": [chance.pick(PROGRAMMES)] if subject in ("policy", "benefit") else None,
        }
        if chance.share(0.35):
            caller = next((kin for kin in person.relatives if kin.phone and not kin.died), None)
            typed |= {"caller_role": "kin" if caller else chance.weighted(CALLERS)}
            typed |= {"caller_name": caller.name, "caller_phone": caller.phone} if caller else {}
        typed |= self._outcome(day)
        made = self.book.add(worker, day, "18:05", "contact", typed)
        answered = workday(add_days(day, chance.number(1, 5)))
        if "answer_due_on" in typed and day < answered < "2026-06-25":
            known = {"answered_on": answered}
            self.book.change(home.village.worker(answered), answered, "17:05", "contact", made, known)

    def _item(self, subject: str) -> str:
        return self.names["@item-aid" if subject in ("apply", "benefit") else "@item-desk"]

    def _outcome(self, day: str) -> Typed:
        outcome = self.chance.weighted(
            [("answered", 0.72), ("transferred", 0.14), ("visit", 0.1), ("callback", 0.04)]
        )
        typed: Typed = {"outcomes": [outcome]}
        if outcome == "transferred":
            typed |= {
                "handed_to": self.chance.pick(HANDED),
                "answer_due_on": workday(add_days(day, 5), "2026-07-31"),
            }
        return typed

    def _diary(self, worker: str, day: str) -> None:
        about = About(tags(day), {})
        typed: Typed = {"date": day, "worker": worker, "errands": self.notes.one("errands", about)}
        for name, part in (("other", "other"), ("next_plan", "next")):
            if self.chance.share(0.3):
                typed[name] = self.notes.one(part, about)
        if typed["errands"]:
            self.book.add(worker, day, "18:10", "diary", typed)

    def _applied(self, home: Home, day: str) -> None:
        """A family helped with an application, without a case; it is decided five weeks later."""
        chance, worker, person = self.chance, home.village.worker(day), home.here(day)[0]
        programme = chance.pick(PROGRAMMES)
        whole = programme == "dibao"
        if programme == "dibao" and ("dibao" in home.tags or "tekun" in home.tags):
            programme, whole = "linshi_spending", False
        typed: Typed = {
            "household" if whole else "person": home.id if whole else person.id,
            "programme": programme,
            "applied_by": chance.weighted([("self", 0.6), ("proxy", 0.2), ("village", 0.2)]),
            "worker": worker,
            "service_item": self._item("apply") if day >= BEGUN else None,
            "stage": "accepted",
            "filed_on": day,
            "accepted_on": day,
            "accepted_by": "青禾镇民政办",
        }
        made = self.book.add(worker, day, "17:15", "application", typed)
        self.book.add(
            worker, day, "17:15", "paper_item", {"application": made, "title": "申请书", "state": "ready"}
        )
        decided = add_days(day, chance.number(25, 45))
        if decided <= LAST:
            self._decided(made, programme, home.village.worker(decided), workday(decided))

    def _decided(self, made: str, programme: str, worker: str, day: str) -> None:
        yes = self.chance.share(0.78)
        known: Typed = {"stage": "decided", "result": "confirmed" if yes else "refused", "result_on": day}
        if yes and programme.startswith("linshi"):
            known["amount"] = str(self.chance.number(8, 60) * 100)
        if not yes:
            known |= {"result_reason": self.chance.pick(WHY_NOT), "told_in_writing_on": day}
        self.book.change(worker, day, "17:15", "application", made, known)

    def _task(self, home: Home, day: str) -> None:
        """Something to do; of the last weeks some are open, a few overdue."""
        worker, person = home.village.worker(day), home.here(day)[0]
        about = About(tags(day), {**address(home, person), "称": (person.name,)})
        what = self.notes.one("tasks", about).rstrip("。")
        if not what:
            return
        due = workday(add_days(day, self.chance.number(5, 20)), "2026-07-31")
        typed = {"what": what, "due_on": due, "person": person.id, "household": home.id, "worker": worker}
        task = self.book.add(worker, day, "17:50", "task", typed)
        done = workday(add_days(day, self.chance.number(1, 18)))
        if done > day and (day < "2026-05-25" or self.chance.share(0.4)):
            self.book.change(home.village.worker(done), done, "17:55", "task", task, {"done_on": done})

    def _rated(self, home: Home) -> None:
        """Children twice a year, those in 特困 once."""
        for one in home.members:
            if "left_child" in one.tags:
                worry = self.chance.weighted([(0.06, 0.6), (0.3, 0.34), (0.55, 0.06)])
                for day in (f"{year}-{half}" for year in (2024, 2025, 2026) for half in ("03-12", "09-11")):
                    if home.filed_on < day <= LAST and self.chance.share(0.8):
                        self._rating(home, one, workday(day), self._child_risk(one, day, worry))
            elif "tekun" in one.tags and home.filed_on < "2026-05" and one.here(LAST):
                undone = {"able": 0, "partial": self.chance.number(1, 3), "lost": self.chance.number(4, 6)}
                total = undone[one.self_care]
                known: Typed = {"instrument": SELF_CARE, "total": total, "grade": self_care.grade_of(total)}
                day = workday(add_days(home.filed_on, self.chance.number(10, 40)))
                self._rating(home, one, day, known)

    def _child_risk(self, one: Resident, day: str, worry: float) -> Typed:
        """The table filled in: the more there is to worry about, the more items weigh something, but none
        asks for help at once."""
        table = next(found for found in instruments.shipped() if found.id == CHILD_RISK)
        answers = {"age": "older" if one.age(day) >= 14 else "school" if one.age(day) >= 6 else "small"}
        for item in table.items:
            mild = [option.id for option in item.options if not item.alarm or option.weight < item.alarm]
            answers.setdefault(item.id, mild[1] if self.chance.share(worry) and len(mild) > 1 else mild[0])
        scored = instruments.score(table, answers)
        return {
            "instrument": table.id,
            "version": table.version,
            "answers": instruments.answers_text(answers),
            "total": scored.total,
            "grade": scored.grade,
        }

    def _rating(self, home: Home, one: Resident, day: str, known: Typed) -> None:
        worker = home.village.worker(day)
        typed: Typed = {"person": one.id, "rated_on": day, "worker": worker, **known}
        self.book.add(worker, day, "16:20", "rating", typed)


WHY_NOT = (
    "人均收入高于标准。",
    "名下有车辆，未能说明。",
    "材料逾期未补。",
    "已享受同类救助。",
    "家庭成员核对不一致。",
)
