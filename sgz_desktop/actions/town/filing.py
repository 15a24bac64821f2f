"""Putting a family of the town on file, and what is entered when somebody dies or moves away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sgz_desktop.actions.practice_story_teller import made_up_id
from sgz_desktop.actions.town import rolls
from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home, Resident
from sgz_desktop.actions.town.seasons import LAST, workday
from sgz_desktop.actions.town.words import told
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.days import add_days

Typed = dict[str, object]
SELF_CARE = {"able": 0.55, "partial": 0.33, "lost": 0.12}
HINTS = (
    "耳背，拍窗户比拍门管用。",
    "院里的狗不咬人，叫两声就走开。",
    "下午三点后才在家。",
    "门从后面菜园进。",
    "夜里不接电话，上午打。",
    "逢集不在家。",
    "雨天车上不去，停在坡下。",
    "先打给隔壁，由她领着去。",
    "进门要换鞋，爱干净。",
    "大门常年闩着，喊一声会开。",
)


@dataclass
class Files:
    """The card index of the town: what was given out so far."""

    book: Book
    chance: Chance
    order: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    refused: int = 0

    def put(self, home: Home, worker: str, day: str, time: str) -> None:
        """A family with all that is known of it, as one entry."""
        home.filed_on = day
        home.id = self.book.id(day, time)
        for one in home.members:
            one.id = self.book.id(day, time)
        self.book.add(worker, day, time, "household", self._household(home), home.id)
        for one in home.members:
            self.book.add(worker, day, time, "person", self._person(home, one), one.id)
            self.book.add(worker, day, time, "membership", _membership(home, one))
        for kind, typed in rolls.kin(self.chance, home):
            self.book.add(worker, day, time, kind, typed)
        for whose, typed in rolls.benefits(self.chance, home):
            id = self.book.add(worker, day, time, "benefit", typed)
            home.benefits.append((id, whose, str(typed["programme"])))

    def _household(self, home: Home) -> Typed:
        place, chance = home.village, self.chance
        way = f"{chance.pick(place.spots)}往{chance.pick('东西南北')}第{chance.pick('二三四五六七')}家"
        return {
            "village": place.name,
            "village_group": home.group,
            "house_number": home.number,
            "head": home.head.id,
            "way_there": way if chance.share(0.45) and not place.town else None,
            "visit_hint": chance.pick(HINTS) if chance.share(0.16) else None,
            "categories": in_order("household_category", home.tags) or ["none"],
            "housing": chance.weighted(
                [("own_sound", 0.7), ("own_unsafe", 0.1), ("borrowed", 0.1), ("rented", 0.1)]
            ),
            "filed_on": home.filed_on,
        }

    def _person(self, home: Home, one: Resident) -> Typed:
        number = self._id_number(one) if self.chance.share(0.94) or one.disability else ""
        return {
            "name": one.name,
            "sex": one.sex,
            "born": one.born,
            "id_number": number or None,
            "phone": one.phone or None,
            "categories": in_order("person_category", one.tags) or ["none"],
            "ethnicity": "01" if self.chance.share(0.4) else None,
            "education": self._education(one) if self.chance.share(0.5) else None,
            "marital": _marital(home, one),
            "living": _living(home, one),
            "illnesses": in_order("chronic_illness", set(one.illnesses)) or None,
            "medical_insurance": "resident" if self.chance.share(0.8) else None,
            "filed_on": home.filed_on,
            **self._contact(home, one),
            **self._abilities(one, number),
            **self._photo(home),
        }

    def _education(self, one: Resident) -> str | None:
        """Of grown people: 不识字, 小学, 初中 or 高中, by when they were young."""
        if one.age() < 18:
            return None
        old = [("902", 0.32), ("81", 0.45), ("83", 0.13), ("71", 0.1)]
        return self.chance.weighted(old if one.age() > 64 else [("81", 0.3), ("71", 0.5), ("61", 0.2)])

    def _id_number(self, one: Resident) -> str:
        self.order[one.born] += 1
        number = made_up_id(one.born, 200 + self.order[one.born], one.sex)
        slips = told("town")["flaws"]["broken_ids"]
        if self.wrong < slips and one.age() > 60 and self.chance.share(0.01) and not one.disability:
            self.wrong += 1
            return number[:-1] + ("0" if number[-1] != "0" else "1")
        return number

    def _contact(self, home: Home, one: Resident) -> Typed:
        """Whom to ring when something happens: a child of the old, the guardian of a minor."""
        near = next((kin for kin in one.relatives if kin.phone and not kin.died), None)
        if one.age() < 18:
            father = next(iter(one.relatives), None)
            whose = father.name if father else home.head.name
            relation = "父亲" if father or home.head.sex == "男" else "母亲"
            return {"guardian_name": whose, "guardian_relation": relation}
        if near is None:
            return {}
        return {"contact_name": near.name, "contact_relation": near.relation, "contact_phone": near.phone}

    def _abilities(self, one: Resident, number: str) -> Typed:
        given: Typed = {}
        if one.disability:
            kind, grade = one.disability
            given |= {
                "disability_kinds": [kind],
                "disability_grade": grade,
                "disability_card": f"{number}{kind}{grade}",
                "disability_valid_to": self._day(2024, 2033),
            }
        if "tekun" in one.tags or one.disability:
            one.self_care = self.chance.weighted(list(SELF_CARE.items()))
            given["self_care"] = one.self_care
        if 18 <= one.age() < 60:
            given["employment"] = (
                "unable" if one.disability else self.chance.pick(["casual", "farming", "employed"])
            )
        return given

    def _day(self, first: int, last: int) -> str:
        chance = self.chance
        return f"{chance.number(first, last)}-{chance.number(1, 12):02d}-{chance.number(1, 28):02d}"

    def _photo(self, home: Home) -> Typed:
        """Asked once at filing; some did not want it."""
        if not self.chance.share(0.72):
            return {}
        refuses = self.refused < told("town")["flaws"]["refused_photos"] and self.chance.share(0.03)
        self.refused += refuses
        return {"photo_consent": "refused" if refuses else "agreed", "photo_consent_on": home.filed_on}

    def end(self, home: Home) -> None:
        """Enter the deaths, moves and long absences of a family some days after they came about."""
        if home.away_from:
            away = {"away_from": home.away_from, "away_where": home.away_where}
            if home.away_until:
                away["away_until"] = home.away_until
            worker = home.village.worker(home.away_from)
            self.book.change(worker, home.away_from, "16:50", "household", home.id, away)
        for one in home.members:
            day = one.died_on or one.moved_on
            if day and home.filed_on and day > home.filed_on:
                self._ended(home, one, day)
            else:
                one.died_on = one.moved_on = ""

    def _ended(self, home: Home, one: Resident, day: str) -> None:
        entered = workday(add_days(day, self.chance.number(1, 5)))
        if entered < day:
            one.died_on = one.moved_on = ""
            return
        worker, time = home.village.worker(entered), "16:40"
        known: Typed = {"died_on": day}
        if one.moved_on:
            known = {"moved_on": day, "moved_to": self.chance.pick(MOVED_TO)}
        self.book.change(worker, entered, time, "person", one.id, known)
        alone, running = not home.here(day), []
        for id, whose, programme in home.benefits:
            if whose == one.id or (alone and not whose):
                listed: Typed = {"listed_on": day[:7]} if programme in ("tekun", "dibao") else {}
                self.book.change(worker, entered, time, "benefit", id, {"to_day": day[:7], **listed})
            if whose in (one.id, ""):
                running.append(code_list("benefit").label(programme))
        if one.died_on:
            self._report(one, running, worker, entered)
        if alone:
            self.book.change(worker, entered, time, "household", home.id, {"closed_on": entered})

    def _report(self, one: Resident, running: list[str], worker: str, day: str) -> None:
        """What somebody received is to be reported to the township: done within days but for the last."""
        what = f"核实{one.name}去世后有没有待遇要报停"
        if running:
            what = f"把{one.name}去世报给民政办：{'、'.join(running)}"
        due = workday(add_days(day, 3), "2026-07-31")
        typed = {"what": what, "due_on": due, "person": one.id, "worker": worker, "origin": f"died:{one.id}"}
        task = self.book.add(worker, day, "16:40", "task", typed)
        done = add_days(day, self.chance.number(0, 4))
        if done <= LAST:
            self.book.change(worker, done, "17:10", "task", task, {"done_on": done})


MOVED_TO = ("随儿子住到县城", "跟女儿去了外省", "回娘家那边", "住进外县亲戚家", "孩子在外地买了房")


def in_order(codes: str, found: set[str]) -> list[str]:
    """Codes of a set in the order of their list."""
    return sorted(found, key=code_list(codes).order)


def _membership(home: Home, one: Resident) -> Typed:
    return {
        "household": home.id,
        "person": one.id,
        "relation_to_head": code_list("relation").find(one.relation),
        "lives_in": True,
    }


def _marital(home: Home, one: Resident) -> str | None:
    if any(kin.died and kin.relation in ("夫", "妻") for kin in one.relatives):
        return "30"
    if any(other.relation == "妻" for other in home.members) and one.relation in ("户主", "妻"):
        return "20"
    if "tekun" in one.tags or home.sort == "残疾独居":
        return "10"
    return "40" if home.sort == "单亲" and one is home.head else None


def _living(home: Home, one: Resident) -> str | None:
    if len(home.members) == 1:
        return "alone"
    if home.sort == "老夫妻":
        return "spouse"
    return "grandparents" if one.relation in ("孙子", "孙女") else None
