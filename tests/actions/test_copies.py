"""Copies for outside: what identifies and stands in free text alone is nowhere in the file."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from sgz_desktop.actions import copies, copy_locks, forms, papers, supervision_copy
from sgz_desktop.actions.cases import open_case
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import create_station
from sgz_desktop.actions.supervision_copy import CopyWish
from sgz_desktop.domain import deidentify
from sgz_desktop.errors import AppError
from sgz_desktop.store import settings
from sgz_desktop.store.write import Write
from tests.actions.conftest import CHEAP, PASSPHRASE
from tests.actions.papers_station import family, paper, visit
from tests.conftest import TestClock

KNOWN = {
    "name": "陈有田",
    "given name": "有田",
    "child": "小雨",
    "nickname": "田螺哥",
    "former name": "陈阿狗",
    "contact": "周桂花",
    "form of address": "老陈",
    "other form": "陈伯伯",
    "house": "甲字47号",
    "id": "110105196203051234",
    "another id": "350627197801010017",
    "old id": "350627780101001",
    "card": "35062719780101001744",
    "phone": "13700137003",
    "landline": "0596-7654321",
    "account": "6228480012345678901",
    "wechat": "tianluo_62",
    "plate": "闽E8K7T2",
    "pinyin": "Chen Youtian",
    "last of a card": "8K6J",
    "spoken": "一三九 零零一三 九零零七",
    "masked": "350627********0073",
    "born in words": "六二年三月初五",
    "somebody else on file": "苗满仓",
}
WRITTEN = {  # as they are typed: wide, spaced, with a country's number
    "110105196203051234": "１１０１０５１９６２０３０５１２３４",
    "350627197801010017": "350627 19780101 0017",
    "13700137003": "+86 137-0013-7003",
    "闽E8K7T2": "闽E·8K7T2",
    "tianluo_62": "微信号tianluo_62",
}
GUESSED = {
    "neighbour": "王建国",
    "doctor": "刘明医生",
    "school": "青山岭小学",
    "hospital": "白云山卫生院",
    "employer": "红星砖瓦厂",
    "son": "陈建军",
    "of another office": "黄德贵",
    "nick": "山里人",
    "school in short": "镇二小",
    "flat": "8栋2单元301",
}
MARKED = "刘家铺子"  # which only a person can see


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    """A case whose free texts hold everything there is to find, each in several fields."""
    folder = tmp_path_factory.mktemp("copies")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        made = create_station(
            folder / "store", "青禾镇社工站", "李小禾", PASSPHRASE, params=CHEAP, now=TestClock()
        )
        yield made.desk, furnish(made.desk)
        made.close()


LEADS = {"8K6J": "卡尾号"}  # the word before that tells what it is
MORE = "大儿子陈建军在镇二小读过书，村支书黄德贵也说。绰号“山里人”，住8栋2单元301。"


def sentences() -> str:
    """All of them in one text, as somebody types."""
    told = [WRITTEN.get(one, one) for one in KNOWN.values()]
    words = [
        f"说到{LEADS.get(one, '')}{one}，" for one in (*told, "青山岭小学", "白云山卫生院", "红星砖瓦厂")
    ]
    return "".join(words) + "邻居王建国说，刘明医生来过。" + MORE + f"常去{MARKED}。"


def furnish(desk: Desk) -> str:
    family(desk, name="苗满仓", id_number=None, phone=None)
    of = family(desk, nickname="田螺哥", former_name="陈阿狗")
    text = sentences()
    case = open_case(desk, "", of.people[1], {"opened_on": "2026-05-06"})
    visit(desk, of, "2026-05-12", case, facts=text, judgement="一般。", environment=text)
    paper(desk, case, "intake", {"intake_on": "2026-05-06", "problem_seen": text, "decision_note": text})
    paper(
        desk,
        case,
        "assessment",
        {"assessed_on": "2026-05-08", "facts": text, "supervisor_remark": text},
        needs=[{"description": text}],
    )
    paper(
        desk,
        case,
        "plan",
        {"made_on": "2026-05-10", "overall_goal": text},
        goals=[{"description": f"目标{MARKED}" + text, "measure": text}],
        steps=[{"action": text}],
    )
    referral = {"person": of.people[1], "receiver": "红星砖瓦厂", "reason_note": text, "materials": "name"}
    paper(
        desk,
        case,
        "referral",
        {**referral, "consented": "agreed", "consented_on": "2026-05-10"},
        calls=[{"said": text}],
    )
    paper(desk, case, "closure", {"closed_on": "2026-06-01", "summary": text, "client_words": text})
    attach(desk, case, text)
    return case


def attach(desk: Desk, case: str, text: str) -> None:
    """An attachment whose title, caption and note tell everything."""
    given = {"parent": case, "title": f"另附：{text}", "caption": text, "note": text, "sort": "proof"}
    desk.write(lambda s: desk.doing("save_form").record(s, "", [Write("attachment", desk.ids(), given)]))


def supervision(desk: Desk, case: str) -> bytes:
    return supervision_copy.make_copy(desk, case, CopyWish("苏明远", "是否同意计划")).data


def release(desk: Desk, case: str) -> bytes:
    """Looked at by somebody who marks what only they can see."""
    review = copies.release_review(desk, case)
    for item in review.items:
        if MARKED in item.text:
            at = item.text.index(MARKED)
            review.mark_everywhere(item, at, at + len(MARKED))
        item.accept()
    copies.keep_review(desk, case, review.decisions())
    return copies.print_release(desk, case, "云岭县民政局")


def said(data: bytes, folder: Path) -> dict[str, str]:
    """What a PDF tells by every way of reading it."""
    path = folder / "copy.pdf"
    path.write_bytes(data)
    ran = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    told = {"pdftotext": ran.stdout.decode("utf-8")}
    with pypdfium2.PdfDocument(data) as document:
        told["pdfium"] = "".join(page.get_textpage().get_text_bounded() for page in document)
        told["outline"] = "\n".join(mark.get_title() for mark in document.get_toc())
        told["properties"] = str(document.get_metadata_dict())
    return told


def streams(data: bytes) -> bytes:
    """Every stream of it without its filters, every other object, and the file itself."""
    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Stream):
                parts.append(one.read_bytes())
            parts.append(one.unparse(resolved=True))
    return b"\n".join(parts)


def forms_of(word: str) -> list[bytes]:
    """A word as bytes somebody may have left in a file."""
    wide, narrow = word.encode("utf-16-be"), word.encode("utf-8")
    return [
        narrow,
        wide,
        word.encode("utf-16-le"),
        wide.hex().encode(),
        wide.hex().upper().encode(),
        narrow.hex().encode(),
    ]


def found(data: bytes, folder: Path, words: dict[str, str]) -> set[str]:
    """Which of the words are in a PDF, by any way of reading."""
    texts = {name: re.sub(r"\s", "", text) for name, text in said(data, folder).items()}
    hidden = streams(data)
    return {
        name
        for name, word in words.items()
        for written in {word, WRITTEN.get(word, word).removeprefix("微信号")}
        if any(re.sub(r"\s", "", written) in text for text in texts.values())
        or any(form in hidden for form in forms_of(written))
    }


def test_the_station_s_own_file_tells_all_of_it(told: tuple[Desk, str], tmp_path: Path) -> None:
    everything = {**KNOWN, **GUESSED, "marked": MARKED}
    assert found(papers.print_case_file(*told), tmp_path, everything) == set(everything)


def test_a_copy_for_a_supervisor_tells_nothing_known_or_guessed(
    told: tuple[Desk, str], tmp_path: Path
) -> None:
    data = supervision(*told)
    assert found(data, tmp_path, {**KNOWN, **GUESSED}) == set()
    text = said(data, tmp_path)["pdftotext"]
    assert "2026年5月12日" in text, "days are there to be talked about"
    assert "李小禾" in text
    assert "上溪村" in text
    assert text.count("仅供苏明远督导使用") >= len(pypdfium2.PdfDocument(data))
    assert "-D1" in text
    assert text.count("（号码略）") > 100, "the sentences themselves are there"


def test_a_copy_for_anybody_tells_nothing_known_guessed_or_marked(
    told: tuple[Desk, str], tmp_path: Path
) -> None:
    data = release(*told)
    everything = {**KNOWN, **GUESSED, "marked": MARKED, "worker": "李小禾", "day": "2026年5月12日"}
    assert found(data, tmp_path, everything) == set()
    assert "2026年5月" in said(data, tmp_path)["pdftotext"]


@pytest.mark.parametrize("off", ["names", "numbers", "places"])
def test_control_with_one_of_the_finders_off_it_is_found(
    told: tuple[Desk, str], tmp_path: Path, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if off == "names":
        monkeypatch.setattr(deidentify.Names, "find", lambda self, text: iter(()))
    else:
        monkeypatch.setattr(deidentify, off, lambda *given: [])
    leaked = found(supervision(*told), tmp_path, {**KNOWN, **GUESSED})
    wanted = {
        "names": {"name", "child", "neighbour"},
        "numbers": {"another id", "phone", "plate"},
        "places": {"school"},
    }
    assert leaked >= wanted[off]


def test_nothing_leaves_that_was_not_looked_at(told: tuple[Desk, str]) -> None:
    desk, case = told
    release(desk, case)
    assert copies.release_review(desk, case).unseen == 0, "the next copy asks about nothing"
    paper(desk, case, "followup", {"date": "2026-06-10", "situation": "去了绿水湾小学。"})
    review = copies.release_review(desk, case)
    assert [item.text for item in review.items if not item.seen] == ["去了绿水湾小学。"]
    with pytest.raises(AppError, match="1段"):
        copies.print_release(desk, case, "云岭县民政局")


def test_what_is_kept_of_a_review_holds_no_word(told: tuple[Desk, str]) -> None:
    desk, case = told
    release(desk, case)
    kept = repr(copies.release_review(desk, case).decisions())
    assert [word for word in (*KNOWN.values(), *GUESSED.values(), MARKED) if word in kept] == []


def test_what_was_decided_of_a_text_goes_with_the_text(told: tuple[Desk, str]) -> None:
    desk, case = told
    id = paper(desk, case, "followup", {"date": "2026-06-12", "situation": "要清除的一段。"})
    release(desk, case)

    def kept() -> dict[str, Any]:
        return desk.read(lambda session: settings.starting(session, settings.REVIEWS))

    assert id in repr(kept())
    before = len(kept()[f"{settings.REVIEWS}{case}"])
    forms.erase_values(desk, id, "followup", ["situation"], "本人要求")
    assert id not in repr(kept())
    assert len(kept()[f"{settings.REVIEWS}{case}"]) == before - 1


def test_without_a_name_to_give_it_to_nothing_is_made(told: tuple[Desk, str]) -> None:
    with pytest.raises(AppError, match="请写明给哪位督导"):
        supervision_copy.make_copy(*told, CopyWish(" "))


def test_a_locked_copy_opens_with_its_password_alone(told: tuple[Desk, str], tmp_path: Path) -> None:
    plain = supervision(*told)
    password = copy_locks.spoken_password()
    data = copy_locks.lock(plain, "督导件 2026-A001-D1", password)
    with pikepdf.open(io.BytesIO(data), password=password) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert str(document.encryption.stream_method).endswith("aesv3")
        assert dict(document.docinfo) == {"/Title": "督导件 2026-A001-D1"}
        assert "/Metadata" not in document.Root
        assert not document.user_password_matched or not document.owner_password_matched
    for wrong in ("", "bamo", password.upper()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
    assert b"2026-A001" not in data
    with pypdfium2.PdfDocument(data, password=password) as document, pypdfium2.PdfDocument(plain) as before:
        assert len(document) == len(before)


@pytest.mark.parametrize(
    ("first", "again", "sentence"),
    [
        ("", "", "请填密码"),
        ("  ", "  ", "请填密码"),
        ("short", "short", "至少"),
        ("bamo-tiku-sevo", "bamo-tiku-sevi", "两次密码不一样"),
        ("密" * 60, "密" * 60, "太长"),
        ("bamo\u200btiku-sevo", "bamo\u200btiku-sevo", "看不见"),
        ("溪水边的大榕树下", "溪水边的大榕树下", ""),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_a_sentence(
    first: str, again: str, sentence: str
) -> None:
    told = copy_locks.refused(first, again)
    assert sentence in told if sentence else told == ""
    if sentence and first == again:
        with pytest.raises(AppError, match="没有保存"):
            copy_locks.lock(b"", "", first)


def test_a_made_up_password_can_be_said(told: tuple[Desk, str]) -> None:
    made = {copy_locks.spoken_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"(?:[b-z][aeiou][b-z][aeiou]-){4}[b-z][aeiou][b-z][aeiou]", one) for one in made)
    assert all(copy_locks.refused(one, one) == "" for one in made)


def test_an_unlocked_copy_names_nobody_in_its_properties(told: tuple[Desk, str]) -> None:
    data = copy_locks.cleared(supervision(*told), "督导件 2026-A001-D1")
    assert data == copy_locks.cleared(supervision(*told), "督导件 2026-A001-D1"), "the same bytes each time"
    with pikepdf.open(io.BytesIO(data)) as document:
        assert dict(document.docinfo) == {"/Title": "督导件 2026-A001-D1"}
