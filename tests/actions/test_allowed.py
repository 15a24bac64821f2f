"""Every action is in the table, and what is not is denied."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import replace

import pytest

import sgz_desktop.actions
from sgz_desktop.actions import allowed, people
from sgz_desktop.actions.allowed import ACTIONS, TABLE, action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.rights import AREAS, joined
from sgz_desktop.actions.rights.grants import ROLES
from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError
from sgz_desktop.store import access

MODULES = [
    importlib.import_module(f"sgz_desktop.actions.{found.name}")
    for found in pkgutil.iter_modules(sgz_desktop.actions.__path__)
]
HELPERS = {"dossier", "new_form", "setting", "changes_of", "give_number", "checked", "numbered"}


def test_the_table_and_the_actions_name_each_other() -> None:
    assert set(TABLE) == ACTIONS


def test_every_public_function_that_takes_a_desk_is_an_action() -> None:
    bare = {
        f"{module.__name__}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(function).parameters), "") == "desk"
        and name not in ACTIONS
        and name not in HELPERS
    }
    assert bare == set()


def test_a_role_that_is_not_named_is_denied_and_leaves_a_line(desk: Desk) -> None:
    stranger = replace(desk, actor=replace(desk.actor, roles=frozenset({"visitor"})))
    with pytest.raises(AppError, match="权限"):
        people.list_people(stranger)
    lines = desk.store.write(access.lines)
    assert [(line.action, line.outcome) for line in lines] == [("list_people", "denied")]


def test_an_action_without_a_rule_is_denied_to_everybody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed, "ACTIONS", set())

    @action
    def burn_everything(desk: Desk) -> str:
        return "done"

    with pytest.raises(AppError, match="权限"):
        burn_everything(desk)
    monkeypatch.setitem(TABLE, "burn_everything", TABLE["list_people"])
    assert burn_everything(desk) == "done"


def test_a_logged_action_names_the_record_it_showed(desk: Desk) -> None:
    made = people.register_household(desk, {}, [people.MemberInput("02", {"name": "测试甲"})])
    people.person_page(desk, made.people[0])
    lines = desk.store.write(access.lines)
    assert ("person_page", made.people[0], "done") in [(x.action, x.record, x.outcome) for x in lines]
    assert desk.read(access.broken_at) is None


def test_each_area_is_in_order_and_no_action_is_in_two() -> None:
    for area in AREAS:
        assert [*area.RULES] == sorted(area.RULES), area.__name__
    assert sum(len(area.RULES) for area in AREAS) == len(TABLE)
    with pytest.raises(ValueError, match="find"):  # control: twice is told at import
        joined([TABLE, {"find": TABLE["find"]}])


def test_many_rows_are_entered_at_once_only_by_who_may_enter_one() -> None:
    rows = {
        "enter_members": "group_member",
        "enter_sign_ins": "sign_in",
        "enter_handouts": "handout",
        "sign_handouts": "handout",
        "enter_services": "volunteer_service",
        "record_on_platform": "volunteer_service",
        "mark_attendance": "attendance",
    }
    for role in ROLES:
        actor = Actor("莫社工", frozenset({role}))
        at_once = {verb for verb in rows if allowed.allowed(actor, verb)}
        assert at_once == {verb for verb in rows if allowed.allowed(actor, "save_form", kind=rows[verb])}
