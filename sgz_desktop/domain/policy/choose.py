"""Which version of a programme is asked on a day in a region, and which values its parameters have there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.pack import (
    NATION,
    Given,
    Level,
    Pack,
    Param,
    ParamRef,
    Programme,
    Trust,
    Value,
)
from sgz_desktop.domain.policy.reckoning import Terms
from sgz_desktop.domain.policy.vocabulary import FACTS

RANK = {Trust.SHIPPED: 0, Trust.COUNTY: 1, Trust.LOCAL: 2}


@dataclass(frozen=True)
class Rule:
    """A programme as it is asked: with its pack, the terms of the day and place, and what to mind of them.

    Not `begun`: the day lies before every version, and nothing can be said.
    """

    programme: Programme
    pack: Pack
    terms: Terms
    params: Mapping[str, Param]
    trust: Trust
    warnings: tuple[str, ...] = ()
    begun: bool = True
    subject: str = ""

    def about(self, subject: str) -> Rule:
        """The same, about somebody: facts of others are then named with whose they are."""
        return replace(self, subject=subject)


def covers(region: str, place: str) -> bool:
    """Does a pack of `region` hold in `place`? Division codes go by pairs: 35, 3506, 350627 (GB/T 2260)."""
    stem = region
    while stem.endswith("00"):
        stem = stem[:-2]
    return place.startswith(stem)


def specific(region: str) -> int:
    """The more digits of a region say something, the nearer its pack is."""
    return len(region.rstrip("0")) if region != NATION else 0


def rules(
    packs: Iterable[Pack], on: days.Day, region: str, given: Mapping[str, Given] | None = None
) -> list[Rule]:
    """One rule for every programme and level, in the order of the packs; `given` overrides every pack."""
    here = [pack for pack in packs if covers(pack.region, region)]
    params = declared(here)
    values, trusts, over = _values(here, params, on)
    values.update(given or {})
    trusts.update(dict.fromkeys(given or {}, Trust.LOCAL))
    names: dict[tuple[str, Level], None] = dict.fromkeys(
        (programme.id, programme.level) for pack in here for programme in pack.programmes
    )
    return [_rule(here, on, name, level, params, values, trusts, over) for name, level in names]


def declared(packs: Iterable[Pack]) -> dict[str, Param]:
    """Parameters by name; a name means what the first pack that declares it says, wherever it is used."""
    params: dict[str, Param] = {}
    for pack in packs:
        for name, param in pack.params.items():
            params.setdefault(name, param)
    return params


def _values(
    packs: list[Pack], params: Mapping[str, Param], on: days.Day
) -> tuple[dict[str, Given], dict[str, Trust], frozenset[str]]:
    """By parameter the value in force, how far it is to be trusted, and which have ended: what is in force
    wins, then the nearest and latest; an ended one is better than none."""
    values = {
        name: given
        for name, param in declared(pack for pack in packs if pack.effective_from <= on).items()
        if (given := param.usual if param.value is None else param.value) is not None
    }
    trusts = dict.fromkeys(values, Trust.SHIPPED)
    found: list[tuple[tuple[bool, int, str, int], Value, Trust]] = []
    for pack in packs:
        for value in pack.values:
            start = value.effective_from or pack.effective_from
            end = value.effective_to or pack.effective_to
            in_force = not end or on <= end
            if start <= on and (in_force or value.name not in values):
                found.append(((in_force, specific(pack.region), start, RANK[pack.trust]), value, pack.trust))
    over: set[str] = set()
    for (in_force, *_), value, trust in sorted(found, key=lambda one: one[0]):
        values[value.name], trusts[value.name] = _as_kept(value.value, params.get(value.name)), trust
        (over.discard if in_force else over.add)(value.name)
    return values, trusts, frozenset(over)


def _as_kept(value: Given, param: Param | None) -> Given:
    """Yuan as fen, once it is known that the parameter is money."""
    if param is not None and param.kind == "yuan" and not isinstance(value, (str, tuple)):
        return value * 100
    return value


def _rule(
    packs: list[Pack],
    on: days.Day,
    name: str,
    level: Level,
    params: Mapping[str, Param],
    values: Mapping[str, Given],
    trusts: Mapping[str, Trust],
    over: frozenset[str],
) -> Rule:
    versions = [
        (programme, pack)
        for pack in packs
        for programme in pack.programmes
        if (programme.id, programme.level) == (name, level)
    ]
    begun = [one for one in versions if max(one[0].effective_from, one[1].effective_from) <= on]
    known = bool(begun)
    programme, pack = max(begun or versions, key=lambda one: _precedence(one[0], one[1], on, known=known))
    terms = Terms(on, values, pack.deductions)
    used = used_params(programme)
    trust = max((pack.trust, *(trusts[one] for one in used if one in trusts)), key=RANK.__getitem__)
    said = [*_warnings(programme, pack, on, params, trusts)] if begun else [_too_early(on)]
    said += [
        f"{params[one].title}已停用，按停用前的比，请导入新的标准。"
        for one in sorted(used & over & set(params))
    ]
    return Rule(programme, pack, terms, params, trust, tuple(said), bool(begun))


def _too_early(on: days.Day) -> str:
    return f"{days.show_day(on)}还没有可用的政策版本，不能比对。"


def _precedence(
    programme: Programme, pack: Pack, on: days.Day, *, known: bool
) -> tuple[bool, int, str, int, tuple[int, ...]]:
    """What is in force before what has ended; then the nearest region, the latest, the most trusted, the
    newest. Before all of them: the first."""
    start = programme.effective_from
    if not known:
        start = "".join(chr(ord("9") - int(c) + ord("0")) if c.isdigit() else c for c in start)
    in_force = not any(end and end < on for end in (programme.effective_to, pack.effective_to))
    return in_force, specific(pack.region), start, RANK[pack.trust], version_key(pack.version)


def version_key(version: str) -> tuple[int, ...]:
    """2026.10 comes after 2026.9."""
    return tuple(int(part) for part in version.split("."))


def used_params(programme: Programme) -> frozenset[str]:
    """The parameters a programme's conditions name or are reckoned with."""
    named = {node.value.name for node in programme.nodes.values() if isinstance(node.value, ParamRef)}
    reckoned = {FACTS[node.fact].param for node in programme.nodes.values() if node.fact}
    return frozenset((named | reckoned) - {""})


def _warnings(
    programme: Programme,
    pack: Pack,
    on: days.Day,
    params: Mapping[str, Param],
    trusts: Mapping[str, Trust],
) -> Iterable[str]:
    ended = min((end for end in (programme.effective_to, pack.effective_to) if end), default="")
    if ended and ended < on:
        yield f"政策版本已于{days.show_day(ended)}停用，请导入新的政策包再核对。"
    if programme.unverified:
        yield f"政策待核：{programme.unverified}"
    for name in sorted(used_params(programme)):
        param = params.get(name)
        if param and param.value is None and param.usual is not None and trusts[name] is Trust.SHIPPED:
            yield f"{param.title}各地不同，按常见的比，请核对当地标准。"
