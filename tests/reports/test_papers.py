"""Whole papers: every word is there, in order, verbatim; the frame around them is right."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from sgz_desktop import errors
from sgz_desktop.reports import brief, case_file, recovery_card, values
from tests.reports import reading, samples

HOSTILE = (
    "<b>粗</b><img src=\"file:///etc/passwd\"/> <para>&lt; & &amp; =SUM(A1:A9) +cmd|' /C calc'!A0 "
    "%PDF-1.7 (a)(b\\) >> endobj {{x}} ${y} \\u4e00 ]]> <font color='red'>红</font>"
)


@pytest.fixture(scope="module")
def file_bytes() -> bytes:
    return case_file.build(samples.case_file())


@pytest.fixture(scope="module")
def file_pages(file_bytes: bytes) -> list[str]:
    return reading.pages(file_bytes)


@pytest.fixture(scope="module")
def brief_bytes() -> bytes:
    return brief.build(samples.brief())


def one_sheet(*blocks: values.Block, paper: values.Paper = "INTERNAL") -> values.CaseFile:
    sheet = values.Sheet("过程记录", "MW-1-06-1", paper, blocks)
    return values.CaseFile(samples.STATION, "MW-1", (("服务对象", "丁梅香"),), (sheet,))


def test_every_word_of_the_case_file_is_on_paper(file_pages: list[str]) -> None:
    whole = reading.solid("".join(file_pages))
    skipped = {"left", "right", "centre", "MET", "MISSING", "UNMET", "CLIENT", "INTERNAL", "BUREAU"}
    wanted = [text for text in values.texts(samples.case_file()) if text not in skipped]
    assert len(wanted) > 300
    lost = [t for t in wanted if not all(reading.solid(part) in whole for part in t.split("\n"))]
    # Narrow cells break a text into lines that pdfium reads row by row; their words are still there.
    assert [t for t in lost if not set(reading.solid(t)) <= set(whole)] == []
    assert len(lost) < 40


def test_every_word_of_the_brief_is_on_paper(brief_bytes: bytes) -> None:
    whole = reading.solid("".join(reading.pages(brief_bytes)))
    for text in ("服务总人数（去重）人148139402", "入户探访户次8679512", "其中：见到的人人次112104671"):
        assert text in whole
    assert "本月没有记录。" in whole
    assert re.search("五、督导与培训本月没有记录。", whole)
    assert "落后" in whole
    assert whole.count("结案3个，低于时间进度") == 1


def test_a_brief_without_targets_says_nothing_of_them() -> None:
    whole = reading.solid("".join(reading.pages(brief.build(samples.brief(with_targets=False)))))
    assert "时间进度50%" not in whole
    assert "一、数据表" in whole


def test_contents_name_the_page_each_sheet_starts_on(file_pages: list[str]) -> None:
    contents = reading.solid(file_pages[1])
    for sheet in samples.case_file().sheets:
        first = next(
            i for i, text in enumerate(file_pages, 1) if i > 2 and f"文件编号 {sheet.number} " in text
        )
        assert reading.solid(f"{sheet.title}{sheet.number}{sheet.on}{first}{sheet.signed}") in contents


def test_every_page_says_which_of_how_many(file_pages: list[str]) -> None:
    total = len(file_pages)
    for number, text in enumerate(file_pages[1:], 2):
        assert f"第{number}页　共{total}页" in text
        assert samples.STATION in text


def test_each_sheet_starts_a_page_in_the_order_given(file_pages: list[str]) -> None:
    order = [re.search(r"文件编号 (\S+)", text) for text in file_pages[2:]]
    numbers = list(dict.fromkeys(found[1] for found in order if found))
    assert numbers == [sheet.number for sheet in samples.case_file().sheets]


def test_client_pages_say_who_keeps_them_and_hold_larger_type(file_bytes: bytes) -> None:
    pages = reading.pages(file_bytes)
    consent = next(text for text in pages if "文件编号 MW-A-2026-0007-03-1 " in text)
    assert "一式两份　本人与社工站各存一份" in consent
    assert consent.count("不同意") == 5
    with pikepdf.open(io.BytesIO(file_bytes)) as pdf:
        content = pdf.pages[3].Contents.read_bytes().decode()
    body = [float(size) for size in re.findall(r" ([0-9.]+) Tf", content)]
    assert body.count(13.5) > 20
    assert min(body) >= 8.5


@pytest.mark.parametrize("practice", [True, False])
def test_practice_is_marked_on_every_page_or_on_none(practice: bool) -> None:
    papers = (
        case_file.build(samples.case_file(practice)),
        brief.build(samples.brief(practice)),
        recovery_card.build(dataclasses.replace(samples.card(), practice=practice)),
    )
    for paper in papers:
        assert {("不作凭证" in page) for page in reading.pages(paper)} == {practice}


def test_bookmarks_lead_to_their_pages(file_bytes: bytes, brief_bytes: bytes) -> None:
    with pikepdf.open(io.BytesIO(file_bytes)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        pages = {page.objgen: i for i, page in enumerate(pdf.pages, 1)}
        leads = [pages[item.destination[0].objgen] for item in outline.root]
    assert titles[:3] == ["封面", "目录", "服务对象基本信息　2026-03-12"]
    assert leads[:4] == [1, 2, 3, 4]
    with pikepdf.open(io.BytesIO(brief_bytes)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][:2] == ["一、项目进度", "二、数据表"]


def test_properties_hold_the_kind_of_paper_and_a_number_only(file_bytes: bytes) -> None:
    with pikepdf.open(io.BytesIO(file_bytes)) as pdf:
        info = {str(key): str(text) for key, text in pdf.docinfo.items()}
        assert pdf.check_pdf_syntax() == []
    assert info == {"/Title": f"个案档案 {samples.NUMBER}", "/Producer": "sgz-desktop"}


def test_every_font_is_embedded_and_maps_back_to_text() -> None:
    block = values.Narrative("赵𪚥，㐂")
    with pikepdf.open(io.BytesIO(case_file.build(one_sheet(block)))) as pdf:
        fonts = {str(tag): font for page in pdf.pages for tag, font in page.Resources.Font.items()}
        assert {str(font.BaseFont)[8:] for font in fonts.values()} >= {
            "sgz-serif",
            "sgz-serif-more",
            "sgz-rare",
        }
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert len(descriptor.FontFile2.read_bytes()) == descriptor.FontFile2.Length1
        assert b"<D869DEA5>" in b"".join(font.ToUnicode.read_bytes() for font in fonts.values())
        used = {
            tag for page in pdf.pages for tag in re.findall(rb"/(\w+) [0-9.]+ Tf", page.Contents.read_bytes())
        }
        assert {tag.decode() for tag in used} == {tag[1:] for tag in fonts}


def test_the_id_comes_from_what_the_paper_says() -> None:
    def identity(text: str) -> bytes:
        with pikepdf.open(io.BytesIO(case_file.build(one_sheet(values.Narrative(text))))) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identity("甲") == identity("甲")
    assert identity("甲") != identity("乙")


QUICK = """
import sys
sys.path.insert(0, {root!r})
from sgz_desktop.reports import case_file, fonts, values
assert fonts.unprintable("甲") == []
assert not [name for name in sys.modules if name.split(".")[0] in ("reportlab", "PIL")]
case_file.build(values.CaseFile("站", "1", (), ()))
assert "reportlab.pdfbase.pdfdoc" in sys.modules
assert not [name for name in sys.modules if name.startswith(("reportlab.platypus", "reportlab.graphics"))]
"""


def test_reportlab_is_loaded_with_the_first_page_and_not_before() -> None:
    root = str(Path(__file__).resolve().parents[2])
    subprocess.run([sys.executable, "-c", QUICK.format(root=root)], check=True, cwd="/")


def test_the_closing_sentence_stands_once() -> None:
    for line in (f"可能符合。{values.CLOSING_SENTENCE}", "可能符合。", values.CLOSING_SENTENCE):
        verdict = values.Verdict(line, (values.Condition("MET", "有户籍", "第九条"),))
        whole = reading.solid("".join(reading.pages(case_file.build(one_sheet(verdict)))))
        assert whole.count(values.CLOSING_SENTENCE) == 1
        assert whole.count("可能符合。") == line.count("可能符合。")


def test_two_columns_without_text_are_not_drawn() -> None:
    def heads(left: str, right: str) -> int:
        block = values.TwoColumns(left, right, "左栏", "右栏")
        return "".join(reading.pages(case_file.build(one_sheet(block)))).count("左栏")

    assert [heads("", ""), heads("", "乙"), heads("\n\n", "")] == [0, 1, 1]


@pytest.mark.parametrize(
    "block",
    [
        values.Narrative(HOSTILE, title=HOSTILE),
        values.TwoColumns(HOSTILE, HOSTILE),
        values.Form((values.FormField("情况", HOSTILE, wide=True),)),
        values.Table((values.Column("说明"),), ((HOSTILE,),), note=HOSTILE),
        values.Remarks("批注", HOSTILE),
        values.Choices((values.Choice(HOSTILE),)),
        values.Verdict(HOSTILE, (values.Condition("UNMET", HOSTILE, "第九条"),)),
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(block: values.Block) -> None:
    data = case_file.build(one_sheet(block))
    assert reading.solid(HOSTILE) in reading.solid("".join(reading.pages(data)))
    assert reading.images(data) == 0


def test_a_drawn_picture_would_be_counted() -> None:
    picture = io.BytesIO()
    Image.new("L", (8, 8)).save(picture, "PDF")
    assert reading.images(picture.getvalue()) == 1


def test_hostile_numbers_and_titles_do_not_break_the_file() -> None:
    odd = dataclasses.replace(samples.six_pages(), number=HOSTILE, title=HOSTILE, station=HOSTILE)
    with pikepdf.open(io.BytesIO(case_file.build(odd))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == f"{HOSTILE} {HOSTILE}"


def test_options_wider_than_the_form_stay_inside() -> None:
    long = "社会支持体系建设与社会功能修复及其他需要逐项写明的服务手法" * 3
    options = (values.Option("短"), values.Option(long, True), values.Option("末", blank=True))
    form = values.Form((values.FormField("手法", options=options, wide=True),))
    assert long in reading.solid("".join(reading.pages(case_file.build(one_sheet(form)))))


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "字", "a" * 3000, "。" * 300, "（" * 200, "字" * 20_000])
@pytest.mark.parametrize("kind", ["narrative", "columns", "form", "table"])
def test_any_text_can_be_set(text: str, kind: str) -> None:
    block: values.Block = {
        "narrative": values.Narrative(text),
        "columns": values.TwoColumns(text, "短"),
        "form": values.Form((values.FormField("情况", text, wide=True),)),
        "table": values.Table((values.Column("甲", 1), values.Column("乙", 3)), (("短", text),)),
    }[kind]
    data = case_file.build(one_sheet(block, values.Signatures(("社工", "督导"))))
    pages = reading.pages(data)
    assert len(pages) < 60
    assert sum(page.count("字") for page in pages[2:]) == text.count("字")


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = tuple((str(i), f"第{i}户", "没有变化") for i in range(1, 200))
    table = values.Table(samples.columns("序号:1 户别:2 变化:4"), rows, ledger=True)
    pages = [page for page in reading.pages(case_file.build(one_sheet(table)))[2:] if "户" in page]
    assert len(pages) > 4
    assert all("序号" in page for page in pages)


def test_an_empty_table_says_so() -> None:
    table = values.Table(samples.columns("序号:1 户别:2"), (), empty="没有家庭成员记录。")
    assert "没有家庭成员记录。" in reading.pages(case_file.build(one_sheet(table)))[2]


def test_a_file_without_sheets_is_still_a_file() -> None:
    assert len(reading.pages(case_file.build(values.CaseFile("站", "1", (), ())))) == 2


def test_the_recovery_card_numbers_its_groups_on_one_page() -> None:
    pages = reading.pages(recovery_card.build(samples.card()))
    assert len(pages) == 1
    assert all(group in pages[0] for group in samples.card().groups)


def test_progress_counts_pages_and_can_stop() -> None:
    seen: list[tuple[int, int]] = []
    case_file.build(samples.six_pages(), lambda done, total: seen.append((done, total)))
    assert seen == [(n, 6) for n in range(2, 7)]

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        case_file.build(samples.six_pages(), stop)
    with pytest.raises(errors.Cancelled):
        brief.build(samples.brief(), lambda _done, _total: stop(3, 0))


SCRIPT = """
import hashlib, sys
sys.path.insert(0, {root!r})
from sgz_desktop.reports import brief, case_file, recovery_card
from tests.reports import samples
papers = [case_file.build(samples.case_file()), brief.build(samples.brief())]
papers.append(recovery_card.build(samples.card()))
print(*(hashlib.sha256(p).hexdigest() for p in papers))
"""


def test_same_input_same_bytes_anywhere() -> None:
    """Two processes that differ in hash seed, time zone, locale and what reportlab reads from outside."""
    root = str(Path(__file__).resolve().parents[2])
    found = set()
    outside = {
        "SOURCE_DATE_EPOCH": "1700000000",
        "RL_useA85": "1",
        "RL_pdfComments": "1",
        "RL_pdfMultiLine": "1",
    }
    for seed, zone, locale in (("1", "Asia/Shanghai", "C"), ("77", "America/Lima", "C.UTF-8")):
        place = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        place |= outside if seed == "77" else {}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(root=root)],
            env={**os.environ, **place},
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert case_file.build(samples.case_file()) == case_file.build(samples.case_file())
    assert case_file.build(samples.case_file()) != case_file.build(samples.case_file(False))


def test_values_are_equal_by_content_fixed_and_silent() -> None:
    one, same = values.Choice("丁梅香", True), values.Choice("丁梅香", True)
    assert one == same
    assert hash(one) == hash(same)
    assert one != values.Choice("丁梅香", False)
    assert one != values.Option("丁梅香", True)
    assert dataclasses.replace(one, answer=False) == values.Choice("丁梅香", False)
    for change in (lambda: setattr(one, "text", "甲"), lambda: delattr(one, "text")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert "丁" not in repr(samples.case_file()) + repr(one)
