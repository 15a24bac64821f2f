"""Before an exchange: what comes, what goes, what stays; one answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sgz_desktop.gui import exchange_words as words
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.pages.exchange_cards import Plan
from sgz_desktop.gui.widgets.labels import label, paragraph


class ExchangeDialog(Dialog):
    """`go` when the person agrees; the keyboard is on the verb, as nothing here can be lost."""

    def __init__(self, owner: QWidget, plan: Plan, go: Callable[[], None]) -> None:
        hint = "先收后送，写完会读回核对。随时可以取消，资料不会损坏。"
        super().__init__(owner.window(), "U盘交换", "现在交换吗？", hint)
        new = [one for one in plan.found if one.fresh]
        comes = words.coming(new) + words.meeting([one for one in plan.met if one.fresh])
        for title, lines, nothing in (
            ("将收到", comes, "没有新的数据包"),
            ("将送出", words.going(plan.going), "没有要送的电脑"),
        ):
            self.column.addWidget(label(title, "body_bold"))
            for one in lines:
                self.column.addWidget(paragraph("：".join(filter(None, (one.words, one.second)))))
            if not lines:
                self.column.addWidget(paragraph(nothing, "body", "plain"))
        self.column.addWidget(label("不送出", "body_bold"))
        self.column.addWidget(paragraph(words.STAYS, "body", "plain"))
        self.add("返回", 0)
        self.start = self.add("开始交换", 1, "primary")
        self.start.setFocus()
        self.accepted.connect(go)
