"""Texts a report is offered: built from codes, villages, days and counts, and of an activity from what its
record says for the bureau; never from other words somebody typed.

A proposal has the id that its text will have, so that it is offered once, and two computers that take it up
write one record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.figures import Compared, Rules, Span
from sgz_desktop.actions.papers_brief_parts import DUE, village_words, when
from sgz_desktop.actions.report_activity_words import activity_words
from sgz_desktop.domain import days, local_words
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.report_form import CASE, ITEM, PLAN, REASON, STORY, FormSection
from sgz_desktop.store import facts, report_sources
from sgz_desktop.store.report_sources import CaseTold, Happening, Photo, Taught
from sgz_desktop.store.session import Reading

STORIES = 3  # offered on the paper by themselves; the others are a list to choose from
PICTURES = 2
SERVES = {
    "session": "C02.sessions",
    "visit": "V01.households",
    "followup": "C01.closed",
    "goal": "C01.open",
    "decision": "J01",
    "review": "J01",
    "reply": "J03.sent",
    "group_session": "G01.sessions",
    "activity": "A01",
}
AT = {  # where it is done, whoever it is about
    "visit": "入户",
    "session": "入户或站内",
    "followup": "入户或电话",
    **dict.fromkeys(("goal", "decision", "review", "reply", "task"), "站内"),
}
MOST_NAMED = 2
FALSE_NAME = "小安"  # a name nobody is called by: whoever edits the text gives one of their own


@dataclass(frozen=True)
class Proposal:
    """A text as it would be: `values` are fields of a report_text; `printed`: it stands on the draft without
    anybody's choosing it."""

    id: str
    section: str
    words: str
    values: Mapping[str, Wire]
    printed: bool = True

    @property
    def about(self) -> str:
        """The record it tells of, '' for one made of counts."""
        return str(self.values.get("about") or "")


@dataclass(frozen=True)
class Asked:
    """What proposals are made for."""

    session: Reading
    report: str
    span: Span
    rules: Rules
    figures: Sequence[Compared]
    elapsed: int


def text_id(report: str, section: str, key: str) -> str:
    """The id of the text a section makes of a thing."""
    return id_of(f"report_text:{report}:{section}:{key}")


def proposals(asked: Asked, section: FormSection) -> list[Proposal]:
    """What a section could say, in its order."""
    make = MADE.get((section.texts, section.id)) or MADE.get((section.texts, ""))
    return list(make(asked, section.id)) if make else []


def _proposal(asked: Asked, section: str, key: str, words: str, values: dict[str, Wire]) -> Proposal:
    return Proposal(text_id(asked.report, section, key), section, words, values)


def _stories(asked: Asked, section: str) -> Iterator[Proposal]:
    """Occasions that may be told: those with photos first, then those with most people."""
    found = [one for one in report_sources.happenings(asked.session, asked.span.now) if one.met != 0]
    photos: dict[str, list[Photo]] = {}
    for photo in report_sources.photos_of(asked.session, [one.id for one in found]):
        photos.setdefault(photo.parent, []).append(photo)
    ranked = sorted(found, key=lambda one: (-min(len(photos.get(one.id, ())), PICTURES), -one.seen, one.day))
    best = {one.id for one in ranked[:STORIES]}
    own = activity_words(asked.session, [one.id for one in found if one.kind == "activity"])
    for one in sorted(found, key=lambda one: (one.id not in best, one.day)):
        values = _story(one, photos.get(one.id, []), own.get(one.id, ""))
        words = f"{days.show_day(one.day)[5:]} {values['title']}"
        made = _proposal(asked, section, one.id, words, values)
        yield made if one.id in best else Proposal(made.id, section, words, values, printed=False)


def _story(one: Happening, photos: Sequence[Photo], own: str) -> dict[str, Wire]:
    """`own`: what its record says of it, else it is told by codes."""
    village = village_words(one.village)
    title = _title(one)
    values: dict[str, Wire] = {
        "about": one.id,
        "title": f"{title}（{village}）" if village and village not in title else title,
        "held_on": one.day,
        "where": village or None,
        "people": f"{one.seen}人" if one.seen else None,
        "text": own or WORDS[one.kind](one),
    }
    values |= dict(zip(("photo_first", "photo_second"), (photo.id for photo in photos), strict=False))
    return {name: value for name, value in values.items() if value is not None}


def _title(one: Happening) -> str:
    if one.kind == "group_session":
        return one.sort or "小组活动"
    if one.kind == "activity":
        return one.sort or _labels(one.outcomes, "activity_kind") or "社区活动"
    return "入户走访" if one.kind == "visit" else "个案会谈"


def _labels(codes: str | None, name: str) -> str:
    found = dict.fromkeys(code for code in split_codes(codes) if code)
    return "、".join(code_list(name).label(code) for code in found if code != "none")


def _visit_words(one: Happening) -> str:
    parts = [f"社工入户走访，见到{one.seen}人" if one.seen else "社工入户走访"]
    if purposes := _labels(one.sort, "visit_purpose"):
        parts[0] += f"，目的是{purposes}"
    if policies := _labels(one.policies, "programme"):
        parts.append(f"告知{policies}政策")
    if methods := _labels(one.methods, "service_method"):
        parts.append(f"开展{methods}")
    if outcomes := _labels(one.outcomes, "visit_outcome"):
        parts.append(f"处理：{outcomes}")
    return "；".join(parts) + "。"


def _session_words(one: Happening) -> str:
    parts = [f"社工开展个案会谈{local_words.sessions(1)}" + (f"，在场{one.seen}人" if one.seen else "")]
    if methods := _labels(one.methods, "service_method"):
        parts.append(f"服务手法为{methods}")
    return "；".join(parts) + "。"


def _group_words(one: Happening) -> str:
    title = f"“{one.outcomes}”" if one.outcomes else ""
    return f"社工带领小组开展{local_words.sessions(1)}{title}。"


def _activity_words(one: Happening) -> str:
    return f"社工站开展{_labels(one.outcomes, 'activity_kind') or '活动'}。"


WORDS: Mapping[str, Callable[[Happening], str]] = {
    "visit": _visit_words,
    "session": _session_words,
    "group_session": _group_words,
    "activity": _activity_words,
}


def _cases(asked: Asked, section: str) -> Iterator[Proposal]:
    """Cases worked on in the span; none is printed before somebody has reviewed it."""
    for one in report_sources.cases_told(asked.session, asked.span.now):
        natures = _labels(one.natures, "case_nature") or "个案"
        values: dict[str, Wire] = {"about": one.id, "title": f"{natures}服务案例", "text": _case_words(one)}
        where = village_words(one.village)
        words = f"{natures}（{where}）" if where else natures
        made = _proposal(asked, section, one.id, words, values)
        yield Proposal(made.id, section, words, values, printed=False)


def _case_words(one: CaseTold) -> str:
    where = village_words(one.village)
    source = _labels(one.source, "case_source")
    natures = _labels(one.natures, "case_nature")
    opened = f"{days.show_day(one.opened_on[:7])}" if one.opened_on else ""
    text = f"{FALSE_NAME}（化名）" + (f"住在{where}" if where else "是本站的服务对象")
    text += f"，因{natures}" if natures else ""
    text += f"，{opened}经{source}" if source and opened else ""
    text += "由社工接案服务。"
    text += f"服务期间开展会谈和走访{local_words.sessions(one.sessions)}" if one.sessions else ""
    if methods := _labels(one.methods, "service_method"):
        text += f"{'，' if one.sessions else '服务'}采用{methods}等手法"
    text += "。" if text[-1] != "。" else ""
    reached = Counter(split_codes(one.results))
    parts = [
        f"{words}{reached[code]}个"
        for code, words in (("full", "完全达成"), ("partial", "部分达成"), ("none", "未达成"))
        if reached[code]
    ]
    text += f"服务目标{'、'.join(parts)}。" if parts else ""
    return text + (f"{days.show_day(one.closed_on[:7])}结案。" if one.closed_on else "")


TAUGHT = (("supervision", "supervision_mode", "开展督导"), ("training", "training_mode", "参加培训"))


def _supervision(asked: Asked, section: str) -> Iterator[Proposal]:
    """Supervisions and trainings by number and form, and what supervisors looked through and remarked on."""
    taught = report_sources.taught(asked.session, asked.span.now)
    for kind, mode, words in TAUGHT:
        if found := [one for one in taught if one.kind == kind]:
            text = _taught_words(found, mode, words)
            yield _proposal(asked, section, kind, text, {"text": text})
    copies, remarks, done = report_sources.supervision(asked.session, asked.span.now)
    parts = [f"送督导批阅个案材料{copies}份"] * bool(copies)
    parts += [f"收到督导意见{remarks}条，已落实{done}条"] * bool(remarks)
    if parts:
        text = "，".join(parts) + "。"
        yield _proposal(asked, section, "supervision", text, {"text": text})


def _taught_words(found: Sequence[Taught], mode: str, words: str) -> str:
    forms = "、".join(dict.fromkeys(_labels(one.mode, mode) for one in found if one.mode))
    titles = "、".join(dict.fromkeys(f"“{one.title}”" for one in found if one.title))
    people = sum(one.people or 0 for one in found)
    text = f"{words}{len(found)}次" + (f"（{forms}）" if forms else "") + (f"：{titles}" if titles else "")
    return text + (f"，{people}人次参加。" if people else "。")


def _publicity(asked: Asked, section: str) -> Iterator[Proposal]:
    """What was published, one line each."""
    for one in report_sources.published(asked.session, asked.span.now):
        kind = _labels(one.sort, "publication_kind") or "信息"
        level = _labels(one.level, "publication_level")
        where = one.medium or (f"{level}级媒体" if level else "")
        text = f"{days.show_day(one.day).partition('年')[2]}，{kind}《{one.title or '题目待填'}》"
        text += f"刊发于{where}。" if where else "。"
        yield _proposal(asked, section, one.id, text, {"about": one.id, "text": text})


def _problems(asked: Asked, section: str) -> Iterator[Proposal]:
    """What others are late with, from the days on record."""
    late = facts.late(asked.session, asked.span.until)
    on = days.show_day(asked.span.until)[5:]
    for what, words in (
        ("decision", "截至{on}，有{count}件救助申请超过登记的办理期限，还没有结果，请协助催办。"),
        ("reply", "截至{on}，有{count}件转介超过约定日期，还没有收到回执，请协助联系。"),
    ):
        if late.get(what):
            text = words.format(on=on, count=late[what])
            yield _proposal(asked, section, what, text, {"text": text})


def _plans(asked: Asked, section: str) -> Iterator[Proposal]:
    """What falls due in the span to come, by kind of work: how many, and when."""
    due = facts.due(asked.session, following(asked.span, asked.rules))
    for what, words in DUE.items():
        of = [one for one in due if one.what == what]
        if of:
            title = f"{words}{len(of)}项"
            values: dict[str, Wire] = {"title": title, "time_words": when([one.day for one in of])}
            values |= {"serves": SERVES[what]} if what in SERVES else {}
            where = AT.get(what) or _named([village_words(one.village) for one in of], "个村（居）")
            values |= {"where": where} if where else {}
            by = _named([one.worker for one in of], "人")
            yield _proposal(asked, section, what, title, values | ({"in_charge": by} if by else {}))


def _named(said: Sequence[str | None], measure: str) -> str:
    """上溪村、柳湾村 of whom most is; 李小禾等3人 of more than two; '' of nobody."""
    found = [name for name, _ in Counter(name for name in said if name).most_common()]
    return "、".join(found) if len(found) <= MOST_NAMED else f"{found[0]}等{len(found)}{measure}"


def following(span: Span, own: Rules) -> Period:
    """The days a report's plan is for: as many months as it tells of, after it."""
    if span.month:
        return own.month(days.add_months(span.month, 1))
    first = days.add_days(span.now.last, 1)
    length = days.days_between(span.now.first, span.now.last)
    return Period(first, days.add_days(first, length))


def _reasons(asked: Asked, section: str) -> Iterator[Proposal]:
    """One line for each target that lags, to be filled in; an empty one is not printed."""
    for one in asked.figures:
        if one.target and one.year is not None and one.year * 100 < one.target * asked.elapsed:
            title = local_words.localised(one.now.title)
            values: dict[str, Wire] = {"serves": one.key, "title": f"{title}落后的原因"}
            yield _proposal(asked, section, one.key, f"{title}落后的原因（待填）", values)


Make = Callable[[Asked, str], Iterator[Proposal]]
MADE: Mapping[tuple[str, str], Make] = {
    (STORY, ""): _stories,
    (CASE, ""): _cases,
    (ITEM, "supervision"): _supervision,
    (ITEM, "publicity"): _publicity,
    (ITEM, "problems"): _problems,
    (PLAN, ""): _plans,
    (REASON, ""): _reasons,
}
