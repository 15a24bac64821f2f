"""Packs put in at a station: the county's signature, whose verdicts would change, taking one out again."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from sgz_desktop.actions import people, policies
from sgz_desktop.actions.allowed import ADMIN, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import form, save_form
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.policies import drop_pack, list_packs, preview_pack, take_pack
from sgz_desktop.actions.policy_changes import NOT_BEFORE, changed_by
from sgz_desktop.actions.policy_trust import COUNTY_KEY, NO_KEY
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.policy.pack import Trust
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.resources import resource
from sgz_desktop.store import settings
from sgz_desktop.vault.device_keys import DeviceKey

NATIONAL = resource("policy", "national.toml").read_text("utf-8")
COUNTY = """format = 1
id = "nanjing"
version = "2026.1"
title = "南靖县"
region = "350627"
effective_from = "2026-01-01"

[[value]]
name = "old_age_from"
value = {age}
source = "南靖县高龄津贴办法"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "南靖县.toml"
    path.write_text(COUNTY.format(age=70), "utf-8")
    return path


@pytest.fixture
def key(desk: Desk) -> DeviceKey:
    """The county's, known to the station."""
    made = DeviceKey(bytes(range(32)))
    coded = base64.b64encode(made.public).decode()
    desk.store.write(lambda session: settings.put(session, COUNTY_KEY, coded))
    return made


def beside(path: Path, signature: bytes) -> None:
    path.with_name(path.name + ".sig").write_bytes(signature)


def newer(tmp_path: Path, before: str, after: str, version: str = "2026.2") -> Path:
    """The national pack with one thing changed."""
    assert before in NATIONAL
    path = tmp_path / "national.toml"
    text = NATIONAL.replace('version = "2026.1"', f'version = "{version}"', 1).replace(before, after, 1)
    path.write_text(text, "utf-8")
    return path


def family(desk: Desk, *born: str) -> tuple[str, ...]:
    members = [
        MemberInput("02" if not at else "11", {"name": f"测试{at}", "born": day})
        for at, day in enumerate(born)
    ]
    return people.register_household(desk, {"village": "上溪村"}, members).people


@pytest.mark.parametrize("coded", [False, True])
def test_a_pack_the_county_signed_is_the_countys(desk: Desk, pack: Path, key: DeviceKey, coded: bool) -> None:
    signature = key.sign(pack.read_bytes())
    beside(pack, base64.b64encode(signature) + b"\n" if coded else signature)
    preview = preview_pack(desk, pack)
    assert (preview.pack.trust, preview.note) == (Trust.COUNTY, "")
    take_pack(desk, preview)
    assert {one.id: one.trust for one in list_packs(desk)} == {
        "national": Trust.SHIPPED,
        "nanjing": Trust.COUNTY,
    }


@pytest.mark.parametrize(
    "signature",
    [b"", b"x" * 64, b"not base64 at all", DeviceKey(b"\1" * 32).sign(COUNTY.format(age=70).encode())],
)
def test_a_signature_that_is_not_theirs_is_refused(
    desk: Desk, pack: Path, key: DeviceKey, signature: bytes
) -> None:
    beside(pack, signature)
    with pytest.raises(AppError, match="县级签名核对不上，没有导入。"):
        preview_pack(desk, pack)
    assert [one.id for one in list_packs(desk)] == ["national"]


def test_a_file_changed_after_it_was_signed_is_refused(desk: Desk, pack: Path, key: DeviceKey) -> None:
    beside(pack, key.sign(pack.read_bytes()))
    assert preview_pack(desk, pack).pack.trust is Trust.COUNTY
    pack.write_text(COUNTY.format(age=60), "utf-8")
    with pytest.raises(AppError, match="县级签名"):
        preview_pack(desk, pack)


def test_without_a_key_or_a_signature_it_is_local(desk: Desk, pack: Path) -> None:
    assert preview_pack(desk, pack).pack.trust is Trust.LOCAL
    beside(pack, b"x" * 64)
    preview = preview_pack(desk, pack)
    assert (preview.pack.trust, preview.note) == (Trust.LOCAL, NO_KEY)


def test_the_line_that_is_wrong_is_named(desk: Desk, pack: Path) -> None:
    pack.write_text(COUNTY.format(age="seventy"), "utf-8")
    with pytest.raises(AppError, match="第10行"):
        preview_pack(desk, pack)


def test_whose_verdicts_would_change_is_told_before_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    family(desk, "1970-01-01", "1930-01-01")
    now, old, young = family(desk, "1952-01-01", "1950-01-01", "2000-01-01")
    path = newer(
        tmp_path,
        'title = "高龄津贴起始年龄"\nkind = "number"\nunit = "岁"\nsource = "各地高龄津贴办法"\nusual = 80',
        'title = "高龄津贴起始年龄"\nkind = "number"\nunit = "岁"\nsource = "各地高龄津贴办法"\nusual = 72',
    )
    preview = preview_pack(desk, path)
    found = changed_by(desk, preview)
    assert {one.id for one in found} == {now, old}
    assert young not in {one.id for one in found}
    assert {one.programme for one in found} == {"高龄津贴"}
    assert {(one.before, one.after) for one in found} == {
        ("按现有信息，“到当地规定的年龄”可能不满足", "可能符合，建议申请")
    }
    assert len({one.home for one in found}) == 1
    assert list_packs(desk)[0].version == "2026.1"  # nothing is in force yet
    take_pack(desk, preview)
    assert changed_by(desk, preview) == ()


def test_control_another_version_with_the_same_rules_changes_nobody(desk: Desk, tmp_path: Path) -> None:
    family(desk, "1970-01-01", "1930-01-01")
    path = newer(tmp_path, "条文以官方公布的为准。", "条文以公布的为准。")
    assert changed_by(desk, preview_pack(desk, path)) == ()


def test_a_programme_that_is_new_concerns_those_who_may_qualify(desk: Desk, tmp_path: Path) -> None:
    child, old = family(desk, "2016-01-01", "1930-01-01")
    text = (
        COUNTY.format(age=80)
        + """
[[programme]]
id = "school_meal"
code = "other"
title = "营养午餐"
level = "person"
source = "南靖县文件"
document = "南靖县营养午餐办法"
clause = "第一条"
effective_from = "2026-01-01"
root = "young"

[[programme.node]]
id = "young"
text = "未满12周岁"
clause = "第一条"
fact = "age"
lt = 12
"""
    )
    path = tmp_path / "meal.toml"
    path.write_text(text, "utf-8")
    policies.change_local_standards(desk, "350627", {}, "")
    found = changed_by(desk, preview_pack(desk, path))
    assert [(one.id, one.programme, one.before, one.after) for one in found] == [
        (child, "营养午餐", NOT_BEFORE, "可能符合，建议申请")
    ]
    assert old != child


def test_it_can_be_stopped_and_tells_how_far_it_is(desk: Desk, tmp_path: Path) -> None:
    family(desk, *(["1950-01-01"] * 5))
    preview = preview_pack(desk, newer(tmp_path, "usual = 80", "usual = 72"))
    steps: list[tuple[int, int]] = []
    changed_by(desk, preview, lambda done, total: steps.append((done, total)))
    assert steps == [(at, 5) for at in range(6)]

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        changed_by(desk, preview, stop)


def test_who_reads_no_casework_is_not_told_whose(desk: Desk, tmp_path: Path) -> None:
    family(desk, "1950-01-01")
    preview = preview_pack(desk, newer(tmp_path, "usual = 80", "usual = 72"))
    for role in (ADMIN, WORKER):
        other = replace(desk, actor=Actor("w-else", frozenset({role})), user="别人")
        with pytest.raises(AppError, match="其他岗位"):
            changed_by(other, preview)


def test_a_pack_taken_out_can_be_put_in_again(desk: Desk, pack: Path) -> None:
    take_pack(desk, preview_pack(desk, pack))
    gone = drop_pack(desk, "nanjing")
    assert gone is not None
    assert [one.id for one in list_packs(desk)] == ["national"]
    take_pack(desk, gone)
    assert [one.id for one in list_packs(desk)] == ["national", "nanjing"]
    assert drop_pack(desk, "national") is None  # shipped packs stay
    assert [one.id for one in list_packs(desk)] == ["national", "nanjing"]


def test_closed_files_are_not_asked(desk: Desk, tmp_path: Path) -> None:
    (one,) = family(desk, "1950-01-01")
    preview = preview_pack(desk, newer(tmp_path, "usual = 80", "usual = 72"))
    assert [found.id for found in changed_by(desk, preview)] == [one]
    save_form(desk, form(desk, one, "person"), {"closed_on": desk.today()})
    assert changed_by(desk, preview) == ()
