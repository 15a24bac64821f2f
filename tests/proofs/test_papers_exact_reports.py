"""What a person types for the bureau is what a reader copies out: every text of a brief, every text column of
every ledger. `test_papers_exact` says the same of the case file."""

from __future__ import annotations

import io
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from sgz_desktop.actions import attachments, forms, ledgers, papers_report, report_forms, settings
from sgz_desktop.actions.attachments import Photo, Placed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.report_review import reviewed_as
from sgz_desktop.domain.fields import LineKind, LongTextKind, NameKind
from sgz_desktop.domain.ledger import Cell, Head, Sheet, Sort, head_of
from sgz_desktop.domain.ledgers import LEDGERS
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.report import ReportText
from sgz_desktop.domain.report_form import CASE, ITEM, MONTHLY, PLAN, REASON, STORY, ReportForm, form_of
from sgz_desktop.reports import ledger, pdf
from sgz_desktop.store.write import Write
from tests.proofs import same_papers
from tests.proofs.conftest import Tally
from tests.proofs.sizes import SEED, size
from tests.proofs.typed import LEVEL_3, copied, typed_words
from tests.targets import sign_contract

MONTH, LATE = "2026-05", "P02"
# what the texts of each sort of section say on paper: the others of their fields are not for them
SAID = {
    REASON: ("text",),
    STORY: ("title", "text", "time_words", "where", "people"),
    CASE: ("title", "text"),
    ITEM: ("title", "text", "time_words", "where", "people"),
    PLAN: ("title", "time_words", "where", "in_charge"),
}
RARE = random.Random(SEED).sample(LEVEL_3, size(60, 6000))  # each is unpacked once, which takes its time
CELLS = {Sort.DAY: date(2026, 5, 20), Sort.NUMBER: 12, Sort.MONEY: Decimal("198.00")}


@pytest.fixture
def desk(store_template: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(store_template, tmp_path / "store")
    made = same_papers.desk_on(tmp_path / "store", 1_782_787_500_000)
    yield made
    made.store.close()


def planted_form(desk: Desk, source: random.Random) -> tuple[ReportForm, dict[str, str]]:
    """A station's own form of the brief: titles, sections, signers and recipients in words of their own."""
    form, planted = form_of(MONTHLY), {}

    def say(name: str) -> str:
        planted[name] = typed_words(source)
        return planted[name]

    mine = replace(
        form,
        title=say("form.title"),
        send_to=say("form.send_to"),
        copy_to=say("form.copy_to"),
        signers=tuple(say(f"form.signers.{n}") for n, _ in enumerate(form.signers)),
        sections=tuple(replace(one, title=say(f"form.{one.id}")) for one in form.sections),
    )
    report_forms.change_report_form(desk, mine)
    return mine, planted


def planted_photo(desk: Desk, words: str) -> str:
    """A photo with this caption, agreed to be shown to others; its id."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    desk.write(lambda session: desk.doing("save_form").record(session, "", [Write("visit", "visit", {})]))
    attachments.keep_photos(
        desk, [Placed(Photo("a.jpg", out.getvalue(), "2026-05-02", "09:00"), "visit", words)]
    )
    found = attachments.list_files(desk, "visit")[-1]
    forms.save_form(desk, forms.form(desk, found.id, "attachment"), {"consent": "agreed"})
    return found.id


def planted_brief(desk: Desk, seed: int) -> dict[str, str]:
    """A brief with words of their own in every text a person edits: where → words."""
    source = random.Random(seed)
    settings.change_settings(desk, {"contract_from": "2026-01-01"})
    sign_contract(desk, {LATE: 999_999})
    form, planted = planted_form(desk, source)
    planted["caption"] = typed_words(source)
    photo = planted_photo(desk, planted["caption"])
    report = papers_report.report_id(MONTHLY, papers_report.named(MONTHLY, MONTH, desk).now)
    days = {"first_on": f"{MONTH}-01", "last_on": f"{MONTH}-31"}
    writes = [Write("report", report, {"sort": MONTHLY, **days})]
    for section in form.sections:
        for n in range(
            size(2, 12) if section.texts in (STORY, ITEM, CASE, PLAN) else 1 if section.texts else 0
        ):
            told = {name: typed_words(source) for name in SAID[section.texts]}
            planted |= {f"{section.id}.{n}.{name}": words for name, words in told.items()}
            told |= {"serves": LATE} if section.texts == REASON else {}
            told |= {"reviewed": reviewed_as(told["title"], told["text"])} if section.texts == CASE else {}
            told |= {"photo_first": photo} if section.texts == STORY and not n else {}
            values = {"report": report, "section": section.id, "place": n, **told}
            writes.append(Write("report_text", f"{section.id}-{n}", values))
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))
    return planted


def lost_of_brief(desk: Desk, planted: dict[str, str], folder: Path) -> list[str]:
    """Texts a reader does not copy out; one that goes on overleaf has the foot of its page inside."""
    whole = re.sub(rf"\d+JB-{MONTH}", "", copied(papers_report.print_report(desk, MONTHLY, MONTH), folder))
    return [name for name, words in planted.items() if words not in whole]


def test_every_text_of_a_report_is_of_a_section_that_prints_it() -> None:
    """A text field declared one day must be planted too."""
    kinds = LineKind | LongTextKind | NameKind
    texts = {name for name, asked in questions(ReportText).items() if isinstance(asked.kind, kinds)}
    assert texts == {name for names in SAID.values() for name in names}


def test_what_was_typed_into_a_brief_is_copied_out(desk: Desk, tmp_path: Path, tally: Tally) -> None:
    planted = planted_brief(desk, SEED)
    assert len(planted) > 40
    assert lost_of_brief(desk, planted, tmp_path) == []
    tally("papers: brief copied out", seed=SEED, texts=len(planted), lost=0)


@pytest.fixture
def told_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One character is told to readers as another."""
    told = pdf._to_unicode
    monkeypatch.setattr(pdf, "_to_unicode", lambda used: told(["乙" if ch == "社" else ch for ch in used]))


@pytest.mark.usefixtures("told_wrong")
def test_control_one_character_of_a_brief_told_wrong_is_seen(desk: Desk, tmp_path: Path) -> None:
    planted = planted_brief(desk, SEED)
    wrong = {name for name, words in planted.items() if "社" in words}
    assert wrong
    assert wrong == set(lost_of_brief(desk, planted, tmp_path))


def planted_ledger(heads: tuple[Head, ...], source: random.Random) -> tuple[Sheet, dict[str, str]]:
    """A ledger whose text cells all hold words of their own, of so few lines that no row is cut: place →
    words."""
    planted: dict[str, str] = {}
    rows: list[tuple[Cell, ...]] = []
    for row in range(size(8, 200)):
        cells: list[Cell] = [row + 1]
        for head in heads:
            words = typed_words(source, RARE)
            cells.append(words if head.sort is Sort.TEXT else CELLS[head.sort])
            if head.sort is Sort.TEXT:
                planted[f"{head.words} {row + 1}"] = words
        rows.append(tuple(cells))
    return Sheet("台账", "试验站", "TZ-1", "一行", (ledgers.PLACE, *heads), tuple(rows)), planted


def lost_of_ledgers(source: random.Random, folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Each ledger, how many cells were typed into it, and those a reader does not copy out."""
    for one in LEDGERS:
        sheet, planted = planted_ledger(tuple(head_of(one, column) for column in one.shown(True)), source)
        whole = copied(ledger.build(sheet), folder)
        yield one.name, len(planted), [name for name, words in planted.items() if words not in whole]


def test_every_text_column_of_every_ledger_is_copied_out(tmp_path: Path, tally: Tally) -> None:
    found = list(lost_of_ledgers(random.Random(SEED), tmp_path))
    assert all(count for _, count, _ in found)
    assert {name: lost for name, _, lost in found if lost} == {}
    cells = sum(count for _, count, _ in found)
    tally("papers: ledgers copied out", seed=SEED, ledgers=len(found), cells=cells, lost=0)


@pytest.mark.usefixtures("told_wrong")
def test_control_one_character_of_a_ledger_told_wrong_is_seen(tmp_path: Path) -> None:
    assert all(lost for _, _, lost in lost_of_ledgers(random.Random(SEED), tmp_path))
