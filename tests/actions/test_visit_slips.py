"""Slips saved as visits: one edit each, presence only of whom was seen, altered and undone in place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sgz_desktop.actions import cases, forms, people, visit_slips, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.domain.clashes import AFTER_DEATH, BEFORE_BIRTH, BEFORE_CASE
from sgz_desktop.domain.slip_paste import read_paste
from sgz_desktop.domain.visit_slips import FAMILY, NO_CASE, NOBODY, SELF, Slip
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import log

TODAY = "2026-06-30"


def household(desk: Desk, name: str, village: str = "上溪村", **typed: object) -> tuple[str, str]:
    """A household of one; (person, household)."""
    made = people.register_household(
        desk, {"village": village}, [MemberInput("02", {"name": name, **({"born": "1950-03-02"} | typed)})]
    )
    return made.people[0], made.household


@pytest.fixture
def person(desk: Desk) -> str:
    return household(desk, "韦甲成")[0]


def slip(person: str, **values: str) -> Slip:
    return replace(
        Slip("2026-06-29", "上溪村", person, "韦甲成", "home", SELF, "", "none", "", "乙社工", "care"),
        **values,
    )


def save(desk: Desk, slip: Slip, on_file: forms.Form | None = None) -> visit_slips.SavedSlip:
    return visit_slips.save_slip(desk, on_file.id if on_file else desk.ids(), slip, on_file)


def seen(desk: Desk, visit: str) -> list[tuple[object, object]]:
    rows = forms.form(desk, visit, "visit").rows["presences"]
    return [(row.values["person"], row.values.get("mode")) for row in rows]


def edits(desk: Desk) -> int:
    return int(
        desk.read(lambda session: session.connection.execute("SELECT count(*) FROM edit").fetchone()[0])
    )


def test_a_slip_becomes_a_visit_and_a_presence_in_one_edit(desk: Desk, person: str) -> None:
    before = edits(desk)
    saved = save(desk, slip(person, words="药已领"))
    assert edits(desk) == before + 1
    assert saved.slip == slip(person, words="药已领")
    assert saved.doubts == ()
    assert saved.form.values["worker"] == desk.user
    assert saved.form.values["household"]
    assert seen(desk, saved.form.id) == [(person, "met")]


def test_the_day_of_entry_is_kept_beside_the_day_of_the_visit(desk: Desk, person: str) -> None:
    saved = save(desk, slip(person, day="2025-12-03"))
    day, clock, worker = saved.entered
    assert (day, worker) == (TODAY, desk.user)
    assert len(clock) == 5
    assert saved.form.values["date"] == "2025-12-03"


def test_nobody_met_counts_nobody_and_family_speaks_for_the_person(desk: Desk, person: str) -> None:
    missed = save(desk, slip(person, met=NOBODY, reason="out", change=""))
    assert seen(desk, missed.form.id) == []
    assert missed.form.values["met"] is False
    family = save(desk, slip(person, met=FAMILY, day="2026-06-28"))
    assert seen(desk, family.form.id) == [(person, "proxy")]


def test_an_altered_slip_writes_what_was_altered(desk: Desk, person: str) -> None:
    first = save(desk, slip(person))
    changed = save(
        desk, replace(first.slip, met=NOBODY, reason="hospital", change="", words="住院"), first.form
    )
    assert changed.form.id == first.form.id
    assert seen(desk, first.form.id) == []
    assert changed.slip.words == "住院"
    back = save(desk, first.slip, changed.form)
    assert back.slip == first.slip
    assert seen(desk, first.form.id) == [(person, "met")]
    before = edits(desk)
    save(desk, back.slip, back.form)
    assert edits(desk) == before


def test_the_wrong_person_is_put_right_with_household_and_presence(desk: Desk, person: str) -> None:
    other, home = household(desk, "梁乙凤", "石桥头村")
    first = save(desk, slip(person))
    right = save(desk, replace(first.slip, person=other, name="梁乙凤"), first.form)
    assert (right.form.values["person"], right.form.values["household"]) == (other, home)
    assert seen(desk, first.form.id) == [(other, "met")]
    assert right.slip.village == "石桥头村"


def test_others_seen_on_the_visit_stay_when_a_slip_is_altered(desk: Desk, person: str) -> None:
    other, _ = household(desk, "梁乙凤")
    first = save(desk, slip(person))
    forms.save_form(desk, first.form, {}, {"presences": [RowInput("", {"person": other})]})
    now = visit_slips.read_slips(desk, [first.form.id])[first.form.id]
    save(desk, replace(now.slip, met=FAMILY), now.form)
    assert sorted(seen(desk, first.form.id), key=str) == sorted([(person, "proxy"), (other, None)], key=str)


def test_saved_once_more_after_a_commit_nobody_heard_of_it_is_one_visit(desk: Desk, person: str) -> None:
    id = desk.ids()
    for _ in range(2):
        visit_slips.save_slip(desk, id, slip(person))
    assert len(visits.list_visits(desk)) == 1
    assert seen(desk, id) == [(person, "met")]


def test_undone_it_is_gone_or_as_before(desk: Desk, person: str) -> None:
    first = save(desk, slip(person))
    second = save(desk, replace(first.slip, words="药已领"), first.form)
    again = visit_slips.undo_slip(desk, second.form, first.slip)
    assert again is not None
    assert again.slip == first.slip
    assert visit_slips.undo_slip(desk, again.form, None) is None
    assert visits.list_visits(desk) == []
    assert visit_slips.read_slips(desk, [first.form.id]) == {}


def test_a_visit_deleted_meanwhile_is_not_written_to(desk: Desk, person: str) -> None:
    saved = save(desk, slip(person))
    forms.delete_record(desk, saved.form.id, "visit", "重复", saved.form.seen)
    before = edits(desk)
    with pytest.raises(AppError, match="已被删除"):
        save(desk, replace(saved.slip, words="药已领"), saved.form)
    assert edits(desk) == before


def test_a_day_still_to_come_is_refused_and_nothing_is_written(desk: Desk, person: str) -> None:
    before = desk.read(log.digest)
    with pytest.raises(FormRefused) as refused:
        save(desk, slip(person, day="2026-07-01"))
    assert refused.value.problems[0].sentence == "服务日期晚于今天，请核对。"
    assert desk.read(log.digest) == before


def test_twice_on_one_day_is_marked_and_not_refused(desk: Desk, person: str) -> None:
    first = save(desk, slip(person))
    second = save(desk, slip(person))
    assert second.twin == first.form.id
    assert second.doubts == (f"韦甲成6月29日已有一条走访（{desk.user}）。",)
    forms.delete_record(desk, first.form.id, "visit", "重复记录", first.form.seen)
    assert visit_slips.read_slips(desk, [second.form.id])[second.form.id].doubts == ()


def test_a_visit_before_birth_or_after_death_is_marked(desk: Desk) -> None:
    early, _ = household(desk, "覃庚田", born="2026-06-20")
    assert save(desk, slip(early, day="2026-06-19")).doubts == (BEFORE_BIRTH,)
    late, _ = household(desk, "覃丙莲", died_on="2026-06-01")
    assert save(desk, slip(late)).doubts == (AFTER_DEATH,)
    assert save(desk, slip(late, day="2026-05-31")).doubts == ()
    assert save(desk, slip(late, day="2026-06-28", met=NOBODY, reason="dead", change="")).doubts == ()


def test_only_a_slip_for_casework_serves_the_case(desk: Desk, person: str) -> None:
    assert save(desk, slip(person, purposes="case", day="2026-06-01")).doubts == (NO_CASE,)
    case = cases.open_case(desk, person=person)
    assert "case" not in save(desk, slip(person)).form.values
    served = save(desk, slip(person, purposes="care,case", day="2026-06-28"))
    assert served.form.values["case"] == case
    assert served.doubts == (BEFORE_CASE,)
    now = save(desk, slip(person, day="2026-06-27"))
    later = save(desk, replace(now.slip, purposes="case", day=TODAY), now.form)
    assert later.form.values["case"] == case
    assert later.doubts == ()


def test_the_village_of_the_slip_comes_first(desk: Desk) -> None:
    for village in ("荷塘村", "茶岭村", "上溪村"):
        household(desk, "吴癸枝", village)
    for village in ("茶岭村", "上溪村", "荷塘村"):
        found = visit_slips.find_slip_people(desk, "wgz", village)
        assert len(found) == 3
        assert found[0].village == village
    assert all(one.waits for one in found)
    save(desk, slip(found[0].id, day=TODAY))
    assert [one.waits for one in visit_slips.find_slip_people(desk, "wgz", "荷塘村")] == [False, True, True]


def test_forty_pasted_lines_find_their_people(desk: Desk) -> None:
    made = people.register_household(
        desk,
        {"village": "上溪村"},
        [
            MemberInput("20", {"name": f"韦{one}{two}"})
            for one in "甲乙丙丁"
            for two in "一二三四五六七八九十"
        ],
    )
    household(desk, "韦甲一", "石桥头村")
    lines = "".join(
        f"6.29\t上溪村\t韦{one}{two}\t本人\t无\n" for one in "甲乙丙丁" for two in "一二三四五六七八九十"
    )
    steps: list[tuple[int, int]] = []
    found = visit_slips.resolve_slips(
        desk, read_paste("日期\t村\t姓名\t见到\t变化\n" + lines, TODAY), lambda at, of: steps.append((at, of))
    )
    assert [one.pasted.slip.person for one in found] == list(made.people)
    assert steps[-1] == (40, 40)


def test_a_name_of_two_people_is_left_to_be_chosen_and_a_strange_one_is_nobody(desk: Desk) -> None:
    for village in ("荷塘村", "茶岭村"):
        household(desk, "吴癸枝", village)
    text = "村\t姓名\t见到\n上溪村\t吴癸枝\t本人\n茶岭村\t吴癸枝\t本人\n\t吴\t本人\n"
    two, one, nobody = visit_slips.resolve_slips(desk, read_paste(text, TODAY))
    assert (len(two.people), two.pasted.slip.person) == (2, "")
    assert [person.id for person in one.people] == [one.pasted.slip.person]
    assert (nobody.people, nobody.pasted.slip.person) == ((), "")


def test_looking_for_the_people_of_a_paste_can_be_stopped(desk: Desk, person: str) -> None:
    def stop(_at: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        visit_slips.resolve_slips(desk, read_paste("姓名\t见到\n韦甲成\t本人\n", TODAY), stop)
