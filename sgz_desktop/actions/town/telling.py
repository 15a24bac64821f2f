"""The whole town: plan it, then write it. Where the parts of the plan meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sgz_desktop.actions.practice_story_people import Member
from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.actions.practice_story_village import Filed
from sgz_desktop.actions.town import lives, outlines, people, rounds, year
from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.cases import Cases
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.desk import DeskWork
from sgz_desktop.actions.town.filing import Files
from sgz_desktop.actions.town.notes import Notes
from sgz_desktop.actions.town.rounds import Agenda, Call
from sgz_desktop.actions.town.seasons import FIRST
from sgz_desktop.actions.town.slips import Slips
from sgz_desktop.actions.town.words import told, village
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.days import earliest

Progress = Callable[[str], None]


def tell(story: Teller, filed: Sequence[Filed], progress: Progress) -> None:
    """Tell the town around the small village, whose households are on file already."""
    book = plan(story, filed)
    for worker in story.desks:
        story.by(worker).on(FIRST).record([])  # each says who they are before their first entry
    book.write(progress)


def plan(story: Teller, filed: Sequence[Filed]) -> Book:
    """All that is to be entered. Nothing is written yet."""
    book, agenda, small = Book(story), Agenda(), [_small(one) for one in filed]
    agenda.busy |= story.days
    families = people.Families()
    homes = families.many()
    cases = outlines.outlines(families)
    homes += [one.home for one in cases if "reopens" not in one.told]
    lives.live(homes)
    outlines.befall(cases)
    outlines.reserve(cases, agenda)
    files, diary = Files(book, Chance("青禾镇的档案")), year.begin(book, agenda)
    _rounds(book, files, agenda, [*homes, *small], diary.names)
    for home in homes:
        files.end(home)
    Cases(book, diary.names["@item-case"], diary.names["@item-aid"]).write(cases)
    DeskWork(book, Chance("青禾镇的办公桌"), homes, agenda, diary.names).write()
    year.write(diary, homes)
    return book


def _rounds(
    book: Book, files: Files, agenda: Agenda, homes: Sequence[people.Home], names: Mapping[str, str]
) -> None:
    calls = list(rounds.Rounds(homes, agenda).calls())
    slips = Slips(Chance("青禾镇的走访单"), Notes(Chance("青禾镇的话")), names)
    late = _late(calls)
    clashing = rounds.clash(calls)
    for place, one in enumerate(calls):
        day, time = rounds.entered(one, late.get(place, 0))
        if one.first and not one.home.id:
            files.put(one.home, one.worker, one.day, "18:00")
        typed, met = slips.slip(one)
        if clashing and one is clashing[1]:
            typed |= clashing[0].times
        visit = book.add(one.worker, day, time, "visit", typed)
        one.home.visits.append((one.day, visit))
        for person, how in met:
            book.add(one.worker, day, time, "presence", {"occasion": visit, "person": person.id, "mode": how})


def _late(calls: Sequence[Call]) -> dict[int, int]:
    """Places of the calls that were entered weeks later, and how many days."""
    chance = Chance("补录")
    able = [n for n, one in enumerate(calls) if not one.first and one.day < "2026-05"]
    return {n: chance.number(13, 41) for n in chance.some(able, told("town")["flaws"]["late"])}


def _small(one: Filed) -> people.Home:
    """A household of the small village as the rounds know it."""
    members = [
        people.Resident(member.name, member.sex, earliest(member.born), member.relation, id, _tags(member))
        for id, member in zip(one.people, one.house.members, strict=True)
    ]
    house = one.house
    home = people.Home("小村", village(house.village), house.group, house.number, members, one.id)
    home.due_on = home.filed_on = "2026-01-05"
    return home


def _tags(member: Member) -> set[str]:
    found = (code_list("person_category").find(word) for word in member.categories.split("、"))
    return {code for code in found if code}
