"""可能符合的政策: live beside a case, on a person's page and beside an assessment; by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from case_helpers import people_named
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from sample_station import at_rest, press

from sgz_desktop.actions import cases, forms
from sgz_desktop.actions.allowed import ADMIN, CLERK, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import change_local_standards
from sgz_desktop.actions.policy_panel import policy_panel
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.places import Place
from sgz_desktop.domain.policy.wording import CLOSING, headline
from sgz_desktop.gui import messages, policy_card, theme
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.aid import AidPage
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.people import PeoplePage
from sgz_desktop.gui.pages.register import RegisterPage
from sgz_desktop.gui.policy_card import PolicyCard
from sgz_desktop.gui.policy_offer import OfferFold
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import Button
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.text_row import TextRow

pytest_plugins = ["case_fixtures"]

Opened = tuple[OpenStation, str]
KEY = Qt.Key


@pytest.fixture
def desk(opened: Opened) -> Desk:
    return opened[0].desk


@pytest.fixture
def client(desk: Desk, opened: Opened) -> str:
    """Who the case is about; with a card of limbs, second grade."""
    person = cases.case_page(desk, opened[1]).client
    put(desk, "person", person, disability_kinds=["4"], disability_grade="2")
    return person


def put(desk: Desk, kind: str, id: str, **typed: object) -> None:
    forms.save_form(desk, forms.form(desk, id, kind), typed)


def offer(card: PolicyCard, programme: str) -> OfferFold:
    return next(one for one in card.offers if one.offer.result.programme == programme)


def gap(fold: OfferFold, field: str) -> TextRow:
    """The row that leads to a field."""
    fold.open()
    words = next(one.words for one in fold.offer.gaps if one.place.field == field)
    return next(row for row in fold.findChildren(TextRow) if row.words().act and row.text() == words)


def in_sight(widget: QWidget) -> bool:
    """All of it lies inside every widget around it."""
    around = widget.parentWidget()
    whole = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    while around is not None:
        if not QRect(around.mapToGlobal(QPoint(0, 0)), around.size()).contains(whole):
            return False
        around = around.parentWidget()
    return widget.isVisible()


@pytest.fixture
def card(client: str, case_page: CasesPage) -> PolicyCard:
    return case_page.case.policies


def test_it_says_what_the_rules_say_and_folds_the_unlikely_away(
    card: PolicyCard, desk: Desk, client: str, qtbot: Any
) -> None:
    panel = policy_panel(desk, client)
    assert panel is not None
    likely = [one for one in panel.offers if one.result.verdict is not Verdict.N]
    rest = len(panel.offers) - len(likely)
    assert [one.offer for one in card.offers] == likely
    said = [(row.text(), (row.words().badge or ("",))[0]) for row in (one.head for one in card.offers)]
    under_way = {one.result.title for one in likely if one.under_way}
    assert said == [
        (one.result.title, "办理中" if one.result.title in under_way else headline(one.result))
        for one in likely
    ]
    assert under_way == {"特困人员救助供养"}
    assert card.unlikely is not None
    assert card.unlikely.head.text() == f"按现有信息可能不满足（{rest}）"
    assert not card.unlikely.is_open
    card.unlikely.open()
    assert len(card.offers) == len(panel.offers)
    assert all(headline(one.offer.result).startswith("按现有信息，") for one in card.offers[len(likely) :])


def test_the_closing_sentence_stays_in_sight(
    card: PolicyCard, window: MainWindow, client: str, qtbot: Any
) -> None:
    window.resize(1366, 696)
    for one in card.offers:
        one.open()
    at_rest(qtbot)
    assert card.closing.text() == CLOSING
    (scroll,) = card.findChildren(Scroll)
    bar = scroll.verticalScrollBar()
    assert bar.maximum() > 0
    for value in (0, bar.maximum()):
        bar.setValue(value)
        assert in_sight(card.closing)
    page = window.go("people", client)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    for one in page.view.policies.offers:
        one.open()
    at_rest(qtbot)
    assert in_sight(page.view.policies.closing)
    assert page.view.policies.closing.text() == CLOSING


def test_by_keyboard_alone_to_a_missing_fact_and_back(
    card: PolicyCard, case_page: CasesPage, desk: Desk, client: str, qtbot: Any
) -> None:
    fold = offer(card, "disabled_care")
    before = fold.offer.result.verdict
    assert before is Verdict.U
    fold.head.setFocus()
    QTest.keyClick(fold.head, KEY.Key_Right)
    assert fold.is_open
    wanted = gap(fold, "care_need")
    for _ in range(40):
        now = QApplication.focusWidget()
        if now is wanted:
            break
        QTest.keyClick(now, KEY.Key_Down)
    assert QApplication.focusWidget() is wanted
    QTest.keyClick(wanted, KEY.Key_Return)
    at_rest(qtbot)
    leaf = case_page.leaf
    assert isinstance(leaf, RecordPage)
    assert leaf.form is not None
    assert leaf.form.body.boxes["care_need"].isAncestorOf(QApplication.focusWidget())
    assert leaf.head.facts.text() == "覃乙月"
    leaf.form.body.boxes["care_need"].put("full")
    leaf.save()
    at_rest(qtbot)
    assert case_page.leaf is None
    assert offer(case_page.case.policies, "disabled_care").offer.result.verdict is Verdict.Y


def test_tab_goes_down_the_rows_as_they_stand(card: PolicyCard, qtbot: Any) -> None:
    fold = card.offers[1]
    fold.open()
    fold.findChildren(TextRow)[1].setChecked(True)
    at_rest(qtbot)
    tops = []
    now: QWidget = card.offers[0].head
    while card.isAncestorOf(now):
        if (
            now.isVisible()
            and now.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(now, type(card))
        ):
            tops.append(now.mapTo(card, QPoint(0, 0)).y())
        now = now.nextInFocusChain()
    assert len(tops) > len(card.offers)
    assert tops == sorted(tops)


def test_another_persons_field_is_filled_in_and_the_same_person_stands_here_again(
    client: str, window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    father = people_named(desk, "覃甲田")
    page = window.go("people", father)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    fold = offer(page.view.policies, "tekun")
    others = [one.place for one in fold.offer.gaps if one.place.kind == "person" and one.place.id == client]
    page.view.policies.fill.emit(others[0])
    at_rest(qtbot)
    leaf = page.stack.over
    assert isinstance(leaf, RecordPage)
    assert leaf.form is not None
    assert (leaf.form.form.id, leaf.head.facts.text()) == (client, "覃乙月")
    leaf.leave()
    at_rest(qtbot)
    assert page.view.page is not None
    assert page.view.page.line.id == father


def test_answers_count_before_they_are_saved(
    client: str, case_page: CasesPage, opened: Opened, desk: Desk, qtbot: Any
) -> None:
    case_page.new_paper(opened[1], "assessment")
    at_rest(qtbot)
    leaf = case_page.leaf
    assert isinstance(leaf, RecordPage)
    assert leaf.form is not None
    (side,) = leaf.findChildren(AssessmentSide)
    at_rest(qtbot)
    assert offer(side.policies, "disabled_care").offer.result.verdict is Verdict.U
    assert in_sight(side.policies.closing)
    boxes = leaf.form.body.all_boxes()
    boxes["self_care_eat"].put("not_done")
    leaf.form.body.changed.emit()
    qtbot.waitUntil(lambda: offer(side.policies, "disabled_care").offer.result.verdict is Verdict.Y)
    at_rest(qtbot)
    kept = policy_panel(desk, client)
    assert kept is not None
    told = {one.result.programme: one.result.verdict for one in kept.offers}
    assert told["disabled_care"] is Verdict.U  # nothing was saved
    boxes["self_care_eat"].put(None)
    leaf.form.body.changed.emit()
    qtbot.waitUntil(lambda: offer(side.policies, "disabled_care").offer.result.verdict is Verdict.U)
    at_rest(qtbot)
    care = offer(side.policies, "disabled_care")
    press(gap(care, "self_care_eat"), qtbot)
    assert boxes["self_care_eat"].isAncestorOf(QApplication.focusWidget())
    assert case_page.leaf is leaf


def test_an_application_begins_with_what_is_known(
    card: PolicyCard, window: MainWindow, opened: Opened, client: str, qtbot: Any
) -> None:
    fold = offer(card, "disabled_living")
    fold.open()
    press(next(one for one in fold.findChildren(Button) if one.words() == "新建申请"), qtbot)
    at_rest(qtbot)
    page = window.page("aid")
    assert window.current == "aid"
    assert isinstance(page, AidPage)
    leaf = page.stack.over
    assert isinstance(leaf, RecordPage)
    assert leaf.form is not None
    values = leaf.form.form.values
    assert (values["person"], values["programme"], values["case"]) == (client, "disabled_living", opened[1])
    assert leaf.form.form.new


def test_what_is_under_way_is_opened_instead(card: PolicyCard, window: MainWindow, qtbot: Any) -> None:
    fold = offer(card, "tekun")
    fold.open()
    press(next(one for one in fold.findChildren(Button) if one.words() == "打开申请"), qtbot)
    at_rest(qtbot)
    assert window.current == "aid"
    leaf = window.page("aid").stack.over  # type: ignore[attr-defined]
    assert (leaf.form.form.new, leaf.form.form.values["programme"]) == (False, "tekun")


def test_it_follows_changes_made_elsewhere(card: PolicyCard, desk: Desk, client: str, qtbot: Any) -> None:
    fold = offer(card, "disabled_care")
    fold.open()
    put(desk, "person", client, care_need="full")
    qtbot.waitUntil(lambda: offer(card, "disabled_care").offer.result.verdict is Verdict.Y)
    at_rest(qtbot)
    assert offer(card, "disabled_care").is_open  # what stood open stands open


def test_a_standard_set_meanwhile_counts_when_one_comes_back(
    client: str, window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    page = window.go("people", client)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    before = offer(page.view.policies, "tekun").offer.gaps
    window.go("settings")
    change_local_standards(desk, "350627", {"dibao_std": "800"}, "县民政局文件")
    window.go("people")
    at_rest(qtbot)
    after = offer(page.view.policies, "tekun").offer.gaps
    assert {one.words for one in before} - {one.words for one in after} == {"当地标准：当地低保标准"}


def test_a_reason_opens_to_article_document_and_what_is_on_file(card: PolicyCard, qtbot: Any) -> None:
    fold = offer(card, "tekun")
    fold.open()
    row = next(one for one in fold.findChildren(TextRow) if one.text().startswith("申请人健在"))
    row.setChecked(True)
    words = [one.text() for one in row.parentWidget().findChildren(QWidget) if hasattr(one, "text")]
    assert "依据：民发〔2021〕43号《特困人员认定办法》第四条" in words
    assert "档案：是" in words
    assert any(text.startswith("依据民发〔2021〕43号，政策包国家规定-") for text in _texts(fold))


def _texts(whole: QWidget) -> list[str]:
    return [one.text() for one in whole.findChildren(QWidget) if hasattr(one, "text") and callable(one.text)]


def test_every_row_has_a_name_and_says_whether_it_is_open(card: PolicyCard, qtbot: Any) -> None:
    fold = card.offers[0]
    for on in (False, True):
        fold.open(on)
        assert fold.head.accessibleDescription() == ("已展开" if on else "已收起")
    assert headline(fold.offer.result) in fold.head.accessibleName()
    for row in fold.findChildren(TextRow)[1:]:
        said = row.accessibleName()
        assert row.text() in said
        assert row.words().act or said.startswith(("符合", "可能不满足", "还差信息"))


def test_no_word_is_cut_in_any_type_size(
    every_scale: float, client: str, window: MainWindow, qtbot: Any
) -> None:
    page = window.go("people", client)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    card = page.view.policies
    for one in card.offers:
        one.open()
        for row in one.findChildren(TextRow):
            if row.isCheckable():
                row.setChecked(True)
    at_rest(qtbot)
    rows = card.findChildren(TextRow)
    assert len(rows) > 30
    for row in rows:
        text, badge, second = row._parts(row.width())
        assert row.height() >= max(text.bottom(), badge.bottom(), second.bottom())
        metrics = QFontMetricsF(theme.font(row.words().role))
        assert all(metrics.horizontalAdvance(part) <= text.width() + 1 for part in row.text()[:1])
        assert row.width() <= card.width()


def test_in_a_narrow_window_it_is_a_tab(card: PolicyCard, case_page: CasesPage, qtbot: Any) -> None:
    case_page.set_compact(WidthClass.STEPS)
    assert not card.isVisible()
    case_page.case.tabs.set_current(8)
    assert card.isVisible()
    assert in_sight(card.closing)


@pytest.mark.parametrize(
    ("role", "seen", "applies"), [(WORKER, True, True), (CLERK, True, False), (ADMIN, False, False)]
)
def test_who_reads_people_sees_it_and_who_does_casework_applies(
    desk: Desk, client: str, qtbot: Any, role: str, seen: bool, applies: bool
) -> None:
    other = replace(desk, actor=Actor("w-else", frozenset({role})), user="别人")
    holder = QWidget()
    qtbot.addWidget(holder)
    card = PolicyCard(other)
    QVBoxLayout(holder).addWidget(card)
    holder.show()
    card.read(client)
    at_rest(qtbot)
    assert card.isVisible() == seen
    assert bool(card.offers) == seen
    for one in card.offers:
        one.open()
    words = {one.words() for one in card.findChildren(Button)}
    assert ("新建申请" in words) == applies


def test_what_cannot_be_read_says_so_and_offers_again(
    card: PolicyCard, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, *_: shown.append(problem))

    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(policy_card, "policy_panel", breaks)
        card.read_again()
        at_rest(qtbot)
    assert card.state.isVisible()
    assert card.state.text() == "政策没能比对，资料没有改动。"
    assert len(shown) == 1
    assert card.offers == []
    press(card.again, qtbot)
    at_rest(qtbot)
    assert card.offers
    assert not card.again.isVisible()


def test_a_home_or_its_people_are_registered_where_they_are_missing(
    client: str, window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    page = window.go("people", client)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    home = page.view.page.line.household if page.view.page else ""
    for target in ({"household": home, "field": "members"}, None):
        if target:
            window.go("people", target)
        else:
            page.view.policies.fill.emit(Place("home", client, ""))
        at_rest(qtbot)
        assert isinstance(page.stack.over, RegisterPage)
        page.stack.take()
