"""Whatever goes wrong inside any action, nobody's words come out: not on stderr, in a log or in a dialog.

Every action is called with a made-up word for every argument, on a desk that works and on one whose store
fails with that word in its message; what is raised then goes through every way of telling a problem.
"""

from __future__ import annotations

import importlib
import inspect
import io
import logging
import os
import pkgutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

import sgz_desktop.actions
from sgz_desktop import exits
from sgz_desktop.actions.allowed import ACTIONS
from sgz_desktop.actions.attachments import Photo, Placed
from sgz_desktop.actions.bureau import Offer
from sgz_desktop.actions.conflicts import Chosen
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_join import Invitation, Request
from sgz_desktop.actions.exchange_meet import Stranger
from sgz_desktop.actions.forms import new_form
from sgz_desktop.actions.groups import Mark
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.policies import PackPreview
from sgz_desktop.actions.practice_story_teller import Entry, Filled, StoryClock
from sgz_desktop.actions.roster_compare import Listing
from sgz_desktop.actions.roster_plan import Line, Plan
from sgz_desktop.actions.roster_rows import Columns, RosterSheet, State
from sgz_desktop.actions.signing import ToSign
from sgz_desktop.actions.signing_file import ToKeep
from sgz_desktop.actions.signing_join import Scan
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.actions.supervision_copy import Copy, CopyWish
from sgz_desktop.actions.supervision_remarks import RemarkPlace, RemarkTyped
from sgz_desktop.actions.supervision_return import Proposal
from sgz_desktop.actions.sweep import Found, Swept
from sgz_desktop.actions.transfer_card import StationCard
from sgz_desktop.cli import demo as cli_demo
from sgz_desktop.cli import program as cli
from sgz_desktop.cli import session as cli_session
from sgz_desktop.cli import station as cli_station
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.bureau_form import Mapped
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.domain.enrolment import Shown
from sgz_desktop.domain.evaluation_sheet import Item as SheetItem
from sgz_desktop.domain.evaluation_sheet import ItemsRead
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.domain.report_form import form_of
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.domain.slip_paste import Pasted
from sgz_desktop.domain.visit_slips import Slip
from sgz_desktop.gui import jobs, messages, theme
from sgz_desktop.store.attached import File
from sgz_desktop.store.enrolment import Introduction
from sgz_desktop.vault.stretch import Argon2Params
from tests.proofs.traces import Needle, needles, within

WORD, NUMBER = "㒢𠔻阿记", 904_173_626_175
WANTED: list[Needle] = needles({"word": WORD, "number": str(NUMBER)})
COMPUTER = Computer(
    WORD, WORD, WORD, this=False, inside=True, stopped=None, frozen=False, keys=frozenset({Keys(WORD, WORD)}),
    heard_ms=0, edited_ms=0, unconfirmed=NUMBER,
)  # fmt: skip
COMMANDS = (
    ("init", "--station", WORD, "--user", WORD),
    ("import", f"/nowhere/{WORD}.ndjson"),
    ("import", f"/nowhere/{WORD}.xlsx"),
    ("export", "--out", f"/nowhere/{WORD}.ndjson"),
    ("case-file", WORD, "--out", f"/nowhere/{WORD}.pdf"),
    ("report", "monthly", WORD, "--json"),
    ("check",),
    ("conflicts", "settle", WORD, WORD, WORD, "--choose", "1"),
    ("backup", "--out", f"/nowhere/{WORD}"),
    ("restore", f"/nowhere/{WORD}"),
    ("bundle", "export", "--to", WORD, "--out", f"/nowhere/{WORD}"),
    ("bundle", "inspect", f"/nowhere/{WORD}"),
    ("bundle", "import", f"/nowhere/{WORD}"),
    ("device", "list"),
    ("device", "invite", "--out", f"/nowhere/{WORD}"),
    ("county", "enrol", f"/nowhere/{WORD}", "--fingerprint", WORD),
    ("county", "show"),
    ("case-transfer", "card", "--out", f"/nowhere/{WORD}"),
    ("case-transfer", "show", WORD),
    ("case-transfer", "receive", f"/nowhere/{WORD}"),
    ("demo", "--headless"),
)


class Broken:
    """A store, or a station, every part of which fails and says with which values."""

    def __getattr__(self, name: str) -> Any:
        if name == "id":
            raise AttributeError(name)
        values = {"name": WORD, "id_number": NUMBER}
        try:
            {}[WORD]
        except KeyError as below:
            bug = RuntimeError(f"INSERT INTO r_person VALUES {values}")
            bug.add_note(f"while saving {values}")
            raise bug from below


def actions() -> dict[str, Callable[..., Any]]:
    """Every action by its name."""
    found = {}
    for module in pkgutil.iter_modules(sgz_desktop.actions.__path__):
        whole = importlib.import_module(f"sgz_desktop.actions.{module.name}")
        found |= {
            name: work for name, work in inspect.getmembers(whole, inspect.isfunction) if is_action(work)
        }
    return found


def is_action(work: Callable[..., Any]) -> bool:
    return work.__name__ in ACTIONS and next(iter(inspect.signature(work).parameters), "") == "desk"


def failing(*_: object) -> Any:
    raise KeyError(WORD)


def arguments(work: Callable[..., Any], desk: Desk, station: Any, folder: Path) -> dict[str, Any]:
    """The word, or something made of it, for each argument after the desk."""
    form = replace(new_form(desk, "person"), values={"name": WORD})
    words = {WORD: WORD, "name": WORD}
    columns = Columns("people", ("person.name", "person.born"), {"person.note": WORD})
    sheet = RosterSheet(
        WORD, False, [("姓名", "出生日期"), (WORD, WORD), (WORD, NUMBER)], 0, (WORD, WORD), columns
    )
    made: dict[str, Any] = {
        "str": WORD,
        "str | None": WORD,
        "bool": False,
        "bytes": WORD.encode(),
        "int": NUMBER,
        "Path": folder / WORD / WORD,
        "Form": form,
        "Offer": Offer(WORD, WORD.encode(), "xlsx", (), None, (), ()),
        "Sequence[Mark]": (Mark(WORD, WORD, WORD, WORD),),
        "Sequence[Mapped]": (Mapped(WORD, WORD, (WORD,), (WORD,), WORD, WORD),),
        "PackPreview": PackPreview(shipped_packs()[0], WORD, None, (WORD,), older=False),
        "Typed": words,
        "Typed | None": words,
        "Seen": words,
        "Sequence[Chosen]": (Chosen(WORD, WORD, WORD, Stamp(WORD, NUMBER), (Stamp(WORD, NUMBER),)),),
        "Sequence[Stamp]": (Stamp(WORD, NUMBER),),
        "Stamp": Stamp(WORD, NUMBER),
        "dict[str, Any]": words,
        "dict[str, Wire]": words,
        "Mapping[str, str]": words,
        "Mapping[str, Wire]": words,
        "ReportForm": form_of("monthly", {"monthly": {"title": WORD}}),
        "Wanted": Wanted("people", village=WORD),
        "Item": Item(WORD, WORD, WORD, WORD, WORD, name=WORD, person=WORD, task=WORD),
        "Mapping[str, object]": words,
        "CopyWish": CopyWish(WORD, WORD, (WORD,)),
        "Copy": Copy(WORD, WORD, WORD, WORD, WORD.encode(), (), NUMBER),
        "RemarkPlace": RemarkPlace(*(WORD,) * 9, {}, copy=True),
        "RemarkTyped": RemarkTyped(WORD, WORD, WORD, WORD, WORD),
        "Sequence[Proposal]": (Proposal(*(WORD,) * 5, NUMBER, WORD, NUMBER, *(WORD,) * 4),),
        "Mapping[str, str] | None": words,
        "Mapping[str, object] | None": words,
        "Mapping[str, Mapping[str, str]]": {WORD: words},
        "Mapping[str, Sequence[RowInput]] | None": {WORD: (words,)},
        "Sequence[int]": (NUMBER,),
        "Sequence[str]": (WORD,),
        "Rows": ((WORD,),),
        "Iterable[str]": (WORD,),
        "list[str] | None": [WORD],
        "Sequence[tuple[str, str]]": ((WORD, WORD),),
        "Sequence[tuple[str, object]]": ((WORD, WORD),),
        "Sequence[Placed]": (Placed(Photo(WORD, WORD.encode()), WORD, WORD),),
        "Sequence[MemberInput]": (MemberInput(WORD, words),),
        "Slip": Slip(WORD, WORD, WORD, WORD),
        "Slip | None": Slip(WORD, WORD, WORD, WORD),
        "Form | None": form,
        "Sequence[Pasted]": (Pasted(NUMBER, Slip(WORD, WORD, WORD, WORD)),),
        "Scan": Scan(WORD, WORD.encode(), WORD, WORD.encode()),
        "Computer": COMPUTER,
        "tuple[File, ...]": (File(WORD, WORD, 1, folder / WORD),),
        "Collection[Computer]": (COMPUTER,),
        "Invitation": Invitation(
            WORD, "station", WORD, WORD, Keys(WORD, WORD), WORD, Keys(WORD, WORD), WORD, (), WORD
        ),
        "Sequence[Stranger]": (
            Stranger(folder / WORD, (Introduction(WORD, Shown(WORD, WORD, Keys(WORD, WORD), WORD)),)),
        ),
        "Request": Request(WORD, WORD, WORD, WORD, Keys(WORD, WORD), WORD, (WORD,), WORD),
        "StationCard": StationCard(WORD, "station", WORD, (WORD,), WORD, WORD),
        "ToSign": ToSign(WORD, WORD, WORD, WORD, WORD.encode(), NUMBER),
        "ToKeep": ToKeep(WORD, (WORD,), NUMBER),
        "list[ToKeep] | None": [ToKeep(WORD, (WORD,), NUMBER)],
        "Step": failing,
        "Waiting": failing,
        "RosterSheet": sheet,
        "Columns": columns,
        "Choices": (WORD,),
        "Collection[str]": (WORD,),
        "Plan": Plan((Line(2, WORD, State.BAD, (WORD,)),), ()),
        "Plan | None": None,
        "ItemsRead": ItemsRead((SheetItem(NUMBER, WORD, WORD, NUMBER, WORD),)),
        "Sequence[Found]": (Found(*(WORD,) * 10),),
        "Swept": Swept(WORD, (WORD,)),
        "Changes": Changes({"person": frozenset({WORD})}),
        "Listing": Listing(WORD, "2026-06"),
        "StoryClock": StoryClock("2026-06-30"),
        "Sequence[Entry]": (Entry(desk, "2026-06-30", "17:30", (Filled("person", WORD, words),)),),
        "OpenStation": station,
        "Progress": failing,
        "Progress | None": failing,
        "Callable[[], bool]": failing,
        "Make": failing,
        "Named": ((WORD, WORD),),
    }
    named = list(inspect.signature(work).parameters.values())[1:]
    return {one.name: made[one.annotation] for one in named}  # a new sort of argument needs its word here


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStation]:
    """An open station with cheap keys."""
    folder = tmp_path_factory.mktemp("words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        params = Argon2Params(32, 1, 1)
        made = create_station(folder / "store", "测试站", "测试甲", "river lantern seventeen", params=params)
        yield made
        made.close()


@pytest.fixture
def told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[BaseException], bytes]]:
    """told(problem) → everything anybody can read of it: stderr, logs, dialogs, what can be copied."""
    shown: list[messages.Dialog] = []
    monkeypatch.setattr(messages.Dialog, "exec", lambda self: shown.append(self) or 0)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    theme.apply(qapp, 1.0)
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)

    def everything(problem: BaseException) -> bytes:
        err = io.StringIO()
        with redirect_stderr(err):
            exits.guarded(lambda: _again(problem))
            exits.quiet_hooks()
            _everywhere(problem)
            messages.install()
            _everywhere(problem)
            QApplication.processEvents()
            messages.show_problem(problem)
        words = [err.getvalue(), log.getvalue()]
        for dialog in shown:
            words += [one.text() for one in dialog.findChildren(QLabel)] + [dialog.accessibleDescription()]
            for one in dialog.findChildren(QAbstractButton):
                if one.accessibleName() == "复制编号":
                    one.click()
                    words.append(QApplication.clipboard().text())
            dialog.deleteLater()
        shown.clear()
        return "\n".join(words).encode(errors="surrogatepass")

    yield everything
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    messages._installed.clear()
    logging.getLogger().removeHandler(handler)
    QApplication.clipboard().clear()
    jobs.shutdown()


def _again(problem: BaseException) -> int:
    raise problem


def _everywhere(problem: BaseException) -> None:
    """Let it reach the hooks of the main thread, of another thread, and of something thrown away."""
    sys.excepthook(type(problem), problem, problem.__traceback__)
    thread = threading.Thread(target=_again, args=(problem,))
    thread.start()
    thread.join()
    dying = type("Dying", (), {"__del__": lambda _self: _again(problem)})()
    del dying


def problem_of(work: Callable[..., Any], desk: Desk, given: dict[str, Any]) -> BaseException | None:
    """What calling it raises."""
    try:
        work(desk, **given)
    except Exception as problem:
        return problem
    return None


def test_no_word_leaves_any_action(
    station: OpenStation, told: Callable[[BaseException], bytes], tmp_path: Path, tally: Any
) -> None:
    every, leaks, raised = actions(), [], 0
    assert set(every) == ACTIONS
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        for name, work in sorted(every.items()):
            given = arguments(work, station.desk, station, tmp_path)
            natural = problem_of(work, station.desk, given)
            forced = problem_of(work, replace(station.desk, store=Broken()), arguments_of_broken(given))
            assert forced is not None
            assert name in {frame.name for frame in traceback.extract_tb(forced.__traceback__)}
            for problem in filter(None, (natural, forced)):
                raised += 1
                leaks += [(name, repr(problem)) for _ in within(told(problem), WANTED)]
    assert leaks == []
    assert not within(out.getvalue().encode(), WANTED)
    tally(
        "no words in errors", actions=len(every), commands=len(COMMANDS), raised=raised, canaries=len(leaks)
    )


def arguments_of_broken(given: dict[str, Any]) -> dict[str, Any]:
    return {name: Broken() if isinstance(value, OpenStation) else value for name, value in given.items()}


@pytest.mark.parametrize("command", COMMANDS, ids=[one[0] for one in COMMANDS])
def test_no_word_leaves_a_command(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = Broken()
    for module in (cli_session, cli_station, cli_demo):
        monkeypatch.setattr(module, "folder_of", lambda *_: broken.folder)
    assert cli.run(command, WORD) == exits.BUG
    said = capfd.readouterr()
    assert said.err.count("\n") == 1
    assert "RuntimeError" in said.err
    assert not within((said.out + said.err).encode(), WANTED)


@pytest.mark.parametrize("form", [WORD, "diary"])
def test_no_word_leaves_a_blank_form_that_is_refused(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(("blank", form, "--out", f"/nowhere/{WORD}.pdf"), WORD) == exits.TOLD
    said = capfd.readouterr()
    assert said.err.count("\n") == 1
    assert not within((said.out + said.err).encode(), WANTED)


BAD_FILES = (
    f'{{"format":1,"store":"{WORD}"}}',
    f'{{"format":1,"store":"station"}}\n{WORD}',
    f'{{"format":1,"store":"station"}}\n{{"record":"person","id":"{WORD}","values":{{"born":"{WORD}"}}}}',
    f'{{"format":1,"store":"station"}}\n{{"record":"person","id":"{WORD}","values":{{"name":{NUMBER}.5}}}}',
)


def test_no_word_leaves_a_command_that_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    store, secret = tmp_path / "store", "river lantern seventeen"
    create_station(store, "测试站", "测试甲", secret, params=Argon2Params(32, 1, 1)).close()
    bad = tmp_path / "bad.ndjson"
    for text in BAD_FILES:
        bad.write_text(text, "utf-8")
        assert cli.run(["import", str(bad), "--store", str(store)], secret) == exits.TOLD
    for command in COMMANDS[4:6]:
        assert cli.run([*command, "--store", str(store)], secret) == exits.TOLD
    assert cli.run(["check", "--store", str(store), "--user", WORD], secret) == exits.TOLD
    assert cli.run(["check", "--store", str(store)], WORD) == exits.TOLD
    said = capfd.readouterr()
    assert said.err.count("\n") == len(BAD_FILES) + 4
    assert not within((said.out + said.err).encode(), WANTED)


def test_control_a_careless_line_is_found(
    told: Callable[[BaseException], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = problem_of(lambda desk: desk.folder, Broken(), {})  # type: ignore[arg-type]
    assert problem is not None
    assert not within(told(problem), WANTED)
    monkeypatch.setattr(exits, "where", repr)
    assert within(told(problem), WANTED)
    monkeypatch.undo()


def test_control_a_careless_dialog_is_found(
    told: Callable[[BaseException], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = problem_of(lambda desk: desk.folder, Broken(), {})  # type: ignore[arg-type]
    assert problem is not None
    monkeypatch.setattr(messages, "bug_number", lambda bug: "".join(traceback.format_exception(bug)))
    assert within(told(problem), WANTED)


def test_control_python_itself_would_print_it(told: Callable[[BaseException], bytes]) -> None:
    problem = problem_of(lambda desk: desk.folder, Broken(), {})  # type: ignore[arg-type]
    assert problem is not None
    err = io.StringIO()
    with redirect_stderr(err):
        sys.__excepthook__(type(problem), problem, problem.__traceback__)
    assert within(err.getvalue().encode(), WANTED)
