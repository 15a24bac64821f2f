"""快速签到 and 快速发放 by keyboard: names typed and pasted, people on file found, doubts said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from desks import open_desk, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from sgz_desktop.actions import forms, handing_out, name_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.name_list import read_names
from sgz_desktop.gui.dialogs.names_dialog import NamesDialog
from sgz_desktop.gui.dialogs.tick_dialog import TickDialog
from sgz_desktop.gui.names_jobs import open_handout, open_members, open_sign_in
from sgz_desktop.gui.pages.activity_parts import ResourcePage
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.store import search

HAN_KEYS = 4  # pinyin and the choice
MOST_KEYS = 150  # two minutes at a slow 75 keys a minute
PEOPLE = ("王桂花", "李长顺", "赵小满", "赵小满")


def put(desk: Desk, kind: str, **values: Any) -> str:
    return forms.save_form(desk, forms.new_form(desk, kind, {}), values).id


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("names")) as desk:
        for name in PEOPLE:
            put(desk, "person", name=name)
        while desk.store.write(search.work_off):
            pass
        yield desk


class Typist:
    """Types into a dialog, counting every key."""

    def __init__(self, open_on: Callable[..., None], desk: Desk, id: str) -> None:
        self.owner, self.keys = QWidget(), 0
        self.owner.resize(1366, 720)
        self.owner.show()
        self.said: list[str] = []
        open_on(self.owner, desk, id, lambda words, _undo: self.said.append(words))
        settle()
        self.dialog = self.owner.findChildren(NamesDialog)[-1]
        self.dialog.activateWindow()
        self.dialog.line.setFocus()
        settle()

    def type(self, text: str) -> None:
        """Letters one key each, Han as many as their syllables take, then Enter."""
        for mark in text:
            QTest.keyClicks(self.dialog.line, mark) if mark.isascii() else self.dialog.line.insert(mark)
            self.keys += 1 if mark.isascii() else HAN_KEYS
        self.enter()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.dialog.line, key, modifier)
        self.keys += 1
        settle()

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def save(self) -> None:
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(150)  # a button pressed by its shortcut shows that first
        settle()

    @property
    def notice(self) -> str:
        return "" if self.dialog.notice.isHidden() else self.dialog.notice.text()


def test_twelve_names_and_a_head_count_are_signed_in_within_two_minutes(desk: Desk, tally_keys: Any) -> None:
    activity = put(desk, "activity", name="重阳敬老", date="2026-06-29")
    typist = Typist(open_sign_in, desk, activity)
    typist.type("wgh")
    typist.type("李长顺")
    for name in ("覃甲", "覃乙", "覃丙", "覃丁", "韦甲", "韦乙", "韦丙", "韦丁", "蓝甲", "蓝乙"):
        typist.type(name)
    typist.type("26")
    assert typist.dialog.state.text() == "签到12人，点到26人，按26人次统计"
    typist.save()
    assert typist.said == ["签到已保存，共12人。10秒内可以撤销。"]
    on_file = name_rows.sign_in_list(desk, activity)
    assert [row.name for row in on_file.rows[:3]] == ["王桂花", "李长顺", "覃甲"]
    assert [bool(row.person) for row in on_file.rows[:3]] == [True, True, False]
    assert on_file.heads == 26
    tally_keys(typist.keys)
    assert typist.keys <= MOST_KEYS


@pytest.fixture
def tally_keys(capsys: pytest.CaptureFixture[str]) -> Callable[[int], None]:
    def tell(keys: int) -> None:
        with capsys.disabled():
            print(f"sign-in of 12 names and a head-count: {keys} keys")

    return tell


def test_what_stands_twice_is_said_at_once_and_kept_once(desk: Desk) -> None:
    activity = put(desk, "activity", name="义诊", date="2026-06-29")
    name_rows.enter_sign_ins(desk, activity, [("", "覃甲")])
    put(desk, "sign_in", activity=activity, name="莫社工", role="worker")
    put(desk, "sign_in", activity=activity, name="吴志愿", role="volunteer")
    typist = Typist(open_sign_in, desk, activity)
    assert typist.dialog.state.text() == "签到3人，工作人员等2人不计，按1人次统计"
    typist.type("覃甲")
    assert typist.notice == "覃甲已在名单里，没有重复加。"
    typist.paste("1\t覃乙\t13800000000\n2\t覃丙\n3\t覃乙\n26")
    assert typist.notice == "覃乙写了两次，只加一次。"
    typist.type("wgh")
    typist.type("王桂花")
    assert typist.notice == "王桂花已在名单里，没有重复加。"
    typist.type("13800000000")
    assert "看不出是姓名" in typist.notice
    assert typist.dialog.line.text() == "13800000000"
    typist.save()
    assert "还没有加" in typist.notice
    typist.dialog.line.start_again()
    typist.save()
    names = [row.name for row in name_rows.sign_in_list(desk, activity).rows]
    assert names == ["覃甲", "莫社工", "吴志愿", "覃乙", "覃丙", "王桂花"]


def test_of_two_namesakes_one_is_chosen(desk: Desk) -> None:
    activity = put(desk, "activity", name="议事会", date="2026-06-29")
    typist = Typist(open_sign_in, desk, activity)
    typist.type("赵小满")
    assert typist.notice.startswith("有2位同名")
    assert typist.dialog.new == {}
    typist.enter()
    assert [bool(person) for person, _ in typist.dialog.new] == [True]
    typist.dialog.list.setFocus()
    typist.dialog.list.set_current(next(iter(typist.dialog.new)))
    QTest.keyClick(typist.dialog.list, Qt.Key.Key_Delete)
    settle()
    assert typist.dialog.new == {}


def test_more_than_there_is_is_said_kept_and_marked(desk: Desk) -> None:
    given = {"provider_name": "测试粮店", "worth": "180", "basis": "invoice"}
    rice = put(desk, "resource", what="大米", sort="goods", quantity="3", measure="袋", **given)
    typist = Typist(open_handout, desk, rice)
    typist.paste("覃甲、覃乙、王桂花、李长顺")
    assert typist.dialog.state.text() == "这次发4袋，比结余多1袋。可以保存，标为待核。"
    typist.save()
    assert typist.said == ["已记4人，多发1袋，标为待核。10秒内可以撤销。"]
    form = forms.form(desk, rice, "resource")
    assert [mark.sentence for mark in form.marks] == ["已发放4袋，比收到的多1袋。"]
    assert {row.values["worth"] for row in form.rows["handouts"]} == {6000}
    assert {row.values["date"] for row in form.rows["handouts"]} == {"2026-06-30"}


def test_names_that_are_not_saved_do_not_go_at_the_first_esc(desk: Desk) -> None:
    typist = Typist(open_handout, desk, put(desk, "resource", what="食用油", sort="goods", quantity="4"))
    typist.type("覃甲")
    typist.press(Qt.Key.Key_Escape)
    assert typist.dialog.isVisible()
    assert typist.notice == "1个名字还没有保存。要放弃，请再按一次Esc或“返回”。"
    typist.type("覃乙")
    typist.press(Qt.Key.Key_Escape)
    assert typist.dialog.isVisible()  # one more was typed since
    assert typist.notice.startswith("2个名字")
    typist.press(Qt.Key.Key_Escape)
    assert not typist.dialog.isVisible()
    assert typist.said == []


def test_control_nothing_typed_goes_at_once(desk: Desk) -> None:
    typist = Typist(open_handout, desk, put(desk, "resource", what="食用油", sort="goods", quantity="4"))
    typist.press(Qt.Key.Key_Escape)
    assert not typist.dialog.isVisible()


def test_control_what_is_left_is_no_doubt(desk: Desk) -> None:
    given = {"provider_name": "测试粮店", "worth": "100", "basis": "invoice"}
    oil = put(desk, "resource", what="食用油", sort="goods", quantity="4", **given)
    typist = Typist(open_handout, desk, oil)
    typist.type("覃甲")
    assert typist.dialog.state.text() == "结余4，这次发1，发后剩3"
    typist.save()
    assert forms.form(desk, oil, "resource").marks == ()


def words_of(page: ResourcePage) -> list[str]:
    return [one.text() for one in page.list_button.findChildren(QMenu)[0].actions()]


def test_many_who_signed_on_paper_are_noted_at_once(desk: Desk) -> None:
    rice = put(desk, "resource", what="棉被", sort="goods", quantity="9", worth="90", basis="invoice")
    name_rows.enter_handouts(desk, rice, {"quantity": "1"}, [("", "覃甲"), ("", "覃乙"), ("", "覃丙")])
    name_rows.enter_handouts(desk, rice, {"quantity": "1", "signed": "thumb"}, [("", "覃丁")])
    hub = StationHub(desk, "resources")
    hub.show()
    hub.open_record("resource", rice)
    settle()
    page, said = hub.stack.over, []
    page.said.connect(lambda words, _undo: said.append(words))
    page.ask_signed()
    settle()
    dialog = hub.findChildren(TickDialog)[-1]
    asked = handing_out.handouts_to_sign(desk, rice)
    assert [one.name for one in asked] == ["覃甲", "覃乙", "覃丙"]
    assert dialog.list.chosen() == [one.id for one in asked]  # most have signed: all are ticked
    dialog.list.tick([asked[1].id], False)
    dialog.go.click()
    settle()
    assert said == ["已记2人签收。10秒内可以撤销。"]
    told = [row.values.get("signed") for row in forms.form(desk, rice, "resource").rows["handouts"]]
    assert told == ["signature", None, "signature", "thumb"]
    assert handing_out.sign_handouts(desk, [asked[0].id]).edit is None
    assert words_of(page) == ["发放表", "记签收"]
    for role, words in (("clerk", ["记签收"]), ("supervisor", ["发放表"])):
        other = replace(desk, actor=replace(desk.actor, roles=frozenset({role})))
        page = ResourcePage(other, lambda: forms.form(desk, rice, "resource"))
        settle()
        assert words_of(page) == words
        page.deleteLater()
    hub.hide()
    hub.deleteLater()


def test_members_are_typed_in_a_row_with_the_day_they_consented(desk: Desk) -> None:
    group = put(desk, "group", name="银龄互助小组", first_on="2026-06-01", planned_members="5")
    typist = Typist(open_members, desk, group)
    assert "签了同意书的" in typist.dialog.state.text()
    typist.type("wgh")
    typist.paste("覃甲、覃乙")
    typist.dialog.boxes["consented_on"].setText("6.2")
    assert typist.dialog.state.text() == "组员3人，计划5人。"
    typist.save()
    assert typist.said == ["已加3人，组员共3人。10秒内可以撤销。"]
    rows = [row.values for row in forms.form(desk, group, "group").rows["members"]]
    assert [bool(row.get("person")) for row in rows] == [True, False, False]
    told = {(row["joined_on"], row["consent"], row["consented_on"]) for row in rows}
    assert told == {("2026-06-01", "agreed", "2026-06-02")}
    again = Typist(open_members, desk, group)
    again.type("覃甲")
    assert again.notice == "覃甲已在名单里，没有重复加。"


def test_signing_in_before_the_day_is_said_at_once(desk: Desk) -> None:
    activity = put(desk, "activity", name="暑托班", date="2026-07-06")
    typist = Typist(open_sign_in, desk, activity)
    typist.type("覃甲")
    assert typist.dialog.state.text() == "签到1人，按1人次统计。活动日期还没到，请核对。"
    assert typist.dialog.state.property("tone") == "warn"
    typist.save()
    assert len(name_rows.sign_in_list(desk, activity).rows) == 1  # kept all the same


def test_the_tabs_open_them_and_their_papers(desk: Desk) -> None:
    activity = put(desk, "activity", name="暑期安全课", date="2026-06-30")
    hub = StationHub(desk, "groups")
    hub.show()
    hub.activate({"tab": "activity"})
    settle()
    hub.card.table.set_current(activity)
    words = [verb.accessibleName() for verb in hub.verbs["activity"] if verb.isVisibleTo(hub)]
    assert words == ["签到表", "快速签到"]
    hub.verbs["activity"][1].click()
    settle()
    assert hub.findChildren(NamesDialog)[-1].opened.title == "暑期安全课"
    hub.findChildren(NamesDialog)[-1].reject()
    hub.open_record("activity", activity)
    settle()
    assert hub.stack.over.papers.isVisibleTo(hub)
    hub.stack.over.names.click()  # and from the form, which shows who signed in
    settle()
    signing = hub.findChildren(NamesDialog)[-1]
    signing._given(read_names("覃甲"))
    settle()
    signing.save.click()
    settle()
    assert [box.row.values["name"] for box in hub.stack.over.form.body.rows["sign_ins"].boxes] == ["覃甲"]
    hub.hide()
    hub.deleteLater()
