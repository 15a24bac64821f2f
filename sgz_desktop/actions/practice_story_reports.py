"""The practice station's reports: those of the contract years and May's brief are signed off, June's is half
written."""

from __future__ import annotations

from sgz_desktop.actions import forms, report_edits, report_signoff
from sgz_desktop.actions.papers_report import named
from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.actions.practice_story_village import WORKERS
from sgz_desktop.actions.report_texts import report_id
from sgz_desktop.domain.report_form import FINAL, MIDTERM, MONTHLY

MAY, JUNE = (MONTHLY, "2026-05"), (MONTHLY, "2026-06")
SIGNED_ON, WRITTEN_ON = "2026-06-04", "2026-06-30"
NAMES = {"filled_by": WORKERS[0], "station_head": WORKERS[0]}
LOOKED = "逐处看过，记录没有错。"
MAY_TEXTS = (
    ("publicity", {"title": "县融媒体中心报道", "text": "5月20日播出社工站送政策进村的短片，时长2分钟。"}),
    ("problems", {"text": "两个村没有固定的会谈场所，请村委会协助安排一间安静的屋子。"}),
)
YEARS = (  # sort, contract year, signed off on, texts by section
    (
        MIDTERM,
        "2024",
        "2025-03-12",
        (
            ("progress", {"serves": "G01.groups", "text": "秋冬人手都在走访，小组只开了一个。"}),
            ("problems", {"text": "小组偏少，三月起每季至少开两个；请镇里协调活动场地。"}),
        ),
    ),
    (
        FINAL,
        "2024",
        "2025-09-10",
        (
            ("progress", {"serves": "G01.groups", "text": "上半年没有开起来，三月起补开了三个。"}),
            (
                "problems",
                {"text": "小组只开了四个，比目标少两个；上半年都在走访，下一年每季至少开两个。"},
            ),
            ("problems", {"text": "三个村没有能坐下十个人的屋子，请镇里协调村部活动室。"}),
            ("plan", {"title": "小组不少于八个", "time_words": "10月至次年6月", "serves": "G01.groups"}),
        ),
    ),
    (
        MIDTERM,
        "2025",
        "2026-03-10",
        (
            ("progress", {"serves": "C02.sessions", "text": "节前两个月以慰问和走访为主，会谈排得少。"}),
            ("problems", {"text": "个案会谈落后，四月前每名社工每周固定半天只做个案；平台录入改为按月。"}),
        ),
    ),
)
CASE = {
    "title": "把照料的人连起来",
    "text": "小安（化名）七十多岁，和上小学的孙辈同住，收入不稳，常忘记吃药。社工在走访中发现后接案，"
    "陪同家属备齐材料提出救助申请，请村医按月上门，约好邻居每天看一眼。几个月后，家里有了固定的保障，"
    "漏服药明显减少，孩子放学后有人陪着写作业。",
}
SUPERVISION = {"text": "6月18日，县指导中心督导到站，团体督导1次、2小时，议题为结案评估怎样写；参加3人。"}
PUBLICITY = {"title": "村广播", "text": "在六个村居播放低保和临时救助政策，每天早晚各一次，共播10天。"}
PLANS = (
    {
        "title": "重点对象探访60户次",
        "time_words": "7月1日至31日",
        "where": "六个村居",
        "in_charge": WORKERS[0],
        "serves": "V01.households",
    },
    {
        "title": "暑期安全与防溺水宣传",
        "time_words": "7月上旬",
        "where": "青禾社区",
        "in_charge": WORKERS[1],
        "serves": "P02",
    },
)
REASON = "5月连阴雨，部分村组道路不通，走访推迟；6月已补走一部分，7月每周多安排半天。"
REASONS = {"C02.sessions": "新接的个案多在评估阶段，会谈还不密；7月起每周三下午只做个案。"}  # by what lags


def tell(story: Teller) -> None:
    """Told last of all: what was reported of May, and what is written of June so far."""
    story.by(WORKERS[0]).on(SIGNED_ON, "16:10")
    for section, typed in MAY_TEXTS:
        _write(story, MAY, section, typed)
    report_signoff.sign_off(story.desk, *MAY, NAMES, LOOKED)
    story.by(WORKERS[1]).on(WRITTEN_ON, "15:20")
    _write(story, JUNE, "supervision", SUPERVISION, _offered(story, "supervision", "开展督导"))
    _write(story, JUNE, "publicity", PUBLICITY)
    case = _write(story, JUNE, "cases", CASE)
    report_edits.review_text(story.desk, *JUNE, "cases", case)
    for plan in PLANS:
        _write(story, JUNE, "plan", plan)
    for line, serves in _lines(story, "progress"):
        _write(story, JUNE, "progress", {"text": REASONS.get(serves, REASON)}, line)


def tell_years(story: Teller) -> None:
    """What was reported of the contract years of the town."""
    for sort, year, signed_on, texts in YEARS:
        story.by(WORKERS[0]).on(signed_on, "16:20")
        for section, typed in texts:
            _write(story, (sort, year), section, typed)
        report_signoff.sign_off(story.desk, sort, year, NAMES, LOOKED)


def _write(
    story: Teller, report: tuple[str, str], section: str, typed: dict[str, str], instead: str = ""
) -> str:
    """A new text of a section, or one `instead` of what is offered; its id."""
    if instead:
        form = report_edits.text_form(story.desk, *report, section, instead).form
    else:
        of = named(*report, story.desk)
        own = {"report": report_id(of.sort, of.now), "section": section}
        form = forms.new_form(story.desk, "report_text", own)
    return report_edits.save_text(story.desk, form, typed, *report).id


def _offered(story: Teller, section: str, words: str) -> str:
    """The id of the text June is offered that begins with some words; '' where there is none."""
    told = report_edits.report_outline(story.desk, *JUNE)
    lines = [line for one in told.sections if one.section.id == section for line in one.lines]
    return next((line.id for line in lines if line.words.startswith(words)), "")


def _lines(story: Teller, section: str) -> list[tuple[str, str]]:
    """The ids of a section's lines, and the indicator each serves."""
    told = report_edits.report_outline(story.desk, *JUNE)
    lines = [line for one in told.sections if one.section.id == section for line in one.lines]
    return [(line.id, str(line.values.get("serves", ""))) for line in lines]
