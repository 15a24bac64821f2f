"""A blank visit record (V1) to write on by hand: the questions of the form, boxes and room."""

from __future__ import annotations

from collections.abc import Collection

from sgz_desktop.actions.papers_words import Asked, Names, form
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.visit_pages import PAGES, TITLES
from sgz_desktop.reports.values import Block, FormField, Lines, Note, Option, Signatures

BY = ("home", "phone", "video")
NOT_ON_PAPER = frozenset({"child_injury"})  # the guardian may sign this sheet
AFTER = ("none", "next_visit", "case", "referred")


def blank_record(pages: Collection[str]) -> tuple[Block, ...]:
    """The record, with the category questions of `pages` (`domain.visit_pages`)."""
    one = Asked(Visit(), Paper.INTERNAL, Names())
    return (
        *form(_head(one), "走访记录", by_hand=True),
        *(
            block
            for page, names in PAGES.items()
            if page in pages
            for block in form(
                one.fields(*(name for name in names if name not in NOT_ON_PAPER)),
                f"{TITLES[page]}（没有看到的不勾）",
            )
        ),
        Lines(4, "看到、听到（只写事实）"),
        Lines(2, "说出的需要"),
        Lines(2, "当场答复与处理"),
        *form((FormField("后续", "下次　　月　　日", True, one.boxes("outcomes", AFTER)),), by_hand=True),
        Signatures(("受访人（或指印）", "社工", "同行人")),
        Note("服务日期照实写；录入时间由电脑另记，不倒填。"),
    )


def _head(one: Asked) -> tuple[FormField, ...]:
    missed = (Option("见到"), Option("未遇，原因", blank=True))
    return (
        FormField("服务日期", "　　　年　　月　　日"),
        FormField("起止", "　　时　　分至　　时　　分"),
        FormField("方式", "", False, one.boxes("mode", BY)),
        FormField("结果", "", False, missed),
        FormField("见到的人"),
        FormField("同行人"),
        FormField("目的", "", True, one.boxes("purposes")),
        FormField("待遇到账", "", True, one.boxes("benefits_arrived")),
        FormField("居住安全", "", True, one.boxes("hazards")),
        FormField("身体", "", True, one.boxes("body_state")),
        FormField("情绪", "", True, one.boxes("mind_state")),
        FormField("变化", "", True, (Option("无"), Option("有", blank=True))),
    )
