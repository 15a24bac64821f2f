"""Papers of a round: what they hold, in which order, and what never stands on a sheet carried into a home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import agenda, papers_unvisited, papers_visits, people, visits, workbench
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.actions.rounds import Unvisited
from sgz_desktop.domain.fields import Wire
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.reports.values import Handouts, texts
from sgz_desktop.store.store import Store
from sgz_desktop.store.veil import NOTHING
from sgz_desktop.store.write import Write
from tests.proofs.roles_station import CHILD, HIDDEN, HOUSEHOLD, MONTH, OWNER, SECRET, desks, furnish, owner
from tests.reports.reading import pages, solid

PHONE = "13900000218"
DOG, DRUNK = "院里养狗已拴", "邻居酒后骂人"


def home(desk: Desk, village: str, group: str, house: str, head: str, **typed: object) -> Registered:
    member = MemberInput("02", {"name": head, "born": "1950-03-04", "phone": PHONE, "categories": ["dibao"]})
    where = {"village": village, "village_group": group, "house_number": house}
    return people.register_household(desk, {**where, **typed}, [member])


def visit(desk: Desk, family: Registered, day: str, **typed: object) -> None:
    save_form(desk, visits.new_visit(desk, household=family.household), {"date": day, **typed})


@pytest.fixture
def families(desk: Desk) -> list[Registered]:
    """Registered in another order than they are called on."""
    return [
        home(desk, "上溪村", "十组", "1号", "测试丁"),
        home(desk, "上溪村", "三组", "12号", "测试丙"),
        home(desk, "上溪村", "三组", "2号", "测试乙", visit_hint=DOG),
        home(desk, "石桥头村", "一组", "1号", "测试戊"),
    ]


def printed(desk: Desk, families: list[Registered]) -> list[str]:
    return [solid(page) for page in pages(papers_visits.print_preparation(desk, ids(families)))]


def ids(families: list[Registered]) -> list[str]:
    return [one.household for one in families]


def heads(papers: Handouts) -> list[str]:
    """Whose sheet each is, and which is nobody's."""
    return [sheet.subtitle.partition("　")[0] for sheet in papers.sheets]


def test_households_are_called_on_village_by_village(desk: Desk, families: list[Registered]) -> None:
    packet = papers_visits.visit_preparation(desk, ids(families))
    assert heads(packet) == ["测试乙", "测试丙", "测试丁", "测试戊", "只给社工看，不带入户"]
    assert [sheet.number for sheet in packet.sheets][::4] == ["ZB-20260630-1", "ZB-20260630-安全"]
    starts = [page for page in printed(desk, families) if "家里的人" in page]
    assert len(starts) == len(families)  # each begins a page


def test_what_a_family_sheet_says(desk: Desk, families: list[Registered]) -> None:
    family = families[0]
    for month in range(1, 6):
        visit(desk, family, f"2026-0{month}-11", facts=f"第{month}次谈话")
    visit(desk, family, "2026-06-02", met=False, not_met_reason="out", facts="没有人")
    save_form(
        desk, new_form(desk, "task", {"person": family.people[0]}), {"what": "问复查", "due_on": "2026-06-01"}
    )
    save_form(desk, new_form(desk, "task", {"household": family.household}), {"what": "带血压计"})
    done = {"what": "早办完了", "done_on": "2026-06-02"}
    save_form(desk, new_form(desk, "task", {"household": family.household}), done)
    benefit = {"programme": "dibao", "amount": "620", "from_day": "2024-01"}
    save_form(desk, new_form(desk, "benefit", {"person": family.people[0]}), benefit)
    page = "".join(printed(desk, [family]))
    for words in ("测试丁", "上溪村十组", "76岁", "低保对象", "620元", "2024年1月"):
        assert words in page
    assert "元元" not in page
    assert "未遇：外出未归" in page
    assert "第5次谈话" in page
    assert "第4次谈话" in page
    assert "第3次谈话" not in page
    assert "问复查" in page
    assert "带血压计" in page
    assert "早办完了" not in page
    for asked in ("服务日期", "看到、听到（只写事实）", "说出的需要", "受访人（或指印）", "近期跌倒"):
        assert asked in page
    assert "在校情况" not in page  # nobody there is a child


def test_what_a_report_of_harm_asks_for_is_not_carried_into_a_home(
    desk: Desk, families: list[Registered]
) -> None:
    """Not even as a task of its own, whoever is suspected."""
    family = families[0]
    report = {"person": family.people[0], "found_on": "2026-06-29"}
    save_form(desk, new_form(desk, "mandatory_report", report), {})
    (item,) = [one for one in agenda.agenda(desk).late if one.kind == "mandatory_report"]
    agenda.move_item(desk, item, 1)
    assert [one.what for one in workbench.workbench(desk).tasks if one.id] == [item.what]
    assert item.what not in "".join(texts(papers_visits.visit_preparation(desk, [family.household])))


def test_no_number_of_anybody_is_carried_into_a_home(desk: Desk, families: list[Registered]) -> None:
    page = "".join(printed(desk, families))
    assert PHONE not in page
    assert "12号" not in page


def test_what_workers_must_mind_stands_on_pages_of_its_own(desk: Desk, families: list[Registered]) -> None:
    visit(desk, families[3], "2026-06-02", safety_note=DRUNK, judgement="判断不外露")
    found = printed(desk, families)
    own = [page for page in found if "上门安全提示" in page]
    assert own == found[-1:]
    assert "只给社工看，不带入户" in own[0]
    assert all(words in own[0] for words in (DOG, DRUNK, "测试乙", "测试戊"))
    assert "家里的人" not in own[0]
    for page in found[:-1]:
        assert not any(words in page for words in (DOG, DRUNK, "判断不外露"))


def test_nothing_to_mind_needs_no_page(desk: Desk, families: list[Registered]) -> None:
    assert heads(papers_visits.visit_preparation(desk, ids(families[:1]))) == ["测试丁"]


def test_an_injury_seen_is_not_told_where_the_family_reads_it(desk: Desk, families: list[Registered]) -> None:
    visit(desk, families[0], "2026-06-02", child_injury=True, facts="手臂有青紫")
    page = "".join(printed(desk, families[:1]))
    assert "青紫" not in page
    assert "2026年6月2日" in page


def test_the_list_names_whom_to_call_on_by_village(desk: Desk, families: list[Registered]) -> None:
    visit(desk, families[1], desk.today())
    found = papers_unvisited.unvisited_paper(desk, ids(families), desk.today()[:7])
    told = list(texts(found))
    assert PHONE not in told
    assert "测试丙" not in told  # reached today
    assert (
        told.index("上溪村　2户") < told.index("测试乙") < told.index("测试丁") < told.index("石桥头村　1户")
    )
    assert DOG not in "".join(told)
    with_phones = papers_unvisited.print_unvisited(desk, ids(families), desk.today()[:7], True)
    assert PHONE in solid("".join(pages(with_phones)))
    assert (
        list(texts(papers_unvisited.unvisited_paper(desk, [families[3].household], desk.today()[:7]))).count(
            "测试乙"
        )
        == 0
    )


def test_a_day_long_past_keeps_to_its_narrow_column() -> None:
    row = Unvisited("h", "户A0001", "上溪村", "一组", "", "测试乙", (), "2025-08-28", "2025-09-26", 277)
    assert papers_unvisited._due(row, "2026-06-30") == "9月26日\n已过277天"
    assert papers_unvisited._due(replace(row, due="2026-07-02", late=0), "2026-06-30") == "7月2日"
    assert papers_unvisited._due(replace(row, due="", late=0), "2026-06-30") == "尽快"


def test_nobody_chosen_and_nobody_known(desk: Desk) -> None:
    for wanted in ([], ["nobody"]):
        with pytest.raises(AppError, match="没有选定要走访的户"):
            papers_visits.print_preparation(desk, wanted)
    empty = papers_unvisited.print_unvisited(desk, [], "2026-06")
    assert "这个月该去的都联系到了" in solid("".join(pages(empty)))


def test_printing_can_be_cancelled_and_is_the_same_twice(desk: Desk, families: list[Registered]) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        papers_visits.print_preparation(desk, ids(families), stop)
    once, twice = (papers_visits.print_preparation(desk, ids(families)) for _ in range(2))
    assert once == twice


def test_a_character_no_font_has_is_named(desk: Desk) -> None:
    strange = home(desk, "上溪村", "一组", "1号", "测试\ue123")
    assert papers_visits.unprintable_visits(desk, [strange.household]) == ["\ue123"]
    plain = home(desk, "上溪村", "一组", "2号", "测试㒢")
    assert papers_visits.unprintable_visits(desk, [plain.household]) == []


# What is kept from the guardian


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    """The hidden case of the proofs, and a report whose case nobody has marked yet."""
    store = make_store(now=lambda: 1_782_800_000_000)  # 2026-06-30
    furnish(store)
    plant(store, SECRET)
    return store


REPORT, SUSPECT_CASE = "r-suspect", "c-suspect"


def plant(store: Store, word: str) -> None:
    """The word in everything that could tell a guardian: below the hidden case and around the report."""
    told: dict[str, Wire] = {"facts": word, "changes": word, "handling": word, "safety_note": word}
    about: dict[str, Wire] = {"household": HOUSEHOLD, "person": CHILD, "worker": OWNER[1]}
    report: dict[str, Wire] = {"facts": word, "place": word, "protection": word, "result": word}
    case: dict[str, Wire] = {"client": CHILD, "household": HOUSEHOLD, "worker": OWNER[1], "topic": word}
    task: dict[str, Wire] = {"what": word, "note": word, "due_on": "2026-06-20"}
    parts = [
        Write("case", SUSPECT_CASE, {**case, "stage": "plan", "opened_on": "2026-06-01"}),
        Write(
            "mandatory_report",
            REPORT,
            {
                **report,
                "person": CHILD,
                "household": HOUSEHOLD,
                "guardian_suspect": True,
                "case": SUSPECT_CASE,
            },
        ),
        Write("report_call", f"{REPORT}-call", {"report": REPORT, "unit": word, "answer": word}),
        Write("task", f"t-origin-{word}", {**task, "person": CHILD, "origin": f"report:{REPORT}"}),
    ]
    for case_id in (HIDDEN, SUSPECT_CASE):
        own: dict[str, Wire] = {"case": case_id, "date": "2026-06-28"}
        parts += [
            Write("visit", f"v-{case_id}-{word}", {**own, **about, **told, "met": True}),
            Write("session", f"s-{case_id}-{word}", {**own, "facts": word, "aim": word}),
            Write("task", f"t-{case_id}-{word}", {**task, "case": case_id}),
            Write("task", f"u-{case_id}-{word}", {**task, "case": case_id, "person": CHILD}),
        ]
    store.write(lambda session: owner(store).record(session, "", parts))


def everything(desk: Desk) -> list[str]:
    """All the words of the papers a worker can print of the household, sheet by sheet."""
    found = [
        papers_visits.visit_preparation(desk, [HOUSEHOLD]),
        papers_unvisited.unvisited_paper(desk, [HOUSEHOLD], MONTH, True),
        papers_unvisited.unvisited_paper(desk, [HOUSEHOLD], "2026-12", True),
    ]
    return ["".join(texts(packet)) for packet in found]


def who(store: Store) -> list[Desk]:
    """The hidden case's own worker, the head, and another worker."""
    return [owner(store), desks(store)[HEAD], desks(store)[WORKER]]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(word=st.text(alphabet="鹧鸪霜降鹡鸰谷雨芒种", min_size=5, max_size=8))
def test_no_word_of_a_hidden_case_or_report_is_on_any_paper_of_a_round(store: Store, word: str) -> None:
    plant(store, word)
    for desk in who(store):
        for paper in everything(desk):
            assert "陈小豆" in paper or "陈大山" in paper or "都联系到了" in paper
            assert word not in paper
            assert SECRET not in paper


def test_nor_in_the_files_themselves(store: Store) -> None:
    for desk in who(store):
        found = papers_visits.print_preparation(desk, [HOUSEHOLD])
        assert SECRET not in solid("".join(pages(found)))


def test_control_without_the_veil_it_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "kept_back", lambda self, worker: NOTHING)
    sheets = papers_visits.visit_preparation(owner(store), [HOUSEHOLD]).sheets
    family, safety = "".join(texts(sheets[0])), "".join(texts(sheets[-1]))
    assert SECRET in family
    assert SECRET in safety
