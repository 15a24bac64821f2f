"""The papers an application is handed in with, filled in from what is on file: for the family to sign.

They hold what the family itself tells the office: no verdict, no judgement, no remark of anybody. What the
family has to state (means, work, who owes support) is left to write by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_application_reading import Applying, applying, case_of
from sgz_desktop.actions.papers_application_texts import AUTHORISATION, LETTER, PROXY, RECEIPT, STATEMENT
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_words import WRITING_ROOM, Asked, table
from sgz_desktop.domain.signing import APPLY, number_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import (
    Block,
    ClientSigning,
    Form,
    FormField,
    Handouts,
    Heading,
    Lines,
    Narrative,
    Note,
    Option,
    OptionLine,
    Sheet,
    Signatures,
    Table,
)

Progress = Callable[[int, int], None]
TITLE = "救助申请材料"
BLANK = "＿＿＿＿＿＿"
OFFICE = "乡镇（街道）"
WHICH_OFFICE = f"{BLANK}{OFFICE}"  # where it is addressed or signs
LOW_ROOM = "\n"  # a line to write by hand where many stand on a page
FOOTER = "含个人信息　只交给受理单位"
FORMS = {
    "letter": "申请书",
    "authorisation": "经济状况核对授权书",
    "statement": "情况声明",
    "proxy": "代办委托书",
    "list": "材料清单",
    "receipt": "递交签收条",
}
OF_PACK = {
    "application_letter": "letter",
    "authorisation": "authorisation",
    "statement": "statement",
    "proxy": "proxy",
}
ALWAYS = ("list", "receipt")
BY_OTHERS = ("proxy", "village")  # ways to apply for which somebody has to be authorised
NOTHING = "没有可以打印的材料。"


def forms_of(one: Applying) -> list[str]:
    """The papers of `FORMS` an application needs: those its programme asks for, the list and the receipt."""
    asked = (
        {OF_PACK[need.form] for need in one.rule.programme.papers if need.form in OF_PACK}
        if one.rule
        else {"letter"}
    )
    if one.record.applied_by in BY_OTHERS:
        asked.add("proxy")
    elif one.record.applied_by:
        asked.discard("proxy")
    return [name for name in FORMS if name in asked or name in ALWAYS]


def _papers(desk: Desk, id: str, which: Sequence[str]) -> Handouts:
    case = desk.read(lambda session: case_of(session, id))
    one = desk.read_for_paper(lambda session: applying(session, desk.today(), id), case)
    wanted = [name for name in FORMS if name in which] if which else forms_of(one)
    if not wanted:
        raise AppError(NOTHING, "请选一份材料再打印。")
    return Handouts(
        desk.station, TITLE, tuple(application_sheet(one, name) for name in wanted), desk.practice
    )


def application_sheet(one: Applying, name: str) -> Sheet:
    """One paper of `FORMS` of an application."""
    number = number_of(APPLY + name, str(one.record.id))
    return Sheet(FORMS[name], number, "CLIENT", MADE[name](one), footer=FOOTER)


def _office(one: Applying, unknown: str = OFFICE) -> str:
    accept = one.rule.programme.accept if one.rule else ""
    named = one.asked(one.record).says("accepted_by") or accept
    return unknown if named in ("", OFFICE) else named


def _programme(one: Applying) -> str:
    return one.asked(one.record).says("programme") or BLANK


def _filled(one: Applying, text: str, office: str = OFFICE) -> str:
    """A text with who applies, for what and where in it; `office` where it is not known which."""
    return text.format(
        name=one.told("name") or BLANK,
        who="我家" if one.whole else "我",
        place=one.place("village", "village_group", "house_number") or BLANK,
        programme=_programme(one),
        office=_office(one, office),
        blank=BLANK,
    )


def _head(one: Applying) -> Form:
    record = one.asked(one.record)
    return Form(
        (
            FormField("申请人", one.told("name")),
            FormField("性别", one.told("sex")),
            FormField("身份证号", one.identity("id_number"), True),
            FormField("联系电话", one.identity("phone")),
            FormField("家庭人口", f"{len(one.members)}人" if one.members else ""),
            FormField("住址", one.place("village", "village_group", "house_number"), True),
            FormField("申请项目", record.says("programme"), True),
            record.field("applied_by", wide=True),
        )
    )


def _letter(one: Applying) -> tuple[Block, ...]:
    return (
        Narrative(f"{_office(one, WHICH_OFFICE)}：", indent=False),
        Narrative(_filled(one, LETTER[0])),
        _head(one),
        *((_family(one),) if one.whole else ()),
        Heading("申请的理由（可以请人代写）"),
        Lines(3 if one.whole else 5),
        Narrative(_filled(one, LETTER[1])),
        ClientSigning(("申请人", "代写人")),
    )


def _family(one: Applying) -> Table:
    heads = columns(("姓名", 2.4), ("与户主关系", 2.2), ("身份证号", 4.2))
    rows = tuple((row.says("person"), row.says("relation_to_head"), "") for row in _members(one))
    blank = ((WRITING_ROOM, "", ""),)
    return Table(tuple(heads), rows or blank * 3, title="共同生活的家庭成员", ledger=True)


def _members(one: Applying) -> list[Asked]:
    return [one.asked(row) for row in one.members]


def _authorisation(one: Applying) -> tuple[Block, ...]:
    heads = columns(("姓名", 2.2), ("与申请人关系", 2.4), ("身份证号", 4), ("签名或指印", 2.6))
    own = ((one.told("name") or WRITING_ROOM, "本人", one.identity("id_number"), WRITING_ROOM),)
    others = [row for row in one.members if row.person != (one.applicant.id if one.applicant else None)]
    theirs = (
        tuple((one.asked(row).says("person"), "", "", WRITING_ROOM) for row in others) if one.whole else ()
    )
    rows = (*own, *theirs, *((WRITING_ROOM, "", "", ""),) * 2)
    return (
        *(Narrative(_filled(one, text)) for text in AUTHORISATION),
        Table(tuple(heads), rows, title="授权人（成年的各自签，未成年的由监护人签）", ledger=True),
        ClientSigning(("申请人", "见证人")),
    )


def _statement(one: Applying) -> tuple[Block, ...]:
    heads = columns(("项目", 3.6), ("每月多少元，或值多少", 3), ("说明", 3.6))
    rows = tuple((what, "", "") for what in (*INCOME, *OWNED))
    return (
        Narrative(_filled(one, STATEMENT[0])),
        *(() if one.whole else (OptionLine("劳动能力", ABLE),)),
        Table(tuple(heads), rows, title="收入和财产（没有的写“无”）", ledger=True),
        *(() if one.whole else (_obliged(),)),
        Narrative(_filled(one, STATEMENT[1])),
        ClientSigning(("声明人", "见证人")),
    )


def _obliged() -> Table:
    """Room for those who owe support: whom the family names, not whom the file does."""
    heads = columns(("姓名", 2.2), ("与申请人关系", 2.4), ("身体、收入、能不能供养", 5.6))
    return Table(tuple(heads), ((LOW_ROOM, "", ""),) * 3, title="赡养、抚养、扶养义务人", ledger=True)


ABLE = (Option("能干活"), Option("只能干一部分"), Option("不能干活"))
INCOME = ("工资、打零工", "种养、做生意", "房租、土地流转", "养老金、补贴、子女给的", "其他收入")
OWNED = ("住房", "存款、保险、有价证券", "车辆、农机", "其他财产")


def _proxy(one: Applying) -> tuple[Block, ...]:
    return (
        *(Narrative(_filled(one, text)) for text in PROXY),
        Form(
            (
                FormField("委托人", one.told("name")),
                FormField("身份证号", one.identity("id_number")),
                FormField("代办人", WRITING_ROOM),
                FormField("身份证号", WRITING_ROOM),
                FormField("与委托人关系", WRITING_ROOM),
                FormField("联系电话", WRITING_ROOM),
                FormField("不便的原因", WRITING_ROOM, True),
            )
        ),
        ClientSigning(("委托人", "代办人", "见证人")),
    )


def _list(one: Applying) -> tuple[Block, ...]:
    heads = columns(("材料", 4), ("情况", 4.4), ("备齐日期", 2.6))
    rows = [one.asked(row) for row in one.rows]
    return (
        _whose(one),
        table(
            "要交的材料",
            heads,
            rows,
            lambda row: (row.says("title"), _state(row), row.says("got_on")),
            room=6,
        ),
        Narrative("标明部门共享的，由部门自己查，不用交。缺的可以补交，不影响先递交。"),
        ClientSigning(("申请人", "社工"), thumb=False),
    )


def _state(row: Asked) -> str | tuple[Option, ...]:
    state = row.raw("state")
    return (
        row.boxes("state", among=("ready", "missing"))
        if state in (None, "ready", "missing")
        else row.says("state")
    )


def _whose(one: Applying) -> Form:
    record = one.asked(one.record)
    fields = (FormField("申请人", one.told("name")), FormField("递交日期", record.says("filed_on")))
    return Form((*fields, FormField("申请项目", record.says("programme"), True)))


def _receipt(one: Applying) -> tuple[Block, ...]:
    titles = [one.asked(row) for row in one.rows]
    handed = [row.says("title") for row in titles if row.raw("state") not in ("shared", "not_needed")]
    rows = (
        tuple((title, (Option("收到"),), "") for title in handed)
        or ((WRITING_ROOM, (Option("收到"),), ""),) * 4
    )
    heads = columns(("材料", 5), ("收到", 2), ("份数", 2))
    return (
        Narrative(_filled(one, RECEIPT[0], WHICH_OFFICE)),
        _whose(one),
        Table(tuple(heads), rows, title="收到的材料", ledger=True),
        OptionLine("", (Option("当场受理"), Option("请补交：", blank=True))),
        Note(RECEIPT[1]),
        Signatures(("递交人（或指印）", "收件人、电话"), seal="受理单位（盖章）"),
    )


MADE: dict[str, Callable[[Applying], tuple[Block, ...]]] = {
    "letter": _letter,
    "authorisation": _authorisation,
    "statement": _statement,
    "proxy": _proxy,
    "list": _list,
    "receipt": _receipt,
}


@action
def application_papers(desk: Desk, id: str, which: Sequence[str] = ()) -> Handouts:
    """The papers of an application: those of `which` (keys of `FORMS`), else all its programme asks for.
    AppError when it is not on file."""
    return _papers(desk, id, which)


@action
def print_application(
    desk: Desk, id: str, which: Sequence[str] = (), progress: Progress | None = None
) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.handouts import build

    return build(_papers(desk, id, which), progress)
