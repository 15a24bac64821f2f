"""Applications for assistance: begun from the rules in force, and compared with them again when asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.application_verdict import asked_for, asked_for_person, kept_verdict
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Row, RowInput, new_form
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.filing import chosen
from sgz_desktop.domain.policy.pack import PaperNeed
from sgz_desktop.domain.policy.reasons import Result
from sgz_desktop.domain.policy.wording import headline
from sgz_desktop.domain.records.application import Application
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

NO_RULE = "这个项目没有可以比对的政策，没有改动。"


@dataclass(frozen=True)
class Compared:
    """An application compared again: by which pack, what is found in a line, and what the save changed."""

    pack: str
    before: str
    line: str
    changes: Changes


@action
def new_application(desk: Desk, programme: str, person: str, case: str = "") -> Form:
    """An application of a programme (its code, or its id in a pack) for somebody: papers, verdict with its
    pack, and who accepts and decides, all from the rules in force today. Hand its rows to `save_form` as
    `given_rows` makes them, or as altered."""
    found = desk.read(lambda session: asked_for_person(session, programme, person, desk.today()))
    rule = found.rule
    code = code_of(programme, rule)
    values: dict[str, Wire] = {
        "person": found.person or None,
        "household": found.household or None,
        "case": case or None,
        "programme": code,
        "worker": desk.user,
        "stage": "preparing",
    }
    if found.result is not None:
        values |= kept_verdict(found.result)
    rows: tuple[Row, ...] = ()
    if rule is not None:
        values |= {"accepted_by": rule.programme.accept or None, "decided_by": rule.programme.decide or None}
        rows = tuple(_row(one) for one in rule.programme.papers)
    form = new_form(desk, Application.KIND, {name: one for name, one in values.items() if one is not None})
    form.rows["papers"] = rows
    return form


def code_of(programme: str, rule: Rule | None) -> str | None:
    """The code an application keeps; a kind of a programme stays what it is."""
    known = code_list("programme")
    if programme in known.codes and (rule is None or rule.programme.id != programme):
        return programme
    return rule.programme.code if rule else None


def _row(need: PaperNeed) -> Row:
    values: dict[str, Wire] = {"title": need.title, "state": "shared" if need.shared else "missing"}
    return Row("", values | ({"note": need.note} if need.note else {}))


def given_rows(form: Form) -> dict[str, list[RowInput]]:
    """The rows a new form came with, as typed."""
    return {
        name: [RowInput("", row.values) for row in rows if not row.id] for name, rows in form.rows.items()
    }


@action
def filing_rule(desk: Desk, programme: str, household: bool) -> Rule | None:
    """The rule in force today for an application of a household or a person: limits, notice, objection."""
    return desk.read(lambda session: chosen(rules_of(session, desk.today()), programme, household))


@action
def compare_again(desk: Desk, id: str) -> Compared:
    """Compare an application with the rules in force today and keep what they say, the old in the history.

    Nothing else ever alters what was found when it was begun. AppError where no pack knows the programme.
    """
    today = desk.today()

    def work(session: Writing) -> Compared:
        loaded = read.load(session, Application, id)
        if loaded is None:
            raise AppError("这份资料还没有到本机。", "等对方电脑的数据包到了再看。")
        one = loaded.record
        result = _asked(session, one, today)
        if result is None:
            raise AppError(NO_RULE, "请先选好申请人和救助项目。")
        values = _altered(one, kept_verdict(result))
        if values:
            told = Write(Application.KIND, id, values, loaded.seen)
            desk.record(session, f"重新比对：{result.pack}", [told])
        pack = str(kept_verdict(result)["policy_pack"])
        return Compared(pack, one.policy_pack or "", headline(result), session.changes())

    return desk.write(work)


def _asked(session: Reading, one: Application, today: str) -> Result | None:
    return asked_for(session, one.programme or "", one.person or "", one.household or "", today).result


def _altered(one: Application, found: Mapping[str, Wire]) -> dict[str, Wire]:
    """All of what belongs together, where any of it is new."""
    return dict(found) if any(getattr(one, name) != value for name, value in found.items()) else {}
