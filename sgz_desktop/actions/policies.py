"""Which policy packs hold at this station: those shipped, those put in here, and its own local standards.

They are settings of this computer's store; a pack is kept as the text it came in and read anew, so that what
was checked once is checked each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policy_trust import county_key, trust_of
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import days
from sgz_desktop.domain.amounts import tidy_yuan
from sgz_desktop.domain.policy.choose import Rule, rules, version_key
from sgz_desktop.domain.policy.compare import differences
from sgz_desktop.domain.policy.pack import NATION, Given, Pack, Param, Trust
from sgz_desktop.domain.policy.reading import MAX_BYTES, read_pack
from sgz_desktop.domain.policy.refusal import PackRefused
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.errors import AppError
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading, Writing

PACKS, LOCAL = "policy_packs", "policy_local"
MOST_PACKS = 40


@dataclass(frozen=True)
class Local:
    """What this place has set: its division code, values by parameter as typed, and where they stand."""

    region: str = NATION
    values: Mapping[str, str] | None = None
    source: str = ""


@dataclass(frozen=True)
class PackPreview:
    """A pack about to be put in: what it replaces, what differs in words, whether it is older, and what is
    to be said of its signature ('' nothing)."""

    pack: Pack
    text: str
    replaces: Pack | None
    differences: tuple[str, ...]
    older: bool
    note: str = ""


def local_of(session: Reading) -> Local:
    """The station's own standards; nothing set is nothing known."""
    kept = settings.get(session, LOCAL, {})
    kept = kept if isinstance(kept, dict) else {}
    values = kept.get("values")
    values = {str(name): str(text) for name, text in values.items()} if isinstance(values, dict) else {}
    region = str(kept.get("region") or NATION)
    usable = region if len(region) == 6 and region.isascii() and region.isdigit() else NATION
    return Local(usable, values, str(kept.get("source") or ""))


def packs_of(session: Reading) -> tuple[Pack, ...]:
    """Shipped packs, then those put in here; of one id only the last put in."""
    found = {pack.id: pack for pack in shipped_packs()}
    for text, trust in _kept(session):
        pack = _read(text, trust)
        if pack is not None:
            found[pack.id] = pack
    return tuple(found.values())


def _kept(session: Reading) -> list[tuple[str, str]]:
    kept = settings.get(session, PACKS, [])
    rows = kept if isinstance(kept, list) else []
    return [(str(row["text"]), str(row["trust"])) for row in rows if isinstance(row, dict) and "text" in row]


@lru_cache(maxsize=MOST_PACKS)
def _read(text: str, trust: str) -> Pack | None:
    """A pack kept earlier; None when this program does not understand it any more."""
    try:
        return read_pack(text.encode(), Trust(trust))
    except (PackRefused, ValueError):
        return None


def rules_of(session: Reading, on: days.Day) -> list[Rule]:
    """Every programme as it is asked here on a day."""
    return rules_with(local_of(session), packs_of(session), on)


def rules_with(local: Local, packs: Sequence[Pack], on: days.Day) -> list[Rule]:
    """The same with other packs or standards than those in force."""
    given = given_of(local, packs)
    return [_signed(rule, local) for rule in rules(packs, on, local.region, given)]


def _signed(rule: Rule, local: Local) -> Rule:
    """A rule that uses the station's own values is another than the pack alone: its fingerprint says so."""
    used = {name: text for name, text in sorted((local.values or {}).items()) if text.strip()}
    if not used or rule.trust is not Trust.LOCAL:
        return rule
    mixed = hashlib.sha256(f"{rule.pack.sha256}{local.region}{sorted(used.items())}".encode()).hexdigest()
    return replace(rule, pack=replace(rule.pack, sha256=mixed))


def params_of(packs: Sequence[Pack]) -> dict[str, Param]:
    """Every parameter there is, by name."""
    return {name: param for pack in packs for name, param in pack.params.items()}


def given_of(local: Local, packs: Sequence[Pack]) -> dict[str, Given]:
    """The station's own values; one that cannot be read is unknown."""
    params = params_of(packs)
    given: dict[str, Given] = {}
    for name, text in (local.values or {}).items():
        param = params.get(name)
        value = _value(param, text) if param and text.strip() else None
        if value is not None:
            given[name] = value
    return given


def _value(param: Param, text: str) -> Given | None:
    try:
        return typed_value(param, text)
    except ValueError:
        return None


def typed_value(param: Param, text: str) -> Given:
    """What was typed for a parameter. ValueError with a sentence."""
    typed = days.plain(text)
    if param.kind == "yuan":
        return Fraction(tidy_yuan(typed))
    if param.kind == "day":
        return days.tidy_day(typed)
    return _number(typed)


def _number(typed: str) -> Given:
    percent = typed.endswith("%")
    body = typed.removesuffix("%")
    if not body.replace(".", "", 1).isdecimal():
        raise ValueError("请填数字，例如1.5或60%。")
    value = Fraction(body) / (100 if percent else 1)
    if not 0 < value <= 1000:
        raise ValueError("这个数字太大或是0，请核对。")
    return value


@action
def local_standards(desk: Desk) -> tuple[Local, tuple[Param, ...]]:
    """What is set here, and every parameter that may be."""

    def work(session: Reading) -> tuple[Local, tuple[Param, ...]]:
        params = params_of(packs_of(session)).values()
        return local_of(session), tuple(one for one in params if one.kind != "codes")

    return desk.read(work)


@action
def change_local_standards(desk: Desk, region: str, values: Mapping[str, str], source: str) -> None:
    """Keep the station's own standards; an empty one is unknown again. SettingRefused names the field."""
    typed_region = days.plain(region) or NATION
    if len(typed_region) != 6 or not typed_region.isdecimal():
        raise SettingRefused("region", "请填6位行政区划代码，例如350627。")
    params = desk.read(lambda session: params_of(packs_of(session)))
    kept = {name: text.strip() for name, text in values.items() if text.strip() and name in params}
    for name, text in kept.items():
        try:
            typed_value(params[name], text)
        except ValueError as wrong:
            raise SettingRefused(name, str(wrong)) from None
    if kept and not source.strip():
        raise SettingRefused("source", "请写明标准出自哪份文件。")
    told = {"region": typed_region, "values": kept, "source": source.strip()}
    desk.store.write(lambda session: settings.put(session, LOCAL, told))


@action
def list_packs(desk: Desk) -> tuple[Pack, ...]:
    """The packs in force."""
    return desk.read(packs_of)


@action
def preview_pack(desk: Desk, path: Path) -> PackPreview:
    """A pack in a file beside what it would replace. AppError with the line that is wrong, or for a signature
    that is not the county's."""
    data = files.read_whole(path, MAX_BYTES + 1)
    trust, note = trust_of(path, data, desk.read(county_key))
    try:
        pack = read_pack(data, trust)
    except PackRefused as refused:
        raise AppError(str(refused), "改好这一行再导入；原有的政策照常使用。") from None
    before = next((one for one in desk.read(packs_of) if one.id == pack.id), None)
    older = before is not None and version_key(pack.version) < version_key(before.version)
    told = differences(before, pack) if before else ()
    return PackPreview(pack, data.decode("utf-8-sig"), before, told, older, note)


@action
def take_pack(desk: Desk, preview: PackPreview, *, although_older: bool = False) -> None:
    """Put a pack in force. AppError for an older version, unless it is wanted with open eyes."""

    def work(session: Writing) -> None:
        now = next((one for one in packs_of(session) if one.id == preview.pack.id), None)
        older = now is not None and version_key(preview.pack.version) < version_key(now.version)
        if older and not although_older:
            raise AppError("这份政策包比现在用的旧，没有导入。", "确实要用旧的，请在导入时勾选。")
        kept = [row for row in _kept(session) if _id_of(row) != preview.pack.id]
        kept.append((preview.text, preview.pack.trust.value))
        if len(kept) > MOST_PACKS:
            raise AppError(f"政策包最多{MOST_PACKS}份，没有导入。", "请先移除不用的。")
        settings.put(session, PACKS, [{"text": text, "trust": trust} for text, trust in kept])

    desk.store.write(work)


def _id_of(row: tuple[str, str]) -> str:
    pack = _read(*row)
    return pack.id if pack else ""


@action
def drop_pack(desk: Desk, id: str) -> PackPreview | None:
    """Take a pack out that was put in here; a shipped one of that id is in force again. Returns what puts it
    in once more."""

    def work(session: Writing) -> PackPreview | None:
        rows = _kept(session)
        kept = [row for row in rows if _id_of(row) != id]
        settings.put(session, PACKS, [{"text": text, "trust": trust} for text, trust in kept])
        gone = next((row for row in rows if _id_of(row) == id), None)
        pack = _read(*gone) if gone else None
        return PackPreview(pack, gone[0], None, (), older=False) if gone and pack else None

    return desk.store.write(work)
