"""Papers the client reads and signs: consent, plan, satisfaction, closing report.

Written in the client's words, in large type. They hold fields of the CLIENT circle only: no risk, no
judgement, no supervisor's remark.
"""

from __future__ import annotations

from sgz_desktop.actions.papers_draft import Draft, columns, narrative, on_day, said, signing, subtitle
from sgz_desktop.actions.papers_names import numeral
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.actions.papers_words import Asked, boxes, form, paired, table, told_fields
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.local_words import localised
from sgz_desktop.domain.records.closure import Closure
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.evaluation import Evaluation
from sgz_desktop.domain.records.plan import Plan
from sgz_desktop.reports.values import (
    Block,
    Choice,
    Choices,
    ClientSigning,
    FormField,
    Heading,
    Narrative,
    Option,
    OptionLine,
    Signatures,
)

CLIENT = Paper.CLIENT
BLANK = "＿＿＿＿＿＿"
RIGHTS = "我可以随时提问、不回答、要求改正记录，也可以随时停止服务。停止服务不影响我领取任何补助。"
SECRECY = "我说的事，社工不会告诉无关的人。遇到下面这些情况可能例外，社工会先尽量告诉我。"
CHOICES = {
    "ok_service": "接受社工的服务",
    "ok_record": "为我建立服务档案",
    "ok_id_data": "记录我的身份信息",
    "ok_health_data": "记录我的健康情况",
    "ok_finance_data": "记录我的收入和账户情况",
    "ok_minor_data": "记录家中未满十四周岁孩子的情况（由监护人选）",
    "ok_visit_family": "联系我的家人",
    "ok_share_township": "把办事必需的资料交给乡镇（街道）",
    "ok_share_civil": "把办事必需的资料交给民政部门",
    "ok_share_referral": "把办事必需的资料交给转介单位",
    "ok_supervision": "用于督导讨论（不写姓名、住址）",
    "ok_photo": "服务时拍照，只存档",
    "ok_publicity": "用于宣传（另行告诉我用在哪里）",
}
TOLD = "我是{me}。社工{worker}已经把下面的话讲给我听，我听明白了。"
ANSWERS = {"agreed": True, "refused": False}


def consent(file: Dossier, record: Consent) -> Draft:
    """知情同意书 in the client's words, item by item; what is answered on record is ticked."""
    one = file.asked(record, CLIENT)
    me, worker = file.client_name or BLANK, one.says("worker") or BLANK
    signed = one.raw("signed_on")
    head = subtitle(("告知日期", one.says("told_on")))
    blocks: list[Block] = [
        Narrative(told_words(me, worker)),
        *narrative("一、社工会做什么", one.says("service_scope")),
        Narrative("\n".join(filter(None, (RIGHTS, one.says("duties")))), "二、我可以怎样"),
        Narrative(SECRECY, "三、保密"),
        OptionLine("讲过的例外", one.boxes("exceptions_told")),
        *_information(one),
        Choices(tuple(_choice(one, name) for name in _items(one)), "五、请逐项选择（可以只同意一部分）"),
        OptionLine("想改变主意，可以", one.boxes("withdrawal_told")),
        OptionLine("签字人是", one.boxes("giver")),
        *_giver(one),
    ]
    record_lines = _signed(one) + _withdrawn(one)
    blocks += form(paired([*record_lines, *one.rest()]), "签署和撤回记录")
    blocks.append(ClientSigning())
    return Draft(
        "consent", one.id, "知情同意书", "CLIENT", tuple(blocks), on_day(record), signing(signed), head
    )


def told_words(me: str = BLANK, worker: str = BLANK) -> str:
    """Who was told by whom, as the client says it."""
    return TOLD.format(me=me, worker=worker)


def _items(one: Asked) -> list[str]:
    return [name for name in type(one.record).model_fields if name.startswith("ok_") and one.allowed(name)]


def _choice(one: Asked, name: str) -> Choice:
    answer = one.raw(name)
    text = CHOICES.get(name, one.label(name))
    known = answer is None or str(answer) in ANSWERS
    return Choice(text if known else f"{text}（{one.says(name)}）", ANSWERS.get(str(answer)))


def _information(one: Asked) -> tuple[Block, ...]:
    lines = [
        f"{lead}：{text}"
        for lead, text in (
            ("用来做什么", one.says("purpose")),
            ("会给谁", one.says("recipients")),
            ("保存多久", one.says("retention")),
        )
        if text
    ]
    return narrative("四、我的个人信息", "\n".join(lines))


def _giver(one: Asked) -> tuple[Block, ...]:
    fields = told_fields(
        ("签字人", one.says("giver_name")),
        ("与我的关系", one.says("giver_relation")),
        ("监护证明", one.says("giver_document")),
    )
    return form(paired(fields))


def _signed(one: Asked) -> list[FormField]:
    """What is on record of a signing that has been; empty before."""
    witness, role = one.says("witness"), one.says("witness_role")
    return told_fields(
        ("签署日期", one.says("signed_on")),
        ("签署方式", one.says("sign_mode")),
        ("按指模", one.says("thumb_print")),
        ("见证人", witness + (f"（{role}）" if role else "")),
    )


def _withdrawn(one: Asked) -> list[FormField]:
    return told_fields(("撤回日期", one.says("withdrawn_on")), ("撤回的内容", one.says("withdrawn_what")))


def plan(file: Dossier, record: Plan) -> Draft:
    """服务计划 for the client: the goal, how one knows it is reached, who does what by when."""
    one = file.asked(record, CLIENT)
    goals, steps = file.rows(record, "goals", CLIENT), file.rows(record, "steps", CLIENT)
    order = {goal.id: numeral(at) for at, goal in enumerate(goals, start=1)}
    confirmed = one.raw("client_confirmed_on")
    made, review = one.says("made_on"), one.says("review_on")
    head = subtitle(("制定日期", made), ("社工", one.says("worker")), ("一起检视", review))
    goal_heads = columns(("目标", 3.8), ("怎样算做到", 3.5), ("什么时候", 3))
    step_heads = columns(("为了", 1.4), ("做什么", 3.6), ("谁来做", 2.4), ("什么时候", 2.9))
    blocks: list[Block] = [
        *narrative("总目标", one.says("overall_goal")),
        table("我们要做到的", goal_heads, goals, lambda goal: _goal(goal, order), room=3),
        table("谁来做、做什么", step_heads, steps, lambda step: _step(step, order), room=3),
        *said("我的意见", one.says("client_wishes")),
        OptionLine("", (Option("计划讲给我听了，我同意"), Option("有地方想改：", blank=True))),
    ]
    rows = told_fields(
        ("确认日期", one.says("client_confirmed_on")), ("签署方式", one.says("client_sign_mode"))
    )
    blocks += form([*rows, *one.rest()])
    blocks.append(Signatures(("服务对象（或指印）", "社工")))
    return Draft(
        "plan", one.id, "服务计划", "CLIENT", tuple(blocks), on_day(record), signing(confirmed), head
    )


def _goal(one: Asked, order: dict[str, str]) -> tuple[str, ...]:
    one.raw("place")  # its number is counted
    return (
        f"{order[one.id]}、{one.says('description')}",
        one.says("measure"),
        _by(one.says("due_on")),
    )


def _step(one: Asked, order: dict[str, str]) -> tuple[str, ...]:
    goal = str(one.raw("goal") or "")
    one.raw("place")
    number = f"目标{order[goal]}" if goal in order else (one.says("goal") if goal else "")
    who, name = one.says("responsible"), one.says("responsible_name")
    state, done = one.says("state"), one.says("done_on")
    when = "\n".join(filter(None, (_by(one.says("due_on")), state, f"{done}完成" if done else "")))
    return number, one.says("action"), who + (f"（{name}）" if name else ""), when


def _by(day: str) -> str:
    return f"{day}前" if day else ""


def satisfaction(file: Dossier, record: Evaluation) -> Draft:
    """满意度问卷: the client's own part of the evaluation and nothing else of it."""
    one = file.asked(record, CLIENT, "worker")
    given = one.raw("satisfaction")
    by = boxes(code_list("consent_giver"), one.raw("satisfaction_by"))
    blocks: list[Block] = [
        Narrative("请按自己的感受选，可以请家人代填。怎样选都不影响服务和补助。"),
        Heading("对这段时间的服务，我觉得"),
        OptionLine("", one.boxes("satisfaction")),
        *narrative("我想说的话", one.says("client_words")),
        Heading("谁来填的"),
        OptionLine("", (*by, Option("家人代填，关系", blank=True))),
    ]
    head = subtitle(("评价日期", one.says("evaluated_on")))
    blocks += form(one.rest())
    blocks.append(ClientSigning(("签名", "收表人")))
    signed = signing(given)
    return Draft("satisfaction", one.id, "满意度问卷", "CLIENT", tuple(blocks), on_day(record), signed, head)


def closure(file: Dossier, record: Closure, held: str) -> Draft:
    """结案报告 for three signatures; `held` are the sessions and hours as counted from the records."""
    one = file.asked(record, CLIENT)
    case = file.asked(file.case, CLIENT)
    start, end = case.says("opened_on"), one.says("closed_on") or case.says("closed_on")
    signed = one.raw("client_signed_on")
    head_fields = paired(
        [
            FormField("个案编号", file.number),
            FormField("服务对象", file.client_name),
            FormField("开案日期", start),
            FormField("结案日期", end),
            FormField(localised("服务节数"), held, True),
            one.field("reason", wide=True),
        ]
    )
    after = "\n".join(filter(None, (one.says("followup_plan"), _next(one.says("followup_due_on")))))
    blocks: list[Block] = [
        *form(head_fields),
        *narrative(
            "我们一起做到的", "\n".join(filter(None, (one.says("summary"), one.says("goals_reached"))))
        ),
        *narrative("以后怎样联系", after),
        *said("我的意见", one.says("client_words")),
        OptionLine("", (Option("我同意结束服务"), Option("我想再服务一段时间，原因：", blank=True))),
        *form(_closing_signed(one) + list(one.rest())),
        Signatures(("服务对象（或指印）", "社工", "督导"), witness=True, seal="社工站（盖章）"),
    ]
    return Draft("closure", one.id, "结案报告", "CLIENT", tuple(blocks), on_day(record), signing(signed))


def _next(day: str) -> str:
    return f"下次联系：{day}前后。" if day else ""


def _closing_signed(one: Asked) -> list[FormField]:
    return told_fields(
        ("签署日期", one.says("client_signed_on")),
        ("签署方式", one.says("client_sign_mode")),
        ("社工", one.says("worker")),
        ("社工签署", one.says("worker_signed_on")),
    )
