"""A copy that comes back with notes on it: each is a dated task at the right record, whatever saved it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest

from sgz_desktop.actions import agenda, forms, supervision_remarks, supervision_return
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import create_station
from sgz_desktop.actions.supervision_copy import Copy
from sgz_desktop.actions.supervision_pages import NeedsPassword
from sgz_desktop.actions.supervision_return import ReadCopy
from sgz_desktop.domain.records.supervision import Remark, SupervisorCopy
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts, Narrative, Sheet
from sgz_desktop.store import queries, read
from sgz_desktop.store.write import Write
from tests.actions.conftest import CHEAP, PASSPHRASE
from tests.actions.supervised import FILES, WHO, given, mark_of, supervised_case, written
from tests.conftest import TestClock
from tests.foreign.annotating import annotated, changed, locked, note, saved

FACTS_AT = 1  # of a session's marks: before it stands when and who
DUE = "2026-07-09"  # seven working days after 30 June 2026


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Copy]]:
    """A station that gave one copy; what is read of it leaves it as it is."""
    folder = tmp_path_factory.mktemp("return")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        station = create_station(
            folder / "store", "青禾镇社工站", "李小禾", PASSPHRASE, params=CHEAP, now=TestClock()
        )
        yield station.desk, given(station.desk, supervised_case(station.desk))
        station.close()


@pytest.fixture
def desk(made: tuple[Desk, Copy]) -> Desk:
    return made[0]


@pytest.fixture
def copy(made: tuple[Desk, Copy]) -> Copy:
    return made[1]


def noted(copy: Copy) -> list[dict[str, object]]:
    """One of each standard sort, each beside a mark of its own."""
    intake, plan, first, last = (
        mark_of(copy, "intake"),
        mark_of(copy, "plan"),
        mark_of(copy, "session", FACTS_AT),
        mark_of(copy, "session", -1),
    )
    marked = {"left": 84, "high": 20, "wide": 200}
    return [
        note("Text", intake.page, intake.top - 4, "安全风险要写清楚"),
        note("Highlight", plan.page, plan.top - 1, "目标太笼统", **marked),
        note("Text", plan.page, plan.top - 1, "同意这一条", reply=True),
        note("Underline", first.page, first.top - 1, **marked),
        note("StrikeOut", first.page, first.top - 1, "删去", **marked),
        note("Squiggly", first.page, first.top - 1, "再核实", **marked),
        note("FreeText", last.page, last.top - 2, "下次谈作业", left=300),
        note("Ink", last.page, last.top - 2),
        note("Stamp", last.page, last.top - 2),
        note("Square", last.page, last.top - 2),
    ]


def expected(copy: Copy) -> list[str]:
    kinds = ["intake", "plan", "plan", "session", "session", "session", *["session"] * 4]
    ends = [0, 0, 0, FACTS_AT, FACTS_AT, FACTS_AT, -1, -1, -1, -1]
    return [mark_of(copy, kind, end).id for kind, end in zip(kinds, ends, strict=True)]


def back(desk: Desk, folder: Path, data: bytes, password: str = "") -> ReadCopy:
    return supervision_return.read_returned(desk, written(folder, data), password)


def refused(desk: Desk, folder: Path, data: bytes, password: str = "") -> str:
    with pytest.raises(AppError) as told:
        back(desk, folder, data, password)
    assert len(told.value.message) <= 30
    assert told.value.hint
    return told.value.message


REWRITTEN = {
    "as it was": lambda data: data,
    "object streams": lambda data: saved(data, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "linearised": lambda data: saved(data, linearize=True),
    "unpacked": lambda data: saved(data, compress_streams=False, normalize_content=True),
    "locked, no password to open": lambda data: locked(data, "", "站长"),
}


@pytest.mark.parametrize("again", REWRITTEN.values(), ids=REWRITTEN)
def test_every_note_leads_to_its_record(desk: Desk, copy: Copy, tmp_path: Path, again: object) -> None:
    data = again(annotated(copy.data, noted(copy)))  # type: ignore[operator]
    found = back(desk, tmp_path, data)
    assert (found.number, found.case_number, found.recipient) == ("2026-A001-D1", "2026-A001", WHO)
    assert [one.about for one in found.notes] == expected(copy)
    assert not found.said
    texts = [one.text for one in found.notes]
    assert texts[0] == "安全风险要写清楚"
    assert texts[1].startswith("标出“")
    assert texts[1].endswith("：目标太笼统")
    assert texts[2] == "回复：同意这一条"
    assert "162/94" in texts[3]
    assert texts[3].startswith("划线“")
    assert texts[4].startswith("划去“")
    assert texts[5].startswith("波浪线“")
    assert texts[7] == "图形批注，请看原件。"
    assert {one.author for one in found.notes} == {"周督导"}
    assert {one.day for one in found.notes} == {"2026-06-28"}


def test_control_a_note_elsewhere_leads_elsewhere(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    """The same note beside another mark is at another record: the place decides, not the words."""
    mark = mark_of(copy, "session", -1)
    found = back(
        desk, tmp_path, annotated(copy.data, [note("Text", mark.page, mark.top - 4, "安全风险要写清楚")])
    )
    assert [one.about for one in found.notes] == [mark.id]
    assert mark.id != mark_of(copy, "intake").id


def test_notes_become_dated_tasks_once(make_station: object, tmp_path: Path) -> None:
    desk = make_station().desk  # type: ignore[operator]
    copy = given(desk, supervised_case(desk))
    found = back(desk, tmp_path, annotated(copy.data, noted(copy)))
    assert found.due_on == DUE
    _, count = supervision_return.take_notes(desk, found.case, found.id, found.notes, found.due_on)
    assert count == 10
    lines = supervision_remarks.list_remarks(desk)
    assert sorted(one.about for one in lines) == sorted(expected(copy))
    assert all(one.unverified and one.due_on == DUE for one in lines)
    due = [item for item in agenda.agenda(desk, 1).days[DUE] if item.kind == Remark.KIND]
    assert len(due) == 10
    # the same file again, written anew meanwhile, adds nothing
    later = back(desk, tmp_path, saved(annotated(copy.data, noted(copy)), linearize=True))
    assert all(one.here for one in later.notes)
    assert "有10条以前读过，不会重复。" in later.said
    assert supervision_return.take_notes(desk, later.case, later.id, later.notes, DUE)[1] == 0
    # one that was taken out
    gone = desk.read(lambda session: read.load(session, Remark, lines[0].id))
    assert gone
    forms.delete_record(desk, lines[0].id, Remark.KIND, "写重了", gone.seen)
    again = back(desk, tmp_path, annotated(copy.data, noted(copy)))
    fresh = [one for one in again.notes if not one.here]
    assert [one.gone for one in fresh] == [True]  # offered, and taken only when it is asked for
    assert supervision_return.take_notes(desk, again.case, again.id, fresh, DUE)[1] == 1
    assert len(supervision_remarks.list_remarks(desk)) == 10
    held = desk.read(lambda session: read.of_parent(session, SupervisorCopy, "number", copy.number))
    assert held[0].returned_on == "2026-06-30"


def _foreign(desk: Desk) -> tuple[dict[str, object], dict[tuple[str, str], str]]:
    """The station of the files: a copy 2026-A001-D1 with their marks, at records of this one."""
    told = json.loads((FILES / "marks.json").read_text())
    case = supervised_case(desk)
    queue = {
        kind: [
            row[0]
            for row in desk.read(
                lambda session, kind=kind: queries.table(session, f"SELECT id FROM r_{kind} ORDER BY rid")
            )
        ]
        for kind in ("intake", "session")
    }
    own = {(kind, id): queue[kind].pop(0) for kind, id in told["ids"]}
    marks = json.dumps([[one[0], one[1], own[one[1], one[2]], *one[3:]] for one in told["marks"]])
    values = {
        "case": case,
        "number": told["number"],
        "recipient": WHO,
        "given_on": "2026-06-30",
        "marks": marks,
    }
    write = Write(SupervisorCopy.KIND, desk.ids(), values)
    desk.write(lambda session: desk.doing("note_copy").record(session, "", [write]))
    return told, {(kind, id): new for (kind, id), new in own.items()}


@pytest.mark.parametrize("name", ["back-gs.pdf", "back-mutool.pdf"])
def test_a_copy_saved_by_another_program_comes_back(make_station: object, name: str) -> None:
    """Given out on another computer: only the marks are here, no bytes."""
    desk = make_station().desk  # type: ignore[operator]
    told, own = _foreign(desk)
    found = supervision_return.read_returned(desk, FILES / name)
    assert not found.said
    kinds = {one[0]: own[one[1], one[2]] for one in told["marks"]}  # type: ignore[attr-defined]
    assert [(one.mark, one.about) for one in found.notes] == [
        (mark, kinds[mark])
        for mark, _ in told["expected"]  # type: ignore[attr-defined]
    ]
    for one, (_, words) in zip(found.notes, told["expected"], strict=True):  # type: ignore[call-overload]
        assert words in one.text
    assert supervision_return.take_notes(desk, found.case, found.id, found.notes, found.due_on)[1] == 4
    other = FILES / ("back-gs.pdf" if "mutool" in name else "back-mutool.pdf")
    assert all(one.here for one in supervision_return.read_returned(desk, other).notes)


def test_a_locked_copy_asks_for_its_password(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    data = locked(annotated(copy.data, noted(copy)), "青禾2026")
    with pytest.raises(NeedsPassword, match="有密码"):
        back(desk, tmp_path, data)
    with pytest.raises(NeedsPassword, match="密码不对"):
        back(desk, tmp_path, data, "青禾2025")
    assert [one.about for one in back(desk, tmp_path, data, "青禾2026").notes] == expected(copy)


def test_pages_taken_out_put_in_and_turned_round(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    last = mark_of(copy, "session", -1)

    def work(document: pikepdf.Pdf) -> None:
        del document.pages[1]
        document.add_blank_page(page_size=(595, 842))
        document.pages.reverse()

    data = changed(annotated(copy.data, [note("Text", last.page, last.top - 3, "看这里")]), work)
    found = back(desk, tmp_path, data)
    assert [one.about for one in found.notes] == [last.id]
    assert "少了第2页，这些页的批注没有读到。" in found.said
    assert "第1页不是给出的页，批注照样列出。" in found.said


def test_a_page_on_other_paper_is_measured_by_its_own_height(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    mark = mark_of(copy, "session", -1)
    scale = 0.5

    def work(document: pikepdf.Pdf) -> None:
        page = document.pages[mark.page - 1]
        page.mediabox = pikepdf.Array([0, 0, 595 * scale, 841.89 * scale])
        page.contents_add(f"{scale} 0 0 {scale} 0 0 cm".encode(), prepend=True)

    data = annotated(changed(copy.data, work), [note("Text", mark.page, (mark.top - 3) * scale, "小页")])
    assert [one.mark for one in back(desk, tmp_path, data).notes] == [mark.number]


def paper(words: str) -> bytes:
    """Any other PDF of ours."""
    from sgz_desktop.reports.handouts import build

    return build(Handouts("青禾镇社工站", "别的", (Sheet("别的", "X-1", "INTERNAL", (Narrative(words),)),)))


def test_what_is_no_copy_of_ours_is_said(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    assert "不是PDF" in refused(desk, tmp_path, b"PK\x03\x04" + b"0" * 900)
    assert "不是本程序打印" in refused(desk, tmp_path, paper("一段话"))
    assert "不同" in refused(desk, tmp_path, _with_number(paper("一段别的话" * 90), copy))
    strange = changed(paper("话"), lambda document: _titled(document, "督导件 2026-A777-D3"))
    assert "本站没有督导件2026-A777-D3" in refused(desk, tmp_path, strange)
    assert "损坏" in refused(desk, tmp_path, b"%PDF-1.7\n" + b"\x00" * 4000)
    with pytest.raises(AppError, match="太大"):
        supervision_return.read_returned(desk, _huge(tmp_path))
    with pytest.raises(AppError, match="读不出"):
        supervision_return.read_returned(desk, tmp_path / "没有.pdf")


def _titled(document: pikepdf.Pdf, title: str) -> None:
    document.docinfo["/Title"] = title


def _with_number(data: bytes, copy: Copy) -> bytes:
    """Another file whose only page says that it is a page of the copy."""
    from sgz_desktop.reports.supervision import build
    from sgz_desktop.reports.values import SupervisorFile

    sheets = (Sheet("别的", "X-1", "INTERNAL", (Narrative("一段别的话" * 90),)),)
    return build(SupervisorFile("别的社工站", copy.number, (), sheets, "仅供"))


def _huge(folder: Path) -> Path:
    """2 GB that take no room on the disk."""
    path = folder / "大.pdf"
    with open(path, "wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 << 30)
    return path


def test_a_copy_of_the_practice_station_stays_there(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    from sgz_desktop.reports.supervision import build
    from sgz_desktop.reports.values import SupervisorFile

    sheets = (Sheet("练习", "X-1", "INTERNAL", (Narrative("一段话"),)),)
    data = build(SupervisorFile("青禾镇社工站", copy.number, (), sheets, "仅供", practice=True))
    assert "练习站" in refused(desk, tmp_path, data)


def test_an_older_copy_and_a_plain_one_are_said(make_station: object, tmp_path: Path) -> None:
    desk = make_station().desk  # type: ignore[operator]
    case = supervised_case(desk)
    first = given(desk, case)
    given(desk, case)
    found = back(desk, tmp_path, first.data)
    assert found.said == ("这是较早的一份，后来又给过2026-A001-D2。", "没有看到批注。手写的请照批注号录入。")


def test_scripts_attachments_and_links_are_data(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    def work(document: pikepdf.Pdf) -> None:
        run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root["/OpenAction"] = run
        document.attachments["a.exe"] = b"MZ"
        page = document.pages[0].obj
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array([0, 0, 99, 99]),
            A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/true")),
        )
        page["/Annots"] = pikepdf.Array([document.make_indirect(link)])

    mark = mark_of(copy, "intake")
    data = annotated(changed(copy.data, work), [note("Text", mark.page, mark.top - 2, "看")])
    found = back(desk, tmp_path, data)
    assert [one.text for one in found.notes] == ["看"]
    assert found.said == ("文件里有脚本，没有运行。", "文件里有附件，没有打开。")


def test_odd_words_are_plain_text(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    mark = mark_of(copy, "intake")
    odd = ["\u202e倒过来\x00\x07<b>粗</b>\u2066\u200b", "长" * 30_000, "=HYPERLINK(1)", "𪚥𠅤"]
    data = annotated(
        copy.data, [note("Text", mark.page, mark.top - 2, text, author="\u202e谁\n谁") for text in odd]
    )
    found = back(desk, tmp_path, data).notes
    assert found[0].text == "倒过来<b>粗</b>"
    assert found[0].author == "谁 谁"
    assert len(found[1].text) < 4_100
    assert found[1].text.endswith("请看原件）")
    assert [one.text for one in found[2:]] == odd[2:]


def test_ten_thousand_notes_are_read(desk: Desk, copy: Copy, tmp_path: Path) -> None:
    mark = mark_of(copy, "intake")
    data = annotated(copy.data, [note("Text", mark.page, mark.top - 2, f"第{n}条") for n in range(10_000)])
    found = back(desk, tmp_path, data)
    assert len(found.notes) == len({one.fingerprint for one in found.notes}) == 10_000
    lines = desk.read(lambda session: queries.table(session, "SELECT action, record FROM access_log"))
    assert ("read_returned", copy.id) in lines


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_a_cut_file_is_a_sentence_or_what_is_left(
    desk: Desk, copy: Copy, tmp_path: Path, share: float
) -> None:
    data = annotated(copy.data, noted(copy))
    with suppress(AppError):
        found = back(desk, tmp_path, data[: int(len(data) * share)])
        assert {one.about for one in found.notes} <= set(expected(copy))


def test_a_case_kept_from_the_guardian_is_not_there_for_others(make_station: object, tmp_path: Path) -> None:
    from dataclasses import replace

    from sgz_desktop.actions.allowed import SUPERVISOR, WORKER
    from sgz_desktop.domain.actor import Actor

    desk = make_station().desk  # type: ignore[operator]
    case = supervised_case(desk)
    copy = given(desk, case)
    data = annotated(copy.data, noted(copy))
    found = back(desk, tmp_path, data)
    supervision_return.take_notes(desk, found.case, found.id, found.notes, found.due_on)
    for role in (WORKER, SUPERVISOR):
        other = replace(desk, actor=Actor("w-2", frozenset({role})), user="别的社工")
        assert len(back(other, tmp_path, data).notes) == 10
        assert supervision_remarks.list_remarks(other)
    forms.save_form(desk, forms.form(desk, case, "case"), {"guardian_hidden": True})
    for role in (WORKER, SUPERVISOR):
        other = replace(desk, actor=Actor("w-2", frozenset({role})), user="别的社工")
        assert "本站没有" in refused(other, tmp_path, data)
        assert not supervision_remarks.list_remarks(other)
        assert not [
            one for day in agenda.agenda(other, 1).days.values() for one in day if one.kind == Remark.KIND
        ]
        with pytest.raises(AppError):
            supervision_return.take_notes(other, found.case, found.id, found.notes, found.due_on)
