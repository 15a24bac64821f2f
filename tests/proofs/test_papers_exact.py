"""What was typed is what a reader copies out of the paper, by pdftotext, another program than ours.

Every text field of a case is given words of its own, rare Han among them, and found again; and characters of
GB 18030-2022 level 3, in and beyond the basic plane, print, are embedded and come back as they went in.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from sgz_desktop.actions import papers
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.fields import LineKind, LongTextKind, NameKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.reports import pdf, values
from sgz_desktop.reports.ink import Ink, Paper
from sgz_desktop.reports.paragraph import Paragraph, Style
from sgz_desktop.store.write import Write
from tests.actions.papers_station import KINDS, case_values
from tests.proofs import same_papers
from tests.proofs.conftest import Tally
from tests.proofs.sizes import SEED, size
from tests.proofs.typed import LEVEL_3, copied, typed_words

A_PAPER = 3000


def planted_case(desk: Desk, seed: int) -> dict[str, str]:
    """A case of all kinds of record with words of their own in every text field: field → words."""
    source, planted, writes = random.Random(seed), {}, []
    for n, kind in enumerate(KINDS, start=1):
        given: dict[str, Wire] = dict(case_values(kind, n))
        for name, question in questions(BY_KIND[kind]).items():
            if isinstance(question.kind, LineKind | LongTextKind | NameKind) and (kind, name) != (
                "case",
                "number",
            ):
                given[name] = planted[f"{kind}.{name}"] = typed_words(source)
        writes.append(Write(kind, kind, given))
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))
    return planted


@pytest.fixture
def desk(store_template: Path, tmp_path: Path) -> Iterator[Desk]:
    import shutil

    shutil.copytree(store_template, tmp_path / "store")
    made = same_papers.desk_on(tmp_path / "store", 1_782_787_500_000)
    yield made
    made.store.close()


def lost(desk: Desk, planted: dict[str, str], folder: Path) -> list[str]:
    """Fields whose words the file tells and a reader does not copy out."""
    told = list(values.texts(papers.case_file(desk, "case")))
    wanted = {name: words for name, words in planted.items() if any(words in text for text in told)}
    assert len(wanted) > 100
    whole = copied(papers.print_case_file(desk, "case"), folder)
    return [name for name, words in wanted.items() if words not in whole]


def test_what_was_typed_into_every_field_is_copied_out(desk: Desk, tmp_path: Path, tally: Tally) -> None:
    planted = planted_case(desk, SEED)
    assert lost(desk, planted, tmp_path) == []
    tally("papers: copied out", seed=SEED, fields=len(planted), lost=0)


def test_control_one_character_told_wrong_is_seen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = planted_case(desk, SEED)
    told = pdf._to_unicode
    monkeypatch.setattr(pdf, "_to_unicode", lambda used: told(["乙" if ch == "社" else ch for ch in used]))
    assert {name for name, words in planted.items() if "社" in words} & set(lost(desk, planted, tmp_path))


def on_paper(text: str) -> bytes:
    paper, rest = Paper(), Paragraph(text, Style(size=12, leading=18, align="left"))
    while rest:
        ink = Ink(paper)
        first, rest = rest.split(450, 720)
        assert first is not None
        first.draw(ink, 60, 790, 450)
        paper.add(ink)
    return paper.finish("x")


def not_embedded(data: bytes) -> list[str]:
    """Fonts of a file without their outlines in it."""
    with pikepdf.open(io.BytesIO(data)) as document:
        faces = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        described = [one for one in faces if one.get("/Type") == "/FontDescriptor"]
        assert described
        return [str(one.FontName) for one in described if "/FontFile2" not in one]


def test_rare_han_print_are_embedded_and_copy_out_exactly(tmp_path: Path, tally: Tally) -> None:
    """Radicals, Ext A to F and the supplementary characters of the 8,105; all of them in a long run."""
    sample = random.Random(SEED).sample(LEVEL_3, size(1500, len(LEVEL_3)))
    beyond = sum(code > 0xFFFF for code in sample)
    for start in range(0, len(sample), A_PAPER):
        text = "".join(map(chr, sample[start : start + A_PAPER])) + "赵𪚥𠅤𫍲𬭊𬍛"
        data = on_paper(text)
        assert copied(data, tmp_path) == text
        assert not_embedded(data) == []
    assert beyond > len(sample) / 2
    tally("papers: level 3 Han", seed=SEED, characters=len(sample), beyond_bmp=beyond, lost=0)
