"""T19, papers: hostile texts print as the text they are, and nothing in the file can act.

What is read back with pdfium is the text that went in, but for what `fonts.tidy` says of every paper: white
space only parts words, controls, format characters and variation selectors have no ink, and a character no
shipped face has is a 〓. Every object of the files is held against lists of what papers of ours are made of.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

import pikepdf
import pytest
from PIL import Image

from sgz_desktop.actions import papers
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.actions.settings import change_settings
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.fields import LineKind, LongTextKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.reports import brief, case_file, fonts, values
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.actions.papers_station import KINDS, case_values
from tests.proofs.conftest import Tally
from tests.proofs.hostile import hostile
from tests.proofs.sizes import SEED, size
from tests.reports import reading, samples

TEXTS = hostile(size(300, 3_000), SEED)
A_SHEET = 10
SHORT = 90  # as many of the first texts are no longer than two lines
END = "〔尾〕"
KEPT = {("case", "number")}  # leads to the case, and stands in the file's title


def mark(number: int) -> str:
    return f"〔{number:05}〕"


def marked(numbers: Sequence[int]) -> str:
    """Some texts one after another, each between its own marks."""
    return "\n".join(f"{mark(n)}{TEXTS[n]}{END}" for n in numbers)


def spread(count: int) -> Iterator[list[int]]:
    """The numbers of all texts in `count` parts of like size; neighbours, the long ones too, fall apart."""
    for first in range(count):
        yield list(range(first, len(TEXTS), count))


def as_printed(text: str) -> str:
    """What a text looks like on paper, white space left out."""
    shown = [char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")]
    return "".join("〓" if _faceless(char) else char for char in shown if "VARIATION SEL" not in _name(char))


def _name(char: str) -> str:
    return unicodedata.name(char, "")


def _faceless(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return fonts.LIBRARY.glyph(fonts.SONG, char) is None
    return False  # what an office types is never replaced


def differing(whole: str) -> list[int]:
    """Numbers of the texts that do not stand on paper as they went in."""
    return [
        n
        for n, text in enumerate(TEXTS)
        if (found := re.search(f"{mark(n)}(.*?){END}", whole)) is None or found[1] != as_printed(text)
    ]


@pytest.fixture
def desk(store: Store) -> Desk:
    ids = (f"01970000-0000-7000-8000-{n:012x}" for n in range(10**6))
    actor = Actor("worker-1", frozenset({"social_worker", "station_head"}))
    return Desk(store, actor, "试验甲", Device("device-1", 1, "A"), lambda: next(ids))


def hostile_case(desk: Desk) -> str:
    """A case of all kinds of record, a hostile text in every text field, and all of them in its sessions.

    Returns its number.
    """
    writes, turn = [], cycle(TEXTS[:SHORT])
    for n, kind in enumerate(KINDS, start=1):
        given: dict[str, Wire] = dict(case_values(kind, n))
        for name, question in questions(BY_KIND[kind]).items():
            if isinstance(question.kind, LineKind | LongTextKind) and (kind, name) not in KEPT:
                given[name] = next(turn)
        writes.append(Write(kind, kind, given))
    for n, numbers in enumerate(spread(-(-len(TEXTS) // A_SHEET))):
        given = {"case": "case", "date": "2026-05-04", "facts": marked(numbers)}
        writes.append(Write("session", f"session-{n:04}", given))
    desk.write(lambda session: desk.doing("save_form").record(session, "", writes))
    return str(writes[KINDS.index("case")].values["number"])


def test_papers_of_hostile_records(desk: Desk, tally: Tally) -> None:
    number = hostile_case(desk)
    data = papers.print_case_file(desk, number)
    fields = {text for text in values.texts(papers.case_file(desk, number)) if text in TEXTS[:SHORT]}
    assert len(fields) > 60  # what is not said by itself is a number, or part of a sentence
    drawn = reading.drawn(data)
    assert [text for text in fields if as_printed(text) not in drawn] == []
    heads = values.TwoColumns("", "")
    whole = reading.body(data, 24, 17.5).replace(heads.left_head + heads.right_head, "")  # again on each page
    change_settings(desk, {"send_to": TEXTS[2], "copy_to": TEXTS[3]})
    sent = papers.print_brief(desk, "2026-05")
    assert as_printed(TEXTS[2]) in reading.drawn(sent)
    assert as_printed(TEXTS[3]) in reading.drawn(sent)
    differ, active = differing(whole), reading.active(data) + reading.active(sent)
    assert (differ, active, reading.images(data), reading.images(sent)) == ([], [], 0, 0)
    tally(
        "exports: case file",
        seed=SEED,
        strings=len(TEXTS),
        pages=len(reading.pages(data)),
        mismatches=len(differ),
        active=len(active),
    )


def hostile_brief() -> values.Brief:
    """A brief whose every text is hostile."""
    odd = [text for text in TEXTS if len(text) < 200]
    sections = [
        values.Section(odd[n], (values.Heading(odd[n + 1]), values.Narrative(marked(numbers))))
        for n, numbers in enumerate(spread(20))
    ]
    table = values.Table(samples.columns("项目:3 数:1"), tuple((text, "1") for text in odd[:80]), note=odd[0])
    return values.Brief(
        station=odd[1],
        title=odd[2],
        issue_no=odd[3],
        number=odd[4],
        period=odd[5],
        send_to=odd[6],
        copy_to=odd[7],
        summary=odd[8],
        sections=(*sections, values.Section("表", (table,))),
        attachments=tuple(odd[9:14]),
        signers=tuple(odd[14:17]),
    )


def test_the_brief_of_hostile_texts(tally: Tally) -> None:
    data = brief.build(hostile_brief())
    differ, active = differing(reading.body(data, 36, 34)), reading.active(data)
    assert (differ, active, reading.images(data)) == ([], [], 0)
    tally("exports: brief", seed=SEED, strings=len(TEXTS), mismatches=len(differ), active=len(active))


def small() -> bytes:
    block = values.Narrative(marked(range(90)))
    sheet = values.Sheet("过程记录", "1-06-1", "INTERNAL", (block,))
    return case_file.build(values.CaseFile("站", "1", (), (sheet,)))


def test_control_a_paper_that_reads_markup_loses_text(monkeypatch: pytest.MonkeyPatch) -> None:
    before = differing(reading.body(small(), 24, 17.5))
    assert before == list(range(90, len(TEXTS)))
    tidy = fonts.tidy
    monkeypatch.setattr("sgz_desktop.reports.breaking.tidy", lambda text: re.sub("<[^>]*>", "", tidy(text)))
    assert len(differing(reading.body(small(), 24, 17.5))) > len(before) + 5


def link(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://192.0.2.1/")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"


def author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "甲"


def xmp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<x/>")


def picture(pdf: pikepdf.Pdf) -> None:
    drawn = io.BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PDF")
    with pikepdf.open(drawn) as other:
        pdf.pages.extend(other.pages)


def form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/X Do")


PLANTED = (link, script, attached, author, xmp, picture, form)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_control_what_is_planted_is_found(plant: Callable[[pikepdf.Pdf], None]) -> None:
    data, changed = small(), io.BytesIO()
    assert reading.active(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        plant(pdf)
        pdf.save(changed)
    assert reading.active(changed.getvalue()) != []
