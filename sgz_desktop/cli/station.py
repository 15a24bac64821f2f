"""Commands about a whole station: init, export, check, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from sgz_desktop import files
from sgz_desktop.cli.session import NO_CARD, folder_of, opened, passphrase, report, user_of
from sgz_desktop.errors import AppError
from sgz_desktop.vault.card import Card, make_card


def init(store: Path | None, station: str, user: str, card: Path | None, as_json: bool) -> None:
    """A new station; with `card` its recovery card on paper, written before the store is made."""
    from sgz_desktop.actions.station import create_station, has_store
    from sgz_desktop.store import log

    folder = folder_of(store)
    if has_store(folder):
        raise AppError("这个文件夹里已经有一个社工站，没有改动。", "请换一个文件夹，或直接打开它。")
    if card:
        files.refuse_in_store(card, coming=folder)
    secret = passphrase(new=True)
    made = make_card() if card else None
    if card and made:
        files.write_new(card, _card_pdf(station, user, made))
    try:
        opened_station = create_station(
            folder, station, user, secret, recovery=made.recipient if made else None
        )
    except BaseException:
        if card:
            files.discard(card)
        raise
    digest = opened_station.desk.read(log.digest)
    opened_station.close()
    facts: dict[str, Any] = {"store": str(folder), "station": station, "user": user, "digest": digest}
    words = f"已新建{station}：{folder}"
    if card:
        words += f"\n恢复卡已写到 {card}，请打印后收好，再删除这个文件。"
    else:
        words += f"\n{NO_CARD}"
    report(as_json, {**facts, "card": str(card) if card else None}, words)


def _card_pdf(station: str, user: str, card: Card) -> bytes:
    from sgz_desktop.actions.cards import recovery_card_pdf

    return recovery_card_pdf(station, user, card.number, card.groups)


def export(
    out: Path, form: Literal["ndjson", "xlsx", "csv"], store: Path | None, user: str | None, as_json: bool
) -> None:
    """Every record peers share, for another store (ndjson) or as tables for people."""
    from sgz_desktop.actions.records_file import export_records
    from sgz_desktop.actions.records_tables import export_tables

    with opened(store, user) as station:
        if form == "ndjson":
            told = export_records(station.desk, out)
        else:
            told = export_tables(station.desk, out, form)
    facts = {"out": str(out), "records": told.records, "digest": told.digest, "attachments": told.attachments}
    words = f"已导出{told.records}条到 {out}"
    if told.beside:
        facts["files"] = str(told.beside)
        words += f"，附件{told.attachments}个另在文件夹 {told.beside}"
    report(as_json, facts, f"{words}。{'都' if told.beside else '文件'}没有加密，用完请收好。")


def check(store: Path | None, user: str | None, as_json: bool) -> None:
    """Tell whether all is whole; AppError when it is not, after the answer."""
    from sgz_desktop.actions.keeping import check_store

    with opened(store, user) as station:
        found = check_store(station.desk, station)
        facts = {**found.figures, "problems": list(found.problems), "notices": list(station.notices)}
    count = len(found.problems)
    words = "\n".join(found.problems) or f"资料完整，共{facts['edits']}笔修改，指纹 {facts['digest']}"
    report(as_json, facts, "\n".join(filter(None, [words, found.awaited])))
    if count:
        raise AppError(f"检查发现{count}个问题。", found.advice)


def restore(file: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """Bring a backup back into an empty folder."""
    from sgz_desktop.actions import keeping
    from sgz_desktop.store import archive, log
    from sgz_desktop.vault import slot_file

    folder = folder_of(store)
    with archive.reading(file) as source:
        name = user_of(slot_file.load(source.slots()), user)
    station = keeping.restore(file, folder, name, passphrase())
    device = station.desk.device
    facts = {"store": str(folder), "device": device.id, "epoch": device.epoch}
    facts["digest"] = station.desk.read(log.digest)
    notices = station.notices
    station.close()
    report(as_json, {**facts, "notices": notices}, "\n".join([f"已恢复到 {folder}", *notices]))
