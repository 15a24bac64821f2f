"""What is written on the slip of one call: who was met, how they are, and in some a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.notes import About, Notes
from sgz_desktop.actions.town.people import Home, Resident
from sgz_desktop.actions.town.rounds import Call
from sgz_desktop.actions.town.seasons import BEGUN, festival, tags
from sgz_desktop.domain.days import add_days, days_between

Typed = dict[str, object]
STATES = [("good", 0.26), ("fair", 0.52), ("poor", 0.19), ("bad", 0.03)]
WHY_NOT = {
    "out": 0.3,
    "farm": 0.2,
    "no_answer": 0.26,
    "work": 0.08,
    "hospital": 0.11,
    "refused": 0.02,
    "other": 0.03,
}
BY_PHONE_WHY_NOT = {"no_answer": 0.6, "unreachable": 0.4}
POLICIES = {
    "tekun": ("tekun", "medical"),
    "dibao": ("dibao", "linshi", "medical"),
    "severely_disabled": ("disabled_care", "disabled_living"),
    "left_child": ("left_child", "education"),
    "advanced_age": ("old_age", "medical"),
}
GOODS = {
    "年": ("慰问包一份", "米十斤、油一桶", "棉被一床", "春联和福字", "奶粉一袋"),
    "节": ("重阳糕一盒", "保暖袜两双", "老花镜一副", "血压计一台"),
    "": ("药盒一个", "防滑垫一块", "书包一个", "防暑药一份", "手电一只"),
}
HAZARDS = ("wiring", "fall", "leak", "gas", "alone_night", "hygiene", "structure")
ILL = {
    "hypertension": "高压",
    "diabetes": "糖",
    "heart": "心",
    "stroke": "脑",
    "lung": "肺",
    "arthritis": "关节",
}
NEEDS = [
    ("medical", 4),
    ("care", 3),
    ("policy", 3),
    ("livelihood", 2),
    ("mental", 2),
    ("social", 2),
    ("housing", 1),
]
MOURNING = 240
AGREED_SINCE = "2026-06-07"  # what was agreed before has been kept
MINOR_NEEDS = [("education", 4), ("child", 4), ("mental", 1)]


@dataclass
class Slips:
    """A writer of slips. `names` of what the station offers are ids by "@key"."""

    chance: Chance
    notes: Notes
    names: Mapping[str, str]

    def slip(self, one: Call) -> tuple[Typed, list[tuple[Resident, str]]]:
        """The visit's values and who was met how; the household's ids must be given out."""
        person = self._person(one)
        typed: Typed = {
            "household": one.home.id,
            "person": person.id,
            "date": one.day,
            **one.times,
            "worker": one.worker,
            "mode": "phone" if one.phone else "home",
            "purposes": self._purposes(one),
            "met": one.met,
        }
        if one.day >= BEGUN and self.chance.share(0.9):
            typed["service_item"] = self.names["@item-visit"]
        if not one.phone and self.chance.share(0.22):
            typed["companions"] = self.chance.pick(COMPANIONS).format(place=one.home.village.name)
        if not one.met:
            reasons = BY_PHONE_WHY_NOT if one.phone else WHY_NOT
            typed["not_met_reason"] = self.chance.weighted(list(reasons.items()))
            if self.chance.share(0.3):
                typed["handling"] = self.notes.one("missed", self.about(one, person))
            return typed, []
        typed |= self._seen(one, person) | self._asked(one, person) | self._done(one)
        return typed, self._met(one, person)

    def _person(self, one: Call) -> Resident:
        here = one.home.here(one.day) or one.home.members
        young = [member for member in here if member.age(one.day) < 17]
        disabled = [member for member in here if member.disability and member is not one.home.head]
        if young and self.chance.share(0.4):
            return self.chance.pick(young)
        if disabled and self.chance.share(0.5):
            return disabled[0]
        return here[0]

    def _met(self, one: Call, person: Resident) -> list[tuple[Resident, str]]:
        how = "voice" if one.phone else "met"
        others = [member for member in one.home.here(one.day) if member is not person]
        if one.phone:
            return [(person, how)]
        return [(person, how), *((other, how) for other in others if self.chance.share(0.55))]

    def _purposes(self, one: Call) -> list[str]:
        if one.first:
            return ["survey", "policy"] if self.chance.share(0.4) else ["survey"]
        if festival(one.day) and not one.phone:
            return ["care", "goods"] if self.chance.share(0.6) else ["care"]
        return [self.chance.weighted([("care", 0.55), ("return", 0.2), ("policy", 0.15), ("survey", 0.1)])]

    def _seen(self, one: Call, person: Resident) -> Typed:
        chance, about = self.chance, self.about(one, person)
        typed: Typed = {"change": "none"}
        if chance.share(0.6):
            typed["body_state"] = chance.weighted(STATES)
        if chance.share(0.35):
            typed["mind_state"] = chance.weighted(STATES)
        if chance.share(0.24):
            typed["facts"] = self.notes.long(about)
        elif chance.share(0.3):
            typed["facts"] = self.notes.one("short", about)
        if not one.first and chance.share(0.085) and (told := self.notes.one("changes", about)):
            typed |= {"change": "some", "changes": told}
        if not one.phone and chance.share(0.09):
            typed["hazards"] = [chance.pick(HAZARDS)]
        if chance.share(0.16):
            typed |= self._sorted(person)
        return typed

    def _sorted(self, one: Resident) -> Typed:
        """The page of a category, where it was filled in."""
        chance = self.chance
        if one.age() < 17:
            return {
                "child_school": "attending" if chance.share(0.96) else "often_absent",
                "child_carer": True,
                "child_parents_call": chance.share(0.8),
                "child_safety_taught": True,
            }
        if "tekun" in one.tags:
            return {
                "tekun_basics": True,
                "tekun_treatment": chance.share(0.95),
                "tekun_would_move_in": chance.share(0.07),
            }
        if one.disability:
            return {"disabled_carer": chance.share(0.85), "disabled_rehab": chance.share(0.3)}
        if one.age() >= 65:
            return {
                "elder_medicine": chance.share(0.85),
                "elder_fell": chance.share(0.07),
                "elder_company": chance.share(0.8),
                "elder_contact_works": chance.share(0.92),
            }
        return {}

    def _asked(self, one: Call, person: Resident) -> Typed:
        chance, typed = self.chance, Typed()
        if chance.share(0.4):
            young = person.age(one.day) < 17
            typed["needs"] = (
                ["none"] if chance.share(0.4) else [chance.weighted(MINOR_NEEDS if young else NEEDS)]
            )
        if chance.share(0.055):
            typed["needs_told"] = self.notes.one("needs", self.about(one, person))
        if {"dibao", "tekun"} & person.tags and chance.share(0.5):
            typed["benefits_arrived"] = chance.weighted(
                [("arrived", 0.95), ("late", 0.03), ("checking", 0.02)]
            )
        fitting = [code for tag in sorted(person.tags & POLICIES.keys()) for code in POLICIES[tag]]
        if chance.share(0.2):
            typed["policy_told"] = [chance.pick(fitting or ["medical"])]
        return typed

    def _done(self, one: Call) -> Typed:
        chance, typed, outcomes = self.chance, Typed(), []
        feast = festival(one.day)
        if not one.phone and chance.share(0.5 if feast else 0.04):
            typed["goods"] = chance.pick(GOODS[feast])
            outcomes.append("goods")
        if chance.share(0.065) and (told := self.notes.one("handling", self.about(one, one.home.head))):
            typed["handling"] = told
            outcomes.append(chance.pick(["helped", "advised", "reported"]))
        if one.day > AGREED_SINCE and chance.share(0.06):
            typed["next_on"] = add_days(one.day, chance.number(7, 30))
            outcomes.append("next_visit")
        if not one.phone and chance.share(0.35):
            typed["signature"] = "signature" if chance.share(0.7) else "thumb"
        return typed | ({"outcomes": outcomes} if outcomes else {})

    def about(self, one: Call, person: Resident) -> About:
        """What a note on this call may speak of."""
        home = one.home
        found = tags(one.day) | _tags(home, person, one.day) | ({"电"} if one.phone else set())
        return About(frozenset(found), address(home, person))


COMPANIONS = (
    "{place}村干部",
    "{place}网格员",
    "{place}妇联主席",
    "村医",
    "志愿者",
    "{place}组长",
    "镇民政办同事",
    "实习生",
)


def _tags(home: Home, person: Resident, day: str) -> set[str]:
    head = home.head
    age = person.age(day)
    found = {"社" if home.village.town else "村", "男" if person.sex == "男" else "女"}
    found |= {ILL[code] for code in person.illnesses if code in ILL}
    yes = {
        "老": age >= 60,
        "独": len(home.here(day)) == 1 and age >= 18,
        "伴": any(one.relation == "妻" for one in home.here(day)) and age >= 60 and len(home.here(day)) > 1,
        "童": any(one.age(day) < 16 for one in home.here(day)),
        "隔": home.sort in ("祖孙", "祖母带孙"),
        "残": bool(person.disability and person.disability[1] in "12"),
        "精": bool(person.disability and person.disability[0] == "6" and home.sort == "照料残疾子女"),
        "特": "tekun" in person.tags,
        "低": "dibao" in person.tags,
        "照": home.sort == "照料残疾子女",
        "子": any(kin.relation in ("子", "女") for kin in head.relatives) and age >= 60,
        "孤": "tekun" in person.tags and not head.relatives,
        "丧": any(one.died_on and 0 < days_between(one.died_on, day) < MOURNING for one in home.members),
    }
    return found | {tag for tag, so in yes.items() if so}


NEIGHBOURS = ("婶", "嫂", "大娘", "伯", "叔", "大哥", "姐", "老师", "公")


def address(home: Home, person: Resident) -> dict[str, tuple[str, ...]]:
    """Words for the people and places a note about somebody speaks of."""
    children = [one.name[1:] for one in home.members if one.age() < 16]
    calls: tuple[str, ...] = ("老人", "奶奶", "婆婆", f"{person.name[0]}婆婆")
    if person.age() < 60:
        calls = ("本人",)
    elif person.sex == "男":
        calls = ("大爷", "老人", f"{person.name[0]}伯", f"老{person.name[0]}")
    return {
        "称": calls,
        "孩": tuple(children),
        "邻": tuple(
            dict.fromkeys(
                f"{one}{NEIGHBOURS[(n * 3 + len(home.number)) % 9]}"
                for n, one in enumerate(home.village.surnames)
            )
        ),
        "点": home.village.spots,
        "子": _children(home.head),
    }


def _children(head: Resident) -> tuple[str, ...]:
    """How somebody's grown children are called."""
    found = []
    for sex, relation in (("儿子", "子"), ("女儿", "女")):
        count = sum(one.relation == relation for one in head.relatives)
        found += [sex] if count == 1 else [f"{which}{sex}" for which in "大二小"[:count]] if count else []
    return tuple(found)
