"""The conditions of one programme: read, and refused when they could not be followed to an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sgz_desktop.domain.policy.pack import Deduction, Level, Node, Op, Operand, Verdict
from sgz_desktop.domain.policy.vocabulary import (
    CAPACITIES,
    CARD_GRADES,
    CARD_TYPES,
    FACTS,
    GROUPS,
    RELATIVES,
    Fact,
    statuses,
)

if TYPE_CHECKING:
    from sgz_desktop.domain.policy.lines import Place
    from sgz_desktop.domain.policy.rows import Reader

MAX_NODES, MAX_DEPTH, MAX_STEPS = 80, 12, 1000
MAX_GROUPS = 2  # of somebody's relative's relatives: each more multiplies the people looked at
COMMON = frozenset({"id", "text", "clause", "source"})
MORE: Mapping[Op, frozenset[str]] = {
    **dict.fromkeys((Op.ALL, Op.ANY, Op.NOT), frozenset()),
    Op.OF: frozenset({"node", "none"}),
    Op.EACH: frozenset({"node", "none"}),
    **dict.fromkeys((Op.LT, Op.LE, Op.GT, Op.GE), frozenset({"fact", "less"})),
    **dict.fromkeys((Op.YES, Op.HAS, Op.ONE_OF), frozenset({"fact"})),
    Op.CARD: frozenset({"fact", "types"}),
}
SORTS: Mapping[Op, str] = {
    **dict.fromkeys((Op.LT, Op.LE, Op.GT, Op.GE), "number"),
    Op.YES: "yes_no",
    Op.HAS: "codes",
    Op.ONE_OF: "code",
    Op.CARD: "card",
}
OPS = {op.value: op for op in Op}


def read_nodes(
    read: Reader,
    place: Place,
    row: Mapping[str, Any],
    level: Level,
    basis: tuple[str, str],
    deductions: Mapping[str, Deduction],
) -> dict[str, Node]:
    """Nodes by id; `basis` is document and article where a node names none.

    Raises PackRefused: an unknown operator, fact or node, a cycle, too many or too deep.
    """
    rows = read.rows(place, row, "node")
    if not 1 <= len(rows) <= MAX_NODES:
        raise read.refuse((*place, "node"), f"一个项目要有1到{MAX_NODES}个条件。")
    found: dict[str, Node] = {}
    where: dict[str, Place] = {}
    for at, one in rows:
        node = _node(read, at, one, basis, deductions)
        if node.id in found:
            raise read.refuse((*at, "id"), f"条件“{node.id}”写了两次。")
        found[node.id], where[node.id] = node, at
    for node in found.values():
        for id in node.nodes:
            if id not in found:
                raise read.refuse((*where[node.id], node.op.value), f"没有条件“{id}”。")
    walk = _Walk(read, where, found)
    starts = [row.get("root"), *(one.get("node") for _, one in read.rows(place, row, "warn"))]
    for start in starts:
        if isinstance(start, str) and start in found:
            walk.walk(start, level, ())
    for id in found if starts[0] in found else ():
        if id not in walk.seen:
            raise read.refuse((*where[id], "id"), f"条件“{id}”没有用到。")
    return found


class _Walk:
    """Refuses circles, depth, rules too long to follow, and facts that whom a node looks at does not have."""

    def __init__(self, read: Reader, where: Mapping[str, Place], nodes: Mapping[str, Node]) -> None:
        self._read, self._where, self._nodes = read, where, nodes
        self._steps = 0
        self.seen: set[str] = set()

    def walk(self, id: str, level: Level, above: tuple[str, ...]) -> None:
        node, place = self._nodes[id], self._where[id]
        self._steps += 1
        self.seen.add(id)
        if (
            sum(self._nodes[one].op in (Op.OF, Op.EACH) for one in above) + (node.op in (Op.OF, Op.EACH))
            > MAX_GROUPS
        ):
            raise self._read.refuse(place, f"看别人的条件最多{MAX_GROUPS}层。")
        if id in above:
            raise self._read.refuse(place, f"条件“{id}”绕回了自己。")
        if len(above) >= MAX_DEPTH or self._steps > MAX_STEPS:
            raise self._read.refuse(place, f"条件太多，或超过{MAX_DEPTH}层。")
        if node.fact and level not in FACTS[node.fact].levels:
            raise self._read.refuse((*place, "fact"), f"“{node.fact}”不是这一级的资料。")
        if node.op is Op.EACH and level is not GROUPS[node.who][1]:
            raise self._read.refuse((*place, "each"), f"“{node.who}”不是这一级的资料。")
        if node.op is Op.OF and level is Level.HOUSEHOLD:
            raise self._read.refuse((*place, "of"), f"“{node.who}”不是这一级的资料。")
        below = Level.PERSON if node.op is Op.EACH else level
        if node.op is Op.OF:
            below = Level.HOUSEHOLD if node.who == "household" else Level.PERSON
        for one in node.nodes:
            self.walk(one, below, (*above, id))


def _node(
    read: Reader,
    place: Place,
    row: Mapping[str, Any],
    basis: tuple[str, str],
    deductions: Mapping[str, Deduction],
) -> Node:
    op = _op(read, place, row)
    read.known(place, row, COMMON | MORE[op] | {op.value})
    fact = read.one_of(place, row, "fact", FACTS) if "fact" in MORE[op] else ""
    if fact and FACTS[fact].sort != SORTS[op]:
        raise read.refuse((*place, op.value), f"“{fact}”不能用{op.value}来比。")
    return Node(
        id=read.key(place, row, "id"),
        text=read.words(place, row, "text"),
        clause=read.words(place, row, "clause", basis[1]),
        source=read.words(place, row, "source", basis[0]),
        op=op,
        nodes=_below(read, place, row, op),
        who=read.one_of(place, row, op.value, RELATIVES if op is Op.OF else GROUPS)
        if op in (Op.OF, Op.EACH)
        else "",
        none=Verdict(read.one_of(place, row, "none", list("YNU"))) if "none" in row else Verdict.U,
        fact=fact,
        value=_value(read, place, row, op, FACTS[fact]) if fact else False,
        types=_types(read, place, row),
        less=_less(read, place, row, deductions),
    )


def _op(read: Reader, place: Place, row: Mapping[str, Any]) -> Op:
    found = [OPS[name] for name in row if name in OPS]
    if len(found) == 1:
        return found[0]
    unknown = sorted(set(row) - COMMON - {"fact", "node", "none", "less", "types"} - set(OPS))
    what = (
        f"不认识的写法“{unknown[0][:20]}”。" if unknown and not found else "每个条件要有一种比法，只能一种。"
    )
    raise read.refuse((*place, *unknown[:1]), what)


def _below(read: Reader, place: Place, row: Mapping[str, Any], op: Op) -> tuple[str, ...]:
    if op in (Op.OF, Op.EACH):
        return (read.key(place, row, "node"),)
    if op is Op.NOT:
        return (read.key(place, row, "not"),)
    if op not in (Op.ALL, Op.ANY):
        return ()
    ids = row[op.value]
    if not isinstance(ids, list) or not ids or not all(isinstance(id, str) for id in ids):
        raise read.refuse((*place, op.value), "要写成条件编号的列表。")
    return tuple(ids)


def _value(read: Reader, place: Place, row: Mapping[str, Any], op: Op, fact: Fact) -> Operand:
    if found := read.param_ref(place, row, op.value):
        return found
    value = row[op.value]
    if op is Op.YES and isinstance(value, bool):
        return value
    if op is Op.CARD and type(value) is int and value in CARD_GRADES:
        return read.given(place, row, op.value, "number")
    if op in (Op.HAS, Op.ONE_OF) and isinstance(value, list):
        among = statuses() if op is Op.HAS else CAPACITIES
        if unknown := [one for one in value if not isinstance(one, str) or one not in among]:
            raise read.refuse((*place, op.value), f"没有代码“{str(unknown[0])[:20]}”。")
        return tuple(value)
    if op in (Op.LT, Op.LE, Op.GT, Op.GE):
        return read.given(place, row, op.value, "yuan" if "元" in fact.unit else "number")
    raise read.refuse((*place, op.value), f"{op.value}的值不对。")


def _types(read: Reader, place: Place, row: Mapping[str, Any]) -> tuple[str, ...]:
    types = row.get("types", [])
    if not isinstance(types, list) or any(not isinstance(one, str) or one not in CARD_TYPES for one in types):
        raise read.refuse((*place, "types"), '残疾类别写成["5", "6"]这样。')
    return tuple(types)


def _less(
    read: Reader, place: Place, row: Mapping[str, Any], deductions: Mapping[str, Deduction]
) -> tuple[str, ...]:
    less = row.get("less", [])
    if not isinstance(less, list) or any(not isinstance(one, str) or one not in deductions for one in less):
        raise read.refuse((*place, "less"), "没有这一项扣除。")
    return tuple(less)
