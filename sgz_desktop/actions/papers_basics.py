"""The client and the family: basic data, household, obligors, benefits, intake, the list of attachments."""

from __future__ import annotations

from sgz_desktop.actions.papers_draft import Draft, columns, on_day, remainder, remarks, subtitle
from sgz_desktop.actions.papers_names import address
from sgz_desktop.actions.papers_reading import Dossier, attachments_of, benefits_of, obligors_of
from sgz_desktop.actions.papers_words import Asked, form, joined, paired, table
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.intake import Intake
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.domain.records.person import Person
from sgz_desktop.reports.values import Block, FormField, Note, Signatures

INTERNAL = Paper.INTERNAL


def basics(file: Dossier) -> Draft:
    """服务对象基本信息, and what is on file of the case itself."""
    blocks: list[Block] = []
    if file.client:
        blocks += _person(file, file.client)
    if file.household:
        blocks += _household(file, file.household)
    blocks += _family(file)
    blocks += _duties_and_benefits(file)
    blocks += _case(file)
    return Draft("basics", str(file.case.id), "服务对象基本信息", "INTERNAL", tuple(blocks))


def _person(file: Dossier, client: Person) -> tuple[Block, ...]:
    one = file.asked(client, INTERNAL)
    home = address(file.household) if file.household else ""
    fields = [
        *one.fields("name", "sex", plain=True),
        FormField("出生日期", _born(one, file)),
        one.field("ethnicity", plain=True),
        one.field("id_number"),
        one.field("phone", label="联系电话"),
        _living_at(one, home),
        FormField("户籍地址", one.says("hukou_address"), True),
        *one.fields("marital", "education", "health", "labour", plain=True),
        FormField("人员类别", one.says("categories"), True),
        FormField("紧急联系", _contact(one, "contact"), True),
    ]
    if guardian := _contact(one, "guardian"):
        fields.append(FormField("监护人", guardian, True))
    more = (FormField("建档日期", one.says("filed_on")), *one.rest())
    return (*form(paired(fields)), *form(paired(more), "其他情况"))


def _born(one: Asked, file: Dossier) -> str:
    born, words = one.raw("born"), one.says("born")
    on = str(one.record.died_on or file.today) if isinstance(one.record, Person) else file.today
    known = isinstance(born, str) and days.is_day(born) and days.is_day(on)
    age = days.age(str(born), on) if known else None
    return f"{words}（{age}岁）" if age is not None else words


def _living_at(one: Asked, home: str) -> FormField:
    return FormField("居住地址", one.says("address") or home, True)


def _contact(one: Asked, who: str) -> str:
    name, relation = one.says(f"{who}_name"), one.says(f"{who}_relation")
    parts = (name + (f"（{relation}）" if relation else ""), one.says(f"{who}_phone"))
    return "　".join(part for part in parts if part)


def _household(file: Dossier, household: Household) -> tuple[Block, ...]:
    one = file.asked(household, INTERNAL)
    fields = [
        *one.fields("number", "head"),
        FormField("家庭住址", "".join(one.says(name) for name in ADDRESS), True),
        *one.fields("categories", "monthly_income", "income_as_of", "income_sources", "housing", plain=True),
    ]
    return form(paired([*fields, *one.rest()]), "家庭情况")


ADDRESS = ("village", "village_group", "house_number")


def _family(file: Dossier) -> tuple[Block, ...]:
    rows = tuple(file.asked(member, INTERNAL, "household") for member in file.members)
    heads = columns(
        ("与户主关系", 1.7),
        ("姓名", 1.6),
        ("出生", 1.4),
        ("职业或就读", 2.5),
        ("同住", 0.9),
        ("联系与照护情况", 5),
    )
    return (table("家庭成员", heads, rows, lambda one: _member(file, one), empty="没有登记家庭成员。"),)


def _member(file: Dossier, one: Asked) -> tuple[str, ...]:
    assert isinstance(one.record, Membership)
    person = file.people.get(one.record.person or "")
    lives = one.says("lives_in")
    about = file.asked(person, INTERNAL) if person else None
    return (
        one.says("relation_to_head"),
        one.says("person"),
        _born_in(about.says("born")) if about else "",
        (about.says("workplace") or about.says("employment")) if about else "",
        lives,
        joined(_state(about), one.says("note")),
    )


def _born_in(words: str) -> str:
    """1962年3月5日 → 1962年; an age stays as it is."""
    year, found, _rest = words.partition("年")
    return year + found


def _state(about: Asked | None) -> str:
    if about is None:
        return ""
    died = about.says("died_on")
    return f"{died}去世" if died else about.says("health")


def _duties_and_benefits(file: Dossier) -> tuple[Block, ...]:
    found: list[Block] = []
    if obligors := [file.asked(one, INTERNAL, "person") for one in obligors_of(file)]:
        heads = columns(
            ("关系", 1.6), ("姓名", 1.8), ("法定义务", 2.4), ("履行义务能力", 2.6), ("依据与备注", 4)
        )
        found.append(table("法定义务人", heads, obligors, _obligor))
    if benefits := [file.asked(one, INTERNAL) for one in benefits_of(file)]:
        heads = columns(("项目", 2.9), ("享受", 1.6), ("起止", 2.5), ("金额", 1.8, "right"), ("说明", 4.2))
        found.append(table("享受待遇", heads, benefits, _benefit))
    return tuple(found)


def _obligor(one: Asked) -> tuple[str, ...]:
    return (
        one.says("relation"),
        one.says("who") or one.says("who_name"),
        one.says("duty"),
        one.says("situation"),
        one.says("basis"),
    )


def _benefit(one: Asked) -> tuple[str, ...]:
    start, end = one.says("from_day"), one.says("to_day")
    return (
        one.says("programme"),
        "、".join(filter(None, (one.says("person"), one.says("household")))),
        f"{start}起" + (f"，{end}止" if end else "") if start else (f"{end}止" if end else ""),
        one.says("amount"),
        one.says("source"),
    )


def _case(file: Dossier) -> tuple[Block, ...]:
    one = file.asked(file.case, INTERNAL)
    fields = [
        *one.fields("number", "opened_on", "worker", "supervisor", plain=True),
        one.field("source", wide=True),
        *one.fields("natures", "topic"),
        one.field("risk"),
        one.field("stage", plain=True),
    ]
    one.raw("client")  # stands at the head of the sheet
    moves = [file.asked(move, INTERNAL, "case") for move in file.papers["case_move"]]
    heads = columns(("日期", 2.4), ("原阶段", 1.6), ("新阶段", 1.6), ("原因", 5))
    return (
        *form(paired([*fields, *one.rest()]), "个案情况"),
        table("阶段变动", heads, moves, _move, empty="没有阶段变动。"),
    )


def _move(one: Asked) -> tuple[str, ...]:
    one.raw("step")  # told by the order of the rows
    return one.says("moved_on"), one.says("from_stage"), one.says("to_stage"), one.says("reason")


def intake(file: Dossier, record: Intake) -> Draft:
    """个案接案登记表: who asked, in whose words, how urgent, and the decision."""
    one = file.asked(record, INTERNAL)
    remark, head = one.says("supervisor_remark"), subtitle(("主责社工", one.says("worker")))
    blocks = (
        *form(
            (
                one.field("source", wide=True),
                *one.fields("asked_on", "intake_on"),
                FormField("代求助人", _asker(one), True),
            )
        ),
        *form(one.fields("problem_own_words", "problem_seen"), "呈现问题"),
        *form(
            (
                one.field("urgency", wide=True),
                *one.fields("safety_risks", "safety_note", "help_so_far"),
            ),
            "紧急程度与风险初判",
        ),
        *form(
            (
                one.field("decision", wide=True),
                one.field("decline_reason", plain=True),
                *one.fields("decision_note"),
            ),
            "决定",
        ),
        *remainder(one),
        *remarks("督导意见", remark),
        Signatures(("主责社工", "督导")),
    )
    return Draft("intake", one.id, "个案接案登记表", "INTERNAL", blocks, on_day(record), subtitle=head)


def _asker(one: Asked) -> str:
    name, role = one.says("asker_name"), one.says("asker_role")
    parts = (name + (f"（{role}）" if role else ""), one.says("asker_phone"))
    return "　".join(part for part in parts if part)


def attachments(file: Dossier, notes: tuple[Note, ...] = ()) -> tuple[Draft, ...]:
    """附件目录: every attachment of the file, with notes below; no sheet where there is none."""
    found = attachments_of(file)
    if not found:
        return ()
    rows = [file.asked(one, INTERNAL, "parent") for one in found]
    heads = columns(("名称", 3), ("种类", 1.6), ("日期", 2), ("取得人", 1.6), ("用于宣传", 1.5), ("说明", 3))
    listed = table("", heads, rows, _attachment)
    title = "附件目录"
    return (Draft("attachments", str(file.case.id), title, "INTERNAL", (listed, *notes)),)


def _attachment(one: Asked) -> tuple[str, ...]:
    number, signed = one.says("paper_number"), one.says("signed_on")
    page = "，".join(part for part in (number, f"{signed}签字" if signed else "") if part)
    return (
        "\n".join(part for part in (one.says("title"), page) if part),
        one.says("sort"),
        one.says("taken_on"),
        one.says("taken_by"),
        one.says("consent"),
        one.says("note"),
    )
