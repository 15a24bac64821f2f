"""The pages of the gallery: our widgets put together as the sections will put them together."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from gallery_rosters import ROSTERS
from gallery_work import WORK
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.categories import CategoryLine
from sgz_desktop.actions.histories import Changed, Step
from sgz_desktop.actions.merging import Difference, MergePreview
from sgz_desktop.actions.people import PersonLine
from sgz_desktop.domain.genogram import described, genogram
from sgz_desktop.domain.instruments import shipped
from sgz_desktop.domain.kin import Individual, KinFact, family
from sgz_desktop.domain.visit_slips import Slip
from sgz_desktop.errors import AppError
from sgz_desktop.gui.dialogs.history_dialog import HistoryDialog
from sgz_desktop.gui.dialogs.merge_dialog import MergeDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.more_parts import MoreParts
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.category_card import CategoryRows
from sgz_desktop.gui.pages.rating_items import RatingItems
from sgz_desktop.gui.pages.visit_grid_model import GridRow, SlipModel
from sgz_desktop.gui.pages.visit_grid_table import SlipTable
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.unlock import UnlockInfo, UnlockPage
from sgz_desktop.gui.widgets.alike_rows import Alike, AlikeRows
from sgz_desktop.gui.widgets.avatar import Avatar
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.bars import Bar, BarRows, Bullet, BulletBars, DayRows, Days, Pair, PairedBars
from sgz_desktop.gui.widgets.buttons import button, link, menu_button
from sgz_desktop.gui.widgets.card import Card, ListCard
from sgz_desktop.gui.widgets.card_grid import CardGrid
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.due_rows import Due, DueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.genogram_view import GenogramView
from sgz_desktop.gui.widgets.inputs import Choice, LineEdit, TextArea, Tick
from sgz_desktop.gui.widgets.labels import Elided, keycap, label, rule
from sgz_desktop.gui.widgets.legend import Legend
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.pdf_preview import PdfPreview
from sgz_desktop.gui.widgets.progress import ProgressPanel
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.widgets.reflow import SideBySide, TwoSteps
from sgz_desktop.gui.widgets.score_chart import Dot, ScoreChart, Scores
from sgz_desktop.gui.widgets.scroll import Scroll
from sgz_desktop.gui.widgets.search_box import SearchBox
from sgz_desktop.gui.widgets.segmented import Segmented
from sgz_desktop.gui.widgets.stage_bar import Stage, StageBar
from sgz_desktop.gui.widgets.tabs import Tabs
from sgz_desktop.gui.widgets.tick_list import TickList
from sgz_desktop.gui.widgets.timeline import Entry, Timeline
from sgz_desktop.gui.widgets.worker_row import Worker
from sgz_desktop.gui.wizard import Wizard
from sgz_desktop.gui.wizard_calls import Invited, Joined, WizardCalls
from sgz_desktop.gui.wizard_card_steps import CardText

ENTRIES = (
    Entry(
        "visit",
        "走访，第5节",
        "6月26日",
        "甲社工",
        "见到本人和父亲。父亲已会翻身和防压疮手法，女儿愿意坐轮椅到院里。",
        strong=True,
    ),
    Entry(
        "refer",
        "申请：重度残疾人护理补贴",
        "6月11日",
        "甲社工",
        "镇政府已受理，今天是第12个工作日（参考时限15），可询问进度。",
        ("办理中", "info"),
    ),
    Entry("visit", "走访，第4节", "5月28日", "乙社工", "量了床边和门槛高度，列出轮椅进出要改的两处。"),
    Entry("talk", "督导意见", "5月15日", "外部督导", "先稳住照护，再谈安置；两项补贴尽早递交。"),
    Entry(
        "edit",
        "服务计划",
        "4月2日",
        "甲社工",
        "2个目标：三个月内无新压疮；父亲每周能休息半天。",
        ("待签", "warn"),
    ),
    Entry("doc", "需求评估，第1次", "3月20日", "甲社工", "自理6项中5项不能完成；照护只有父亲一人。"),
    Entry("case", "接案", "3月12日", "甲社工", "政策上门时发现。父亲签署知情同意书，女儿口头同意。"),
)
LONG = "赶集，邻居代转口信；说话的人很多，这一句长到放不下，所以要用省略号收尾，全文在打开之后看"
PEOPLE = (
    ListRow("蒙甲妹", "女·47岁·东街社区", (("低保边缘", "plain"),), when="昨天来访"),
    ListRow(
        "罗乙根",
        "男·66岁·石桥头村",
        (("特困", "plain"), ("肢体二级", "plain")),
        due="2件待办",
        when="昨天走访",
    ),
    ListRow("覃丙田", "男·64岁·竹林坳村五组", (("低保", "plain"),), when="昨天走访"),
    ListRow(
        "覃丁月",
        "女·35岁·竹林坳村五组",
        (("低保", "plain"), ("肢体一级", "plain")),
        due="1件待办",
        when="4天前走访",
    ),
    ListRow(
        "梁戊菊",
        "女·78岁·上溪村三组",
        (("独居", "plain"), ("低保", "plain")),
        due="2件待办",
        when="14天前走访",
    ),
    ListRow("赵己满", "女·10岁·枫树湾村", (("留守儿童", "plain"),), when="15天前会谈"),
    ListRow(
        "王庚英",
        "女·72岁·大坪村名字很长的一个自然屯第十二组",
        (("留守老人", "plain"),),
        due="1件待办",
        when="20天前电话",
    ),
    ListRow("韦辛珍", "男·59岁·荷塘村", (("低保", "plain"),), when="上月走访"),
)


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(12))
    return column


class HomePage(Page):
    """工作台, as a sample."""

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        head = PageHead("工作台", "6月30日（周二）")
        box = SearchBox()
        box.setFixedWidth(px(300))
        head.add_action(box)
        head.add_action(button("记走访", "primary", "visit"))
        column.addWidget(head)
        act = button("起草6月简报", small=True)
        column.addWidget(
            Band(
                "6月工作简报请在7月5日（周日）前报送，还有3个工作日。数据已可汇总。",
                icon="cal",
                actions=(act,),
            )
        )
        cards = (self._today(), self._not_seen(), self._aid(), self._pairs(), self._goals(), self._safe())
        self._grid = CardGrid(cards, (37, 27))
        scroll = Scroll()
        scroll.body.addWidget(self._grid)
        column.addWidget(scroll, 1)

    def set_compact(self, width: WidthClass) -> None:
        self._grid.set_compact(width)

    def _not_seen(self) -> Card:
        card = Card("本月未探访", "应访32户，已访23户", link("看名单"))
        rows = BarRows("本月未探访")
        rows.set_rows(
            [
                Bar("上溪村", 2, 5, "还差3户"),
                Bar("石桥头村", 2, 4, "还差2户"),
                Bar("竹林坳村", 2, 4, "还差2户"),
                Bar("茶岭村", 4, 5, "还差1户"),
                Bar("东街社区", 2, 3, "还差1户"),
                Bar("其余6个村（社区）", 11, 11, "已访齐", "ok"),
            ]
        )
        card.add(rows, 1)
        card.add(label("电话、视频也算探访。外出1户，已暂停提醒。", "caption", "muted"))
        return card

    def _aid(self) -> Card:
        card = Card("救助申请进度", action=link("全部5件"))
        rows = DayRows("救助申请进度")
        rows.set_rows(
            [
                Days(
                    "覃丁月", "重度残疾人护理补贴", 12, 15, "已受理第12个工作日（参考时限15）", "可询问进度"
                ),
                Days("蒙甲妹", "临时救助（支出型）", 4, 15, "已受理第4个工作日（参考时限15）"),
                Days("罗乙根", "困难残疾人生活补贴", None, 15, "6月29日递交，等待受理"),
            ]
        )
        card.add(rows, 1)
        return card

    def _today(self) -> Card:
        card = Card("今天", "5件，另有2件已过期", link("本周"))
        rows = DueRows("今天")
        rows.set_rows(
            [
                Due("6月26日", "phone", "罗乙根", "回电：轮椅何时到，约在下午三点以后", "已过4天", "danger"),
                Due("6月29日", "doc", "覃丁月", "补同意书扫描件", "已过1天", "danger"),
                Due("09:30", "visit", "梁戊菊", "走访·上溪村三组"),
                Due("14:30", "case", "赵己满", "第4节会谈·镇中心小学"),
                Due("全天", "edit", "民政办交办", "核对高龄津贴名单"),
            ]
        )
        card.add(rows, 1)
        return card

    def _empty(self) -> Card:
        card = Card("今天", "没有安排")
        card.add(
            EmptyState("今天没有安排，可以看看本月未探访名单。", "cal", action=button("看名单", small=True)),
            1,
        )
        return card

    def _pairs(self) -> Card:
        card = Card("本月与上月", action=Legend([("brand", "6月"), ("button", "5月")]))
        rows = PairedBars("本月与上月")
        rows.set_rows(
            [
                Pair("走访", 24, 21, "24户次", "上月21"),
                Pair("个案会谈", 9, 8, "9节", "上月8"),
                Pair("来访来电", 17, 14, "17人次", "上月14"),
                Pair("协助申请", 3, 2, "3件", "上月2"),
                Pair("社区活动", 1, 2, "1场", "上月2"),
            ]
        )
        card.add(rows, 1)
        return card

    def _goals(self) -> Card:
        card = Card("年度目标", "2025年9月至2026年8月")
        rows = BulletBars("年度目标")
        rows.set_rows(
            [
                Bullet("走访", 238, 300, 250, "户次"),
                Bullet("个案会谈", 86, 100, 83, "节"),
                Bullet("小组", 3, 4, 3, "个"),
                Bullet("社区活动", 11, 12, 10, "场"),
                Bullet("志愿服务", 142, 160, 133, "人次"),
            ]
        )
        card.add(rows, 1)
        return card

    def _safe(self) -> Card:
        card = Card("保管与交换")
        panel = ProgressPanel("正在备份：核对附件")
        panel.step(120, 640)
        card.add(panel)
        card.add(rule())
        card.add(Band("6天没有备份。", "warm", actions=(button("备份", small=True),)))
        card.body.addStretch(1)
        return card


class PeoplePage(Page):
    """服务对象, as a sample."""

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        head = PageHead("服务对象", "在册1,150人，本月新增6人")
        head.add_action(button("导入名单", icon="up"))
        head.add_action(button("新建服务对象", icon="plus"))
        column.addWidget(head)
        self._two = TwoSteps(self._list(), self._detail(), 372)
        column.addWidget(self._two, 1)

    def _list(self) -> Card:
        people = RecordList("服务对象名单")
        people.set_rows(list(range(len(PEOPLE))), PEOPLE)
        people.set_current(4)
        card = ListCard(people)
        card.top.addWidget(SearchBox())
        card.top.addWidget(
            Chips([("all", "全部 1,150"), ("tekun", "特困 96"), ("dibao", "低保 430"), ("more", "更多")])
        )
        row = QHBoxLayout()
        row.addWidget(Choice([(1, "全部村（社区）")], value=1), 1)
        row.addWidget(Choice([(1, "最近联系在前")], value=1), 1)
        card.top.addLayout(row)
        card.foot.addWidget(label("1,150人，780户", "second", "plain"), 1)
        for key, says in (("↑", ""), ("↓", "选择"), ("Enter", "打开")):
            card.foot.addWidget(keycap(key))
            if says:
                card.foot.addWidget(label(says, "second", "plain"))
        return card

    def _detail(self) -> QWidget:
        whole = QWidget()
        column = _column(whole)
        top = Card()
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(Avatar("梁戊菊", 46, ground="tint"))
        words = QVBoxLayout()
        line = QHBoxLayout()
        line.addWidget(label("梁戊菊", "title"))
        for badge in (Badge("独居老人", "info"), Badge("低保，每月412元"), Badge("慢性病")):
            line.addWidget(badge)
        line.addStretch(1)
        words.addLayout(line)
        words.addWidget(Elided("女·78岁·1948年3月生·上溪村三组·电话 139 0000 0000", "body", "plain"))
        row.addLayout(words, 1)
        top.add(row)
        acts = QHBoxLayout()
        for made in (
            button("记走访", "primary", "visit"),
            button("登记来访", icon="phone"),
            button("开个案", icon="case"),
        ):
            acts.addWidget(made)
        acts.addStretch(1)
        acts.addWidget(menu_button("", [("打印走访准备单", lambda: None)]))
        top.add(acts)
        column.addWidget(top)
        self._side = SideBySide(self._forms(), self._contacts(), 326)
        column.addWidget(self._side, 1)
        return whole

    def _forms(self) -> Card:
        card = Card("类别与待遇", "", link("登记变动"))
        card.add(EmptyState("还没有登记类别。走访中看到的可以从这里登记。", "info"), 1)
        return card

    def _contacts(self) -> Card:
        card = Card("最近联系", action=link("全部23次"))
        line = Timeline("最近联系", lines=2)
        line.set_rows(list(range(4)), ENTRIES[:4])
        card.add(line, 1)
        self._line = line
        return card

    def set_compact(self, width: WidthClass) -> None:
        self._two.set_compact(width)
        self._side.set_compact(width)
        self._line.grow(4 if width.stacked else None)


class CasePage(Page):
    """个案, as a sample."""

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        head = PageHead("覃丁月", "个案2026-A007·主责甲社工·3月12日接案", back=lambda: None)
        head.set_badges([("高风险", "danger"), ("在办", "info")])
        head.add_action(button("打印档案", icon="print"))
        head.add_action(button("记一节", "primary", "edit"))
        column.addWidget(head)
        stages = Card(margin=14)
        stages.add(
            StageBar(
                [
                    Stage("接案", "done", "3月12日"),
                    Stage("预估", "done", "3月20日"),
                    Stage("计划", "done", "4月2日"),
                    Stage("介入", "now", "第5节"),
                    Stage("评估", "todo", "还差2项", True),
                    Stage("结案", "todo"),
                    Stage("跟进", "todo"),
                ]
            )
        )
        acts = (button("去补充", small=True), button("说明理由后继续", small=True))
        stages.add(
            Band(
                "进入“评估”前还差2项：目标2没有完成日期；计划的督导意见未录。",
                "warm",
                icon="info",
                actions=acts,
            )
        )
        column.addWidget(stages)
        main = Card()
        main.add(Tabs(["时间线", "基本情况", "目标与计划", "文书 6", "质量检查 3"]))
        line = Timeline("个案时间线")
        line.set_rows(list(range(7)), ENTRIES)
        main.add(line, 1)
        self._line = line
        self._side = SideBySide(main, self._form(), 384)
        column.addWidget(self._side, 1)

    def _form(self) -> Card:
        card = Card("二、身体与自理", "第2节，共8节")
        pair = QHBoxLayout()
        day = LineEdit()
        day.set_value("2026年7月2日")
        bad = FieldFrame("评估日期", day, required=True)
        bad.set_error("晚于今天，请核对。")
        way = Choice([(1, "入户"), (2, "电话")])
        way.set_value(1)
        for field in (bad, FieldFrame("方式", way)):
            pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        card.add(pair)
        for words, chosen in (("自主吃饭", "能"), ("上下床", "不能")):
            row = QHBoxLayout()
            row.addWidget(label(words), 1)
            row.addWidget(
                Segmented([("能", "能"), ("不能", "不能", "warn"), ("未看", "未看", "plain")], chosen)
            )
            card.add(row)
        area = TextArea(lines=2)
        area.set_value("2016年起全身瘫痪，可坐起约半小时。无压疮。父亲每日翻身3次、喂饭、擦洗。")
        card.add(FieldFrame("身体与照护情况", area, hint="写看到、听到的；判断写在“评估结论”。"))
        card.add(Tick("已口头告知政策"))
        row = QHBoxLayout()
        row.addWidget(button("上一节", icon="left"))
        row.addStretch(1)
        row.addWidget(button("下一节：家庭与照护", "tonal"))
        card.body.addStretch(1)
        card.add(row)
        return card

    def set_compact(self, width: WidthClass) -> None:
        self._side.set_compact(width)
        self._line.grow(5 if width.stacked else None)


class VisitPage(Page):
    """走访, as a sample."""

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        head = PageHead("走访", "6月共24户次")
        head.add_action(button("打印空白走访单", icon="print"))
        head.add_action(button("记走访", "primary", "plus"))
        column.addWidget(head)
        column.addWidget(Tabs(["走访记录", "未探访名单 9"]))
        columns = (
            Column("日期", 110),
            Column("服务对象", 130, "body_bold"),
            Column("村（社区）", 140, tone="plain"),
            Column("方式", 80),
            Column("见到", 80),
            Column("情况说明"),
            Column("状态", 100),
        )
        table = DataTable("走访记录", columns)
        rows = [
            (f"6月{day}日", name, "上溪村", "入户", met, what, state)
            for day, name, met, what, state in (
                (29, "韦甲成", "本人", "", Cell("已保存", "ok", "check")),
                (29, "梁乙凤", "家属", "住院第3天，女儿陪护", Cell("已保存", "ok", "check")),
                (
                    28,
                    "罗丙根",
                    Cell("未遇", "warn", role="body_bold"),
                    LONG,
                    Cell("待核", "warn", "alert"),
                ),
            )
        ]
        table.set_rows([1, 2, 3], rows)
        table.set_current(2)
        card = Card(margin=0)
        card.add(table, 1)
        column.addWidget(card, 1)


def _window(key: str) -> MainWindow:
    pages = {"home": HomePage, "people": PeoplePage, "cases": CasePage, "visits": VisitPage}
    window = MainWindow(pages, station="柳溪镇", user="甲社工", practice=key == "cases", urgent=True)
    window.go(key)
    return window


def _unlock() -> UnlockPage:
    people = (Worker("1", "甲晓燕", "社工"), Worker("2", "乙志远", "社工"), Worker("3", "丙敏", "站长"))
    page = UnlockPage(
        UnlockInfo("柳溪镇社会工作服务站", people, "1", has_draft=True), lambda _who, _text: None
    )
    page.password.setText("abcdefghijklm")
    return page


def _toast() -> MainWindow:
    window = _window("aid")
    window.toast.say("已保存。10秒内可以撤销。", lambda: None)
    return window


def _cover() -> MainWindow:
    window = _window("home")
    window.cover.put()
    return window


def _slips() -> QWidget:
    """The table of the 补录表 as it looks half way through a day of slips."""
    table = SlipTable(SlipModel(str, lambda: "2026-06-30"), lambda: "2026-06-30")
    day = Slip("2026-06-29", "上溪村", "p", "韦甲成", "home", "self", "", "none", "", "乙社工", "care")
    rows = (
        (day, "saved"),
        (replace(day, name="覃丙莲", met="family", change="some", words=LONG), "saved"),
        (replace(day, name="卢戊福", met="nobody", reason="out", change="", village="石桥头村"), "saved"),
        (replace(day, name="罗丁根", village="石桥头村"), "doubted"),
        (replace(day, name="wgz", person="", met="", change="", village="石桥头村"), "draft"),
    )
    table.slips.add(
        [GridRow(str(at), slip, frozenset({"person"}), state) for at, (slip, state) in enumerate(rows)]
    )
    return table


PAGES = {
    "slips": _slips,
    "unlock": _unlock,
    "home": lambda: _window("home"),
    "people": lambda: _window("people"),
    "case": lambda: _window("cases"),
    "visits": lambda: _window("visits"),
    "toast": _toast,
    "cover": _cover,
}


def _wizard(where: str) -> Wizard:
    made = Wizard(sample_calls())
    if where != "start":
        made.start.chosen.emit("restore" if where == "restore" else "new")
    if where in ("passphrase", "card", "rehearse"):
        made.names.station.set_value("柳溪镇社会工作服务站")
        made.names.worker.set_value("甲社工")
        made.names.submit()
        made.passphrase.first.setText("溪水边的大榕树下有只白鹭")
        made.passphrase.again.setText(
            "溪水边的大榕树下" if where == "passphrase" else "溪水边的大榕树下有只白鹭"
        )
    if where in ("card", "rehearse"):
        made.card.show_card(CARD)
        made.rehearse.card = CARD
        made._card = CARD
        made.show_step(made.card if where == "card" else made.rehearse)
    if where == "rehearse":
        made.rehearse.typed.set_value("8QK2MZ 4T7WXA")
        made.rehearse.submit()
    return made


CARD = CardText(tuple(f"{n:02d}ABC{n % 10}" for n in range(1, 12)), "3F-A0-9C")


FINGERPRINT = "5193 7486 4222 0008 6255"
INVITED = Invited("柳溪镇社会工作服务站", "B", FINGERPRINT, ("李小禾", "周望川"))


def sample_calls() -> WizardCalls:
    """Calls that do nothing: for looking and for tests to replace."""

    def refuse(_card: CardText, _text: str) -> None:
        raise AppError("恢复卡还没有输完，从第3组接着输。")

    return WizardCalls(
        check=lambda text, _about: "" if len(text) >= 12 else "密码至少12个字，可以写一句好记的话。",
        make_card=lambda: CARD,
        rehearse=refuse,
        card_pdf=lambda _card, _answers: b"%PDF",
        save=lambda _path, _data: None,
        print_pdf=lambda _data: None,
        create=lambda _answers, _card, _task: "open",
        backup=lambda _opened, _path, _task: None,
        practice=lambda _task: "practice",
        restore=lambda _path, _worker, _secret, _task: "restored",
        read_invitation=lambda _path: INVITED,
        join=lambda _invited, _answers, _name, _card, _request, _task: Joined("joined", FINGERPRINT),
    )


for _where in ("start", "names", "passphrase", "card", "rehearse", "restore"):
    PAGES[f"wizard-{_where}"] = lambda where=_where: _wizard(where)


def _preview() -> PdfPreview:
    made = PdfPreview()
    made.show_pdf(sample_pdf())
    return made


def sample_pdf(pages: int = 3) -> bytes:
    """A small PDF with a rule on each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    with BytesIO() as out:
        document.save(out)
        return out.getvalue()


PAGES["preview"] = _preview


def _dialog() -> Dialog:
    made = Dialog(
        None,
        "请选择",
        "结案前还有2件待办，要一并结束吗？",
        "待办会写明随结案结束，以后可以在历史里看到。",
        tone="warn",
    )
    made.add("返回", 0)
    made.add("一并结束", 1, "primary")
    return made


PAGES["dialog"] = _dialog


def _scores() -> QWidget:
    """Scores over time, and an instrument half filled in."""
    page = QWidget()
    column = _column(page)
    card = Card("量表")
    chart = ScoreChart("量表得分")
    risk = (
        Dot("3月12日", 0.0, 12, "中风险"),
        Dot("5月1日", 0.5, 3, "低风险"),
        Dot("6月20日", 1.0, 2, "低风险"),
    )
    chart.set_rows(
        [
            Scores("儿童风险评估表", "分", risk, "比5月1日少1分。"),
            Scores("生活自理：不能自主完成", "项", (Dot("6月1日", 0.5, 4, "完全丧失"),), "评过1次。"),
        ]
    )
    card.add(chart)
    column.addWidget(card)
    items = RatingItems()
    items.set_instrument(shipped()[0])
    items.set_answers({"age": "small", "mind": "low"})
    filled = Card("儿童风险评估表")
    filled.add(items)
    column.addWidget(filled)
    column.addStretch(1)
    return page


PAGES["scores"] = _scores


def _ticks() -> QWidget:
    """本月未探访 with households ticked, and what a visit asks of a child."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    rows = TickList("本月未探访名单")
    rows.set_rows(list(range(len(PEOPLE))), PEOPLE)
    rows.tick([0, 2])
    rows.set_current(1)
    row.addWidget(ListCard(rows), 3)
    card = Card("儿童")
    card.add(Band("看到伤痕，请按F8紧急报告。", "danger"))
    looked = [(True, "是", "danger"), (False, "否"), (None, "未看", "muted")]
    card.add(FieldFrame("身上有不明伤痕", Segmented(looked, True, clearable=True)))
    card.add(FieldFrame("照料人尽责", Segmented(looked, clearable=True)))
    card.add(MoreParts(["特困人员", "老年人", "残疾人"]))
    card.body.addStretch(1)
    row.addWidget(card, 2)
    return whole


PAGES["ticks"] = _ticks


def _genogram() -> QWidget:
    """A family of three generations with every sort of line, over categories that go on and have ended."""
    people = (
        Individual("a", "覃甲田", "1", "1962"),
        Individual("b", "韦乙英", "2", "1964", "2018", dead=True, on_file=False),
        Individual("c", "覃丙月", "2", "1991"),
        Individual("d", "陆丁生", "1", "1988", on_file=False),
        Individual("e", "覃戊根", "1", "1993"),
        Individual("f", "陆己满", "1", "2015"),
        Individual("g", "名字很长很长的一位亲属", "", "2018"),
    )
    facts = (
        KinFact("a", "12", "b", closeness="close"),
        KinFact("c", "51", "a"),
        KinFact("e", "51", "a", closeness="distant"),
        KinFact("c", "11", "d", bond="divorced", closeness="cut_off"),
        KinFact("f", "52", "c", closeness="conflict"),
        KinFact("c", "30", "g"),
    )
    of = family("c", people, facts, [{"a", "c", "f"}])
    view = GenogramView()
    view.show_drawing(genogram(of, "2026-06-30"), described(of, "2026-06-30"), frozenset("ace"))
    card = Card("家系图")
    card.add(view, 1)
    lines = CategoryRows("类别与待遇")
    spell = CategoryLine(
        "c",
        "person",
        "x",
        "tekun",
        "特困人员",
        "2019年7月",
        "",
        "1,090元",
        "特-0317",
        "镇民政办，6月名单",
        True,
    )
    ended = replace(spell, name="留守儿童", until="2009年9月", amount="", now=False, note="停止原因：满18岁")
    lines.set_rows([spell, ended])
    beside = Card("类别与待遇")
    beside.add(lines)
    made = QWidget()
    row = QHBoxLayout(made)
    row.addWidget(card, 2)
    row.addWidget(beside, 1)
    return made


PAGES["genogram"] = _genogram
PAGES |= WORK


def _alike() -> QWidget:
    rows = AlikeRows("就用这份档案")
    rows.show_rows(
        [
            Alike("1", "梁甲菊", "女·78岁·1948年3月生·上溪村三组·人A0017", "姓名同音，出生日期相同，同村"),
            Alike("2", "梁甲橘", "女·1948年生·上溪村一组·人A0203", "姓名同音，出生年份相同，同村"),
            Alike("3", "韦乙成", "男·51岁·石桥头村名字很长的一个自然屯第十二组·人A0118", "电话相同"),
        ]
    )
    page = QWidget()
    page.setProperty("kind", "canvas")
    column = QVBoxLayout(page)
    column.addWidget(rows)
    column.addStretch(1)
    return page


PAGES["alike"] = _alike

_OWNERS: list[QWidget] = []  # a dialog goes with its owner


def _owner() -> QWidget:
    owner = QWidget()
    owner.resize(1366, 696)
    _OWNERS.append(owner)
    return owner


PREVIEW = MergePreview(
    keep=PersonLine(1, "1", "人A0017", "梁甲菊", "女", "78岁", "上溪村", "三组", "", "", (), "", True, False),
    other=PersonLine(2, "2", "人A0203", "梁甲橘", "女", "", "上溪村", "一组", "", "", (), "", True, False),
    differing=(
        Difference("name", "姓名", "梁甲菊", "梁甲橘"),
        Difference("born", "出生日期", "1948年3月12日", "1948年"),
        Difference("id_number", "身份证号", "", "990000194803120025"),
        Difference("phone", "电话", "139 0000 0217", "139 0000 0218"),
        Difference("contact", "联系人、联系人与本人关系、联系人电话", "韦乙成、子", "韦乙成、女婿"),
        Difference("note", "备注", LONG, "儿子在外务工，邻居代为照看，平时喜欢到村口大榕树下坐。" * 2),
    ),
    moves=(("走访", 12), ("见到的人", 12), ("家庭成员", 1), ("个案", 1), ("待办", 2)),
    seen={},
)


def _merge() -> QDialog:
    return MergeDialog(_owner(), None, PREVIEW, lambda _changes: None)  # type: ignore[arg-type]


PAGES["merge"] = _merge

STEPS = (
    Step(
        1_782_777_600_000,
        "甲社工",
        "修改",
        "本人来电更正",
        (Changed("电话", "139 0000 0217", "139 0000 0218"), Changed("小名", "菊嫂", "")),
    ),
    Step(1_782_691_200_000, "乙社工", "修改", "", (Changed("婚姻状况", "已婚", "丧偶", "", True),)),
    Step(
        1_782_604_800_000,
        "甲社工",
        "新建",
        "",
        (
            Changed("姓名", "", "梁甲菊"),
            Changed("备注", "", LONG * 3),
            Changed("待遇", "", "最低生活保障", "本人的类别与待遇"),
            Changed("身份证号", "", "已清除"),
        ),
    ),
)


def _history() -> QDialog:
    made = HistoryDialog(_owner(), "服务对象，梁甲菊", "2026-06-30")
    made.show_steps(STEPS)
    return made


PAGES["history"] = _history
PAGES |= ROSTERS
