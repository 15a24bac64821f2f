"""U盘交换 in words: what lies on a stick, what goes, what came, what is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.exchange import Exchanged, OnStick
from sgz_desktop.actions.exchange_dealings import Dealing, Dealings
from sgz_desktop.actions.exchange_devices import Computer
from sgz_desktop.actions.exchange_inbox import INBOX
from sgz_desktop.actions.exchange_kept import Taken
from sgz_desktop.actions.exchange_meet import Stranger
from sgz_desktop.actions.exchange_send import Outgoing
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.gui.wording import moment

STAYS = "草稿、密码和查阅记录只留在本机。"
PULLED = "写完会自动核对，看到“可以拔出”再拔。中途拔出不会损坏资料，重做一次就好。"
UNKNOWN = "本机由备份恢复，有的电脑还不认识它。请交换一次，把U盘拿到那边也交换，再拿回来。"
MOST_KINDS = 6


@dataclass(frozen=True)
class Line:
    """A line of a list: an icon (name, tone), bold words, grey ones, and a badge (words, tone) at the end."""

    icon: tuple[str, str]
    words: str
    second: str = ""
    badge: tuple[str, str] | None = None


def size_words(size: int) -> str:
    """0.9MB."""
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            return f"{size / unit:.1f}{name}"
    return f"{size}字节"


def numbers(some: Iterable[int]) -> str:
    """7、8."""
    return "、".join(map(str, some))


def coming(found: Sequence[OnStick]) -> list[Line]:
    """What lies on the stick that concerns this computer, a line a file."""
    return [_coming(one) for one in found if one.concerns_us]


def _coming(one: OnStick) -> Line:
    if one.joins:
        return Line(("shield", "brand"), "加入申请", "请到“设备”里读入", ("不在这里收", "plain"))
    if one.n == 0:
        return Line(("alert", "warn"), one.path.name, one.words, ("不能收", "warn"))
    what = f"{sender_name(one)}第{one.n}包" + ("（附件）" if one.files else "")
    facts = f"{moment(one.made_ms)}，{size_words(one.size)}"
    if one.known:
        return Line(("check", "ok"), what, facts, ("收过了", "plain"))
    if one.gap:
        return Line(("alert", "warn"), what, facts, ("前面还缺", "warn"))
    return Line(("save", "brand"), what, facts, ("新的", "ok"))


def meeting(some: Sequence[Stranger]) -> list[Line]:
    """Who says on the stick who they are and was not known before, a line each."""
    return [_meeting(one) for one in some if not one.known]


def _meeting(one: Stranger) -> Line:
    what = f"由备份恢复的电脑{one.letter}"
    if one.refused:
        return Line(("alert", "warn"), what, one.refused, ("没有认下", "warn"))
    return Line(("shield", "brand"), what, "交换后就认识它，以后也会送给它", ("新认识", "ok"))


def sender_name(one: OnStick) -> str:
    """Who made it; a new computer does not know the one that invited it until its first bundle is in."""
    return one.sender.name if one.sender else "另一台电脑"


def going(some: Sequence[Outgoing]) -> list[Line]:
    """What would go, a line a peer."""
    found = []
    for one in some:
        parts = [f"{one.edits:,}笔修改"] if one.edits else ["没有新内容，只带回执"]
        if one.edits and one.to.unconfirmed:
            parts[0] += "（含还没确认的）"
        if one.files:
            parts.append(f"{one.files:,}个附件{size_words(one.bytes)}")
        found.append(Line(("up", "brand"), f"给{one.to.name}第{one.n}包", "，".join(parts)))
    return found


def lies_there(found: Sequence[OnStick], met: Sequence[Stranger] = ()) -> str:
    """One sentence: what there is to take, or else whom to know."""
    new = [one for one in found if one.fresh]
    if new:
        names = "、".join(dict.fromkeys(map(sender_name, new)))
        return f"里面有{names}的{len(new)}个新数据包。"
    if any(one.fresh for one in met):
        return "里面有由备份恢复的电脑，交换后就认识它。"
    if all(one.joins for one in found if one.concerns_us):
        return "里面没有要收的数据包，可以送出。"
    return "里面的数据包都收过了，可以送出。"


def arrived(done: Exchanged, every: Mapping[str, Computer]) -> list[Line]:
    """What came and what could not, in the order in which somebody asks."""
    lines = []
    for got in done.arrived.values():
        lines += _arrived(got, _name(every, got.sender))
    for path, refused in done.refused.items():
        what = "以前留着的一包" if path.parent.name == INBOX else path.name
        lines.append(Line(("alert", "warn"), what, str(refused), ("没有收", "warn")))
    return lines


def taken_at_start(told: Taken) -> str:
    """One sentence on what had waited in the inbox; "" when there was nothing to say."""
    new = [got for got in told.arrived.values() if not got.known]
    doubled = sum(len(got.doubled) for got in new)
    parts = []
    if new:
        parts.append(f"以前留着的{len(new)}包已读入，新到{sum(got.fresh for got in new):,}笔修改。")
    if doubled:
        parts.append(f"有{doubled}项填得不一样，请看数据核对单。")
    if told.refused:
        parts.append(f"以前留着的{len(told.refused)}包没有收：{next(iter(told.refused.values()))}")
    return "".join(parts)


def sent(done: Exchanged) -> list[Line]:
    """What was written."""
    lines = []
    for one in done.sent:
        what = "已写好并读回核对" if one.edits else "只带回执，已读回核对"
        lines.append(Line(("up", "ok"), f"给{one.to.name}第{one.n}包", what, ("已导出，未确认", "info")))
    return lines


def _arrived(got: Arrived, name: str) -> list[Line]:
    what = f"{name}第{got.n}包"
    if got.known:
        return [Line(("check", "ok"), what, "以前收过，资料没有变化")]
    lines = [Line(("check", "ok"), what, kinds_words(got), ("已收到", "ok"))]
    if got.gaps:
        lines.append(
            Line(("alert", "warn"), missing_words(name, got.missing), way_out(name), ("缺包", "warn"))
        )
    if got.files_left:
        lines.append(
            Line(("alert", "warn"), f"{got.files_left}个附件暂时打不开", "等对方下一包的记录到了再收")
        )
    if got.stopped:
        second = "是停用之后写的，放在一边，没有并入"
        lines.append(Line(("alert", "warn"), f"{got.stopped}笔修改没有并入", second, ("已停用", "warn")))
    if got.twins:
        second = "同一编号用了两次，像是整机复制的，请告诉站长"
        lines.append(Line(("alert", "danger"), f"{name}可能被复制过", second, ("请核对", "danger")))
    return lines


def missing_words(name: str, missing: Sequence[int]) -> str:
    """缺电脑B第7包."""
    return f"缺{name}第{numbers(missing)}包" if missing else f"{name}前面的内容还没到"


def way_out(name: str) -> str:
    """What to do about a gap."""
    return f"请{name}再导出一次，已收到的不受影响"


def kinds_words(got: Arrived) -> str:
    """41条记录：走访12、待办3…"""
    counts = {BY_KIND[kind].TITLE: count for kind, count in got.touched.items() if kind in BY_KIND}
    total, files = sum(counts.values()), f"附件{got.files}个" if got.files else ""
    if not total:
        return files or "没有新内容，带来了回执"
    order = sorted(counts.items(), key=lambda one: -one[1])
    some = "、".join(f"{title}{count}" for title, count in order[:MOST_KINDS])
    more = "等" if len(order) > MOST_KINDS else ""
    return "，".join(filter(None, (f"{total:,}条记录：{some}{more}", files)))


def _name(every: Mapping[str, Computer], id: str) -> str:
    return every[id].name if id in every else "另一台电脑"


def dealing(one: Dealing) -> Line:
    """A bundle that went or came."""
    sort = "附件" if one.files else ""
    if one.sent:
        badge = ("对方已收", "ok") if one.confirmed else ("已导出，未确认", "info")
        return Line(("up", "text2"), one.peer.name, f"送出第{one.n}包{sort}　{moment(one.at_ms)}", badge)
    badge = (f"缺第{numbers(one.missing)}包", "warn") if one.missing else ("已收到", "ok")
    return Line(("save", "text2"), one.peer.name, f"收到第{one.n}包{sort}　{moment(one.at_ms)}", badge)


def last_time(found: Dealings) -> str:
    """上次交换 6月29日 16:06."""
    return f"上次交换{moment(found.rows[0].at_ms)}" if found.rows else "还没有交换过"
