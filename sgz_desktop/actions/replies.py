"""What comes back of a referral: the answer, and the calls after one that has not come."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.choices import words_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved, Typed, form, new_form, save_form
from sgz_desktop.domain import days
from sgz_desktop.domain.records.referral import Referral, ReferralCall
from sgz_desktop.domain.workdays import workday_on_or_after
from sgz_desktop.errors import AppError
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

ASK_AGAIN_DAYS = 7
NOT_HERE = "这份转介的资料还没有到本机。"


@dataclass(frozen=True)
class Awaited:
    """A referral that waits for its answer, in words. `calls`: those already made, the latest first;
    `ask_on`: when one asks by telephone."""

    id: str
    name: str
    receiver: str
    contact: str
    phone: str
    sent: str
    due: str
    late: bool
    calls: tuple[str, ...]
    ask_on: str = ""

    @property
    def whom(self) -> str:
        """Whom to call: 0999-8880101（王主任）."""
        both = self.phone and self.contact
        return f"{self.phone}（{self.contact}）" if both else self.phone or self.contact


@action
def awaited(desk: Desk, id: str) -> Awaited:
    """What is known of a referral that waits. AppError when it has not arrived on this computer."""
    today = desk.today()

    def work(session: Reading) -> Awaited | None:
        one = read.get(session, Referral, id)
        if one is None or one.deleted:
            return None
        calls = sorted(read.of_parent(session, ReferralCall, "referral", id), key=_when, reverse=True)
        due = one.reply_due_on if one.reply_due_on and days.is_day(one.reply_due_on) else ""
        ask_on = next((call.ask_again_on for call in calls if call.ask_again_on), "") or ""
        return Awaited(
            id=id,
            name=words_of(session, "person", [str(one.person)]).get(str(one.person), "（姓名未填）"),
            receiver=one.receiver or "接收单位未填",
            contact=one.receiver_contact or "",
            phone=one.receiver_phone or "",
            sent=days.short_day(one.sent_on, today) if one.sent_on else "",
            due=days.short_day(due, today) if due else "",
            late=bool(due) and days.latest(due) < today,
            calls=tuple(_call(call, today) for call in calls),
            ask_on=ask_on,
        )

    found = desk.read(work)
    if found is None:
        raise AppError(NOT_HERE, "等对方电脑的数据包到了再看。")
    return found


def _when(call: ReferralCall) -> tuple[str, str, str]:
    return call.called_on or "", call.called_time or "", str(call.id)


def _call(call: ReferralCall, today: str) -> str:
    day = days.short_day(call.called_on, today) if call.called_on else "日期未填"
    who = f"{call.spoke_to}：" if call.spoke_to else ""
    return f"{day.partition('（')[0]}　{who}{call.said or '没有写说了什么'}"


@action
def enter_reply(desk: Desk, id: str, typed: Typed) -> Saved:
    """Write down what came back: `reply_on`, `outcome`, and what else is known. Raises FormRefused."""
    return save_form(desk, form(desk, id, Referral.KIND), typed)


@action
def new_call(desk: Desk, id: str) -> Form:
    """A call after the answer, made now by this worker; a week later one asks again."""
    again = workday_on_or_after(days.add_days(desk.today(), ASK_AGAIN_DAYS))
    values = {"referral": id, "called_on": desk.today(), "called_time": desk.clock(), "caller": desk.user}
    return new_form(desk, ReferralCall.KIND, {**values, "ask_again_on": again})
