"""The practice station: made up, fixed, told through actions, and told only as far as the facts go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import agenda, cases, figures, find, papers, practice
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.actions.practice_story_teller import NO_COUNTY
from sgz_desktop.actions.records_file import export_records, import_records
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodeKind, CodesKind, RefKind, split_codes
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import problems, questions
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Verdict
from sgz_desktop.store import log, read
from sgz_desktop.store.migrations.versions import (
    m0002_desk,
    m0003_assistance,
    m0004_following,
    m0005_signing,
    m0006_papers,
    m0007_station,
    m0008_exchange,
)
from sgz_desktop.vault.stretch import Argon2Params

PASSPHRASE = "tavo-mesi-luda-4821"
CHEAP = Argon2Params(32, 1, 1)
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="module")
def told(state: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStation]:
    folder = tmp_path_factory.mktemp("practice") / "store"
    station = practice.build_practice(folder, PASSPHRASE, town=False)
    yield station
    station.close()


@pytest.fixture(scope="module")
def lines(told: OpenStation, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    path = tmp_path_factory.mktemp("out") / "practice.ndjson"
    export_records(told.desk, path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def of_kind(lines: Lines, kind: str, **wanted: Any) -> Lines:
    found = [line for line in lines if line["record"] == kind]
    return [
        line for line in found if all(line["values"].get(name) == value for name, value in wanted.items())
    ]


def one(lines: Lines, kind: str, **wanted: Any) -> dict[str, Any]:
    (line,) = of_kind(lines, kind, **wanted)
    return {**line["values"], "id": line["id"]}


def test_two_builds_are_the_same(told: OpenStation, tmp_path: Path) -> None:
    again = practice.build_practice(tmp_path / "elsewhere", PASSPHRASE, town=False)
    for name, station in (("a", told), ("b", again)):
        export_records(station.desk, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert told.desk.read(log.digest) == again.desk.read(log.digest)
    assert told.desk.read(log.history_digest) != again.desk.read(log.history_digest)
    again.close()


def test_it_keeps_its_own_time_and_both_workers_get_in(told: OpenStation, state: None) -> None:
    assert told.desk.today() == "2026-06-30"
    assert told.desk.practice
    folder = told.folder
    assert [slot.user for slot in told.slots.workers] == ["李小禾", "周望川"]
    told.close()
    other = practice.open_practice(folder, "周望川", PASSPHRASE)
    assert (other.desk.today(), other.notices) == ("2026-06-30", [])
    other.close()
    reopened = practice.open_practice(folder, "李小禾", PASSPHRASE)
    told.__dict__.update(reopened.__dict__)


def test_it_looks_like_a_station(lines: Lines) -> None:
    visits = of_kind(lines, "visit")
    assert len(of_kind(lines, "person")) >= 55
    assert len(of_kind(lines, "household")) >= 25
    assert len({line["values"]["village"] for line in of_kind(lines, "household")}) == 6
    assert {line["values"]["date"][:7] for line in visits} == {f"2026-0{month}" for month in range(1, 7)}
    assert len([line for line in visits if line["values"].get("met") is False]) >= 5
    assert {line["values"]["worker"] for line in visits} == {"李小禾", "周望川"}
    open_tasks = [line["values"] for line in of_kind(lines, "task") if "done_on" not in line["values"]]
    assert any(task["due_on"] < "2026-06-30" for task in open_tasks)
    assert any(task["due_on"] > "2026-06-30" for task in open_tasks)
    assert len(of_kind(lines, "benefit")) >= 20
    assert all(line["values"].get("head") for line in of_kind(lines, "household"))


def test_nothing_in_it_can_be_a_real_person(lines: Lines) -> None:
    people = [line["values"] for line in of_kind(lines, "person")]
    numbers = [person["id_number"] for person in people if "id_number" in person]
    text = json.dumps(lines, ensure_ascii=False)
    assert len(numbers) > 40
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith(NO_COUNTY) for number in numbers)
    assert set(re.findall(r"(?<!\d)1\d{10}(?!\d)", text)) == set(re.findall(r"1380000\d{4}", text))
    for real in ("老陈", "小陈", "南靖", "船场", "九如城", "漳州", "福建"):
        assert real not in text


def test_every_code_is_known_and_only_the_slip_is_doubtful(told: OpenStation, lines: Lines) -> None:
    doubtful, unknown = [], []
    for line in lines:
        kind = BY_KIND[line["record"]]
        for name, value in line["values"].items():
            asked = questions(kind)[name].kind
            codes = split_codes(value) if isinstance(asked, CodesKind) else [value]
            if isinstance(asked, CodeKind):
                unknown += [(name, code) for code in codes if code not in code_list(asked.codes)]
        record = told.desk.read(lambda session, kind=kind, line=line: read.get(session, kind, line["id"]))
        doubtful += [(record.name, found.field) for found in problems(record, "2026-06-30")]
    assert unknown == []
    assert doubtful == [("章回目", "id_number")]


def test_every_reference_leads_somewhere(lines: Lines) -> None:
    known = {line["id"] for line in lines}
    for line in lines:
        for name, value in line["values"].items():
            if isinstance(questions(BY_KIND[line["record"]])[name].kind, RefKind):
                assert value in known, (line["record"], name)


def test_a_rare_character_is_found(told: OpenStation, lines: Lines) -> None:
    assert one(lines, "person", name="石𤩽")
    assert [hit.name for hit in find.find_people(told.desk, "石𤩽")] == ["石𤩽"]


# The family at the door: as far as the facts go, and no further.

UNKNOWN_OF_BOTH = {
    "disability_card",
    "disability_kinds",
    "disability_grade",
    "disability_confirmed_none",
    "monthly_income",
    "income_sources",
    "basic_pension",
    "property_within_limit",
    "obligors_confirmed_none",
    "id_number",
}


def test_the_door_family_is_told_as_the_facts_stand(lines: Lines) -> None:
    father, daughter = one(lines, "person", name="覃厚土"), one(lines, "person", name="覃晚晴")
    assert not UNKNOWN_OF_BOTH & {*father, *daughter}
    assert not {"marital", "born"} & set(daughter)
    assert (father["born"], daughter["self_care"], daughter["illnesses"]) == ("1962", "lost", "stroke")
    case = one(lines, "case", client=daughter["id"])
    door = next(line for line in lines if line["id"] == case["found_in"])["values"]
    assert "case" not in door
    assert "policy" in door["purposes"]
    assert case["stage"] == "intervention"
    assert (case["opened_on"], case["source"]) == ("2026-03-19", "visit")
    assessment = one(lines, "assessment", case=case["id"])
    assert {assessment[name] for name in assessment if name.startswith("self_care_")} == {"not_done"}
    assert len([name for name in assessment if name.startswith("self_care_")]) == 6
    assert not of_kind(lines, "evaluation", case=case["id"])
    assert not of_kind(lines, "closure", case=case["id"])


def test_what_is_decided_and_who_else_owes_support_stays_open(lines: Lines) -> None:
    daughter, father = one(lines, "person", name="覃晚晴"), one(lines, "person", name="覃厚土")
    application = one(lines, "application", person=daughter["id"])
    assert application["programme"] == "tekun"
    assert not {"result", "result_on", "amount", "accepted_on", "pays_from", "household"} & set(application)
    benefit = one(lines, "benefit", household=one(lines, "household", head=father["id"])["id"])
    assert (benefit["programme"], "amount" in benefit, "from_day" in benefit) == ("dibao", False, False)
    obligors = [line["values"] for line in of_kind(lines, "obligor", person=daughter["id"])]
    assert [(one["duty"], one.get("situation")) for one in obligors] == [
        ("parent", "unable"),
        ("spouse", None),
    ]
    assert "who" not in obligors[1]
    assert "who_name" not in obligors[1]


def test_a_place_and_a_job_come_of_it(lines: Lines) -> None:
    daughter, father = one(lines, "person", name="覃晚晴"), one(lines, "person", name="覃厚土")
    place, job = one(lines, "referral", person=daughter["id"]), one(lines, "referral", person=father["id"])
    assert (place["placed_on"], place["receiver_sort"], place["outcome"]) == (
        "2026-06-16",
        "welfare_centre",
        "placed",
    )
    assert (job["job_title"], job["income_change_told"], "job_wage" in job) == ("保洁", True, False)


def test_visits_that_serve_its_goals_count_once(told: OpenStation, lines: Lines) -> None:
    case = one(lines, "case", client=one(lines, "person", name="覃晚晴")["id"])["id"]
    serving = of_kind(lines, "visit", case=case)
    progress = {line["values"]["occasion"] for line in of_kind(lines, "goal_progress")}
    assert len(serving) == 2
    assert {line["id"] for line in serving} <= progress
    june = {(row.code, row.part): row for row in figures.indicators(told.desk, "2026-06")}
    served = [line["id"] for line in serving if line["values"]["date"].startswith("2026-06")]
    assert len(served) == 1
    assert served[0] in june["C02", "sessions"].ids
    assert served[0] in june["V01", "households"].ids
    assert june["J03", "placed"].value == 1
    assert june["J03", "jobs"].value == 1
    assert june["C04", ""].value == 2


# The closed case: every paper filled.

LEFT_OPEN = {
    "case": {"reopens"},
    "intake": {"decline_reason"},
    "consent": {"withdrawn_on", "withdrawn_what"},
    "plan": set(),
    "assessment": set(),
    "goal": set(),
    "step": set(),
    "need": set(),
    "scale_score": set(),
    "visit": {"not_met_reason"},
    "session": set(),
    "application": {"household", "support_form"},
    "paper_item": set(),
    "referral": {"placed_on", "placed_at"},
    "evaluation": set(),
    "goal_result": set(),
    "closure": set(),
    "followup": {"reopen_reason"},
    "goal_progress": set(),
    "presence": set(),
    "case_move": {"reason"},
    "household": {"closed_on"},
    "membership": {"to_day"},
    "benefit": {"household", "to_day"},
    "obligor": {"who_name"},
    "person": {"died_on", "moved_on", "moved_to", "closed_on", "closed_reason", "obligors_confirmed_none"}
    | {"disability_confirmed_none"},
}
NOT_OF_A_CASE = {"device", "worker", "redaction", "attachment", "task", *m0007_station.KINDS}
NOT_TOLD_YET = {
    *m0002_desk.KINDS,
    *m0004_following.KINDS,
    *m0006_papers.KINDS,
}  # kinds and fields the stories do not use so far


def belonging(lines: Lines, client: str) -> Lines:
    """The client, the household and every record that leads to them."""
    found = {client} | {line["values"]["household"] for line in of_kind(lines, "membership", person=client)}
    before: set[str] = set()
    while before != found:
        before = set(found)
        found |= {
            line["values"]["person"]
            for line in of_kind(lines, "membership")
            if line["values"]["household"] in found
        }
        found |= {line["id"] for line in lines if line["record"] != "membership" and before & refs(line)} | {
            line["id"] for line in of_kind(lines, "membership") if line["values"]["household"] in found
        }
    return [line for line in lines if line["id"] in found]


def refs(line: dict[str, Any]) -> set[str]:
    asked = questions(BY_KIND[line["record"]])
    return {str(value) for name, value in line["values"].items() if isinstance(asked[name].kind, RefKind)}


def test_the_closed_case_fills_every_field_of_every_paper(told: OpenStation, lines: Lines) -> None:
    client = one(lines, "person", name="童木兰")["id"]
    case = one(lines, "case", client=client)
    own = belonging(lines, client)
    assert (case["stage"], case["closed_on"]) == ("closed", "2026-05-20")
    assert {kind.KIND for kind in RECORDS} - NOT_OF_A_CASE - NOT_TOLD_YET == set(LEFT_OPEN)
    for kind, left_open in LEFT_OPEN.items():
        filled = {name for line in of_kind(own, kind) for name in line["values"]}
        newer = [*m0002_desk.FIELDS, *m0003_assistance.FIELDS, *m0004_following.FIELDS]
        newer += [*m0005_signing.FIELDS, *m0007_station.FIELDS, *m0008_exchange.FIELDS]
        later = {field for of, field, *_ in newer if of == kind}
        assert set(questions(BY_KIND[kind])) - filled - later == left_open, kind
    assert len(of_kind(own, "goal")) == 4
    assert len(of_kind(own, "session", case=case["id"])) == 4
    assert len(of_kind(own, "visit", case=case["id"])) == 2
    page = cases.case_page(told.desk, case["id"])
    assert page.missing == ()
    assert not page.open


def test_its_goals_are_served_and_judged(lines: Lines) -> None:
    goals = {
        line["id"] for line in of_kind(belonging(lines, one(lines, "person", name="童木兰")["id"]), "goal")
    }
    assert {line["values"]["goal"] for line in of_kind(lines, "goal_progress")} >= goals
    assert {line["values"]["goal"] for line in of_kind(lines, "goal_result")} == goals


def test_practice_data_stays_out_of_a_station(told: OpenStation, tmp_path: Path) -> None:
    export_records(told.desk, tmp_path / "practice.ndjson")
    real = create_station(tmp_path / "store", "测试站", "试验甲", PASSPHRASE, params=CHEAP)
    with pytest.raises(AppError, match="这是练习站的资料，不能导入社工站"):
        import_records(real.desk, tmp_path / "practice.ndjson")
    export_records(real.desk, tmp_path / "real.ndjson")
    with pytest.raises(AppError, match="这是社工站的资料，不能导入练习站"):
        import_records(told.desk, tmp_path / "real.ndjson")
    real.close()


def test_applications_name_the_rules_they_were_compared_with(told: OpenStation, lines: Lines) -> None:
    """By the pack shipped and the standards of the place, so that the sheet of each draws its conditions."""
    found = [line["values"] for line in of_kind(lines, "application") if "verdict" in line["values"]]
    assert len(found) == 4
    assert {one["policy_pack"] for one in found} == {"国家规定-2026.1（本地修改）"}
    here = told.desk.read(lambda session: rules_of(session, told.desk.today()))
    assert {one["policy_pack_sha256"] for one in found} <= {rule.pack.sha256 for rule in here}
    assert {one["policy_pack_sha256"] for one in found}.isdisjoint({shipped_packs()[0].sha256})
    daughter = one(lines, "person", name="覃晚晴")
    application = one(lines, "application", person=daughter["id"])
    assert application["verdict"].startswith("特困人员救助供养：信息不全，还差")
    for case in ("2026-A001", "2026-A002"):
        sheets = papers.case_file(told.desk, case).sheets
        (block,) = [one for sheet in sheets for one in sheet.blocks if isinstance(one, Verdict)]
        assert block.conditions


def test_referrals_are_followed_and_a_check_is_made(told: OpenStation, lines: Lines) -> None:
    book = [line["values"] for line in of_kind(lines, "organisation")]
    assert len(book) >= 5
    assert [one["name"] for one in book if one.get("unused")] == ["青禾镇敬老院（旧址）"]
    (call,) = [line["values"] for line in of_kind(lines, "referral_call")]
    answered = next(line["values"] for line in lines if line["id"] == call["referral"])
    assert answered["reply_due_on"] < call["called_on"] <= answered["reply_on"]
    waiting = [item.what for item in agenda.agenda(told.desk).late if item.kind == "referral"]
    assert waiting == ["没有回执，可电话询问：云岭县残联辅具中心 0999-8880303 路平"]
    check = one(lines, "household_check")
    assert check["checker_first"] != check["checker_second"]
    application = next(line["values"] for line in lines if line["id"] == check["application"])
    assert application["household"] == check["household"]
