"""Every job without the window. Scripts, tests and administrators depend on it: nothing here changes lightly.

Exit 0 done; 1 with one line on stderr for what a person can act on; 2 wrong usage; 70 our bug.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgz_desktop.cli.bundles import group as bundles
from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.cli.conflicts import group as conflicts
from sgz_desktop.cli.county import group as county
from sgz_desktop.cli.devices import group as devices
from sgz_desktop.cli.session import (
    JsonOption,
    OutOption,
    Screen,
    StoreOption,
    UserOption,
    opened,
    remember,
    report,
    session,
    written,
)
from sgz_desktop.cli.transfer import group as transfers
from sgz_desktop.errors import Cancelled
from sgz_desktop.exits import DONE, USAGE, guarded

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation

TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv")
INTERRUPTED = 130  # what typer makes of Ctrl+C

app = typer.Typer(
    name="sgz-desktop",
    help="社工站案件工作台。不写命令就打开窗口。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
reports = typer.Typer(help="报表。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(reports, name="report")
app.add_typer(bundles, name="bundle")
app.add_typer(devices, name="device")
app.add_typer(conflicts, name="conflicts")
app.add_typer(county, name="county")
app.add_typer(transfers, name="case-transfer")


class Format(StrEnum):
    """What can be exported to."""

    NDJSON = "ndjson"
    XLSX = "xlsx"
    CSV = "csv"


def run(arguments: Sequence[str], passphrase: str = "", screen: Screen | None = None) -> int:
    """Run one command and return the exit code; never raises."""
    return guarded(lambda: _run(list(arguments), passphrase, screen))


def _run(arguments: list[str], passphrase: str, screen: Screen | None) -> int:
    try:
        with session(passphrase, screen):
            code = _commands().main(args=arguments, prog_name="sgz-desktop", standalone_mode=False)
    except typer.Abort:
        raise Cancelled from None
    except Exception as wrong:
        if not is_usage(wrong):
            raise
        wrong.show(sys.stderr)  # type: ignore[attr-defined]
        return USAGE
    if code == INTERRUPTED:
        raise Cancelled
    sys.stdout.flush()
    return code if isinstance(code, int) else DONE


@cache
def _commands() -> Any:
    """All commands, once a process: making them from their functions takes longer than most of them do."""
    return typer.main.get_command(app)


def is_usage(error: Exception) -> bool:
    """Is it about how the command was written? typer brings its own copy of click's errors."""
    return any(kind.__name__ == "ClickException" for kind in type(error).__mro__)


@app.callback()
def common(store: StoreOption = None, user: UserOption = None, as_json: JsonOption = False) -> None:
    """Options may stand before the command as well as after it."""
    remember(store, user, as_json)


@app.command()
def demo(
    store: StoreOption = None,
    user: UserOption = None,
    headless: Annotated[bool, typer.Option("--headless", help="不开窗口，只写出文书和截图。")] = False,
    as_json: JsonOption = False,
) -> int:
    """打开练习站（人物情节均为虚构）；没有就先建好。"""
    from sgz_desktop.cli.demo import demo as work

    return work(store, user, headless, as_json)


@app.command()
def init(
    station: Annotated[str, typer.Option("--station", help="社工站名称。")],
    user: Annotated[str, typer.Option("--user", help="第一位使用者。")],
    store: StoreOption = None,
    card: Annotated[Path | None, written("--card", "恢复卡写到哪个PDF。")] = None,
    no_card: Annotated[bool, typer.Option("--no-card", help="不做恢复卡。")] = False,
    as_json: JsonOption = False,
) -> None:
    """新建一个社工站。"""
    from sgz_desktop.cli.station import init as work

    if card and no_card:
        raise typer.BadParameter("--card 和 --no-card 只能写一个。")
    work(store, station, user, card, as_json)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="NDJSON文件，或名单：xlsx、xls、csv。")],
    merge: Annotated[bool, typer.Option("--merge", help="已有的资料以文件为准。")] = False,
    sheet: Annotated[str, typer.Option("--sheet", help="名单在哪张工作表。")] = "",
    errors: Annotated[Path | None, written("--errors", "有问题的行写到哪个xlsx。")] = None,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """导入资料：先检查整个文件，再一次写入。名单里有问题的行不导入，可以写成表格改正后再导入。"""
    if file.suffix.lower() in TABLES:
        from sgz_desktop.cli.roster import import_list

        import_list(file, merge, sheet, errors, store, user, as_json)
        return
    from sgz_desktop.actions.records_file import import_records

    with opened(store, user) as station:
        told = import_records(station.desk, file, merge)
    facts = {"new": told.new, "altered": told.altered, "same": told.same, "attachments": told.attachments}
    report(as_json, facts, f"已导入{told.records}条：新增{told.new}，改动{told.altered}，相同{told.same}。")


@app.command()
def export(
    out: Annotated[Path, written("--out", "写到哪个文件；csv写到哪个新文件夹。")],
    format: Annotated[Format, typer.Option("--format", help="格式。")] = Format.NDJSON,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """导出全部资料。导出的文件没有加密。"""
    from sgz_desktop.cli.station import export as work

    work(out, format.value, store, user, as_json)


@app.command("screen")
def screen_(
    file: Annotated[Path, typer.Argument(help="JSON文件：日期、当地标准、人和家庭。")],
    pack: Annotated[Path | None, typer.Option("--pack", help="本地政策包（TOML）。")] = None,
    as_json: JsonOption = False,
) -> None:
    """按救助政策比对，给出可能符合的项目、理由和还差的信息。不需要资料库，总是输出JSON。"""
    from sgz_desktop.actions.screening import screen_file

    report(True, screen_file(file, pack), "")


@app.command()
def blank(
    form: Annotated[str, typer.Argument(help="哪种表：类别或名称，见 --list。")] = "",
    out: Annotated[Path | None, written("--out", "写到哪个PDF。")] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出有哪些空白表。")] = False,
    station: Annotated[str, typer.Option("--station", help="印在页眉的社工站名称。")] = "",
    as_json: JsonOption = False,
) -> None:
    """把一种空白表写成PDF，供手写。不需要资料库。"""
    from sgz_desktop.cli.blank import list_forms, write_form

    if listed:
        list_forms(as_json)
    elif form and out:
        write_form(form, out, station, as_json)
    else:
        raise typer.BadParameter("请写明哪种表和 --out，或用 --list 看有哪些。")


@app.command("case-file")
def case_file(
    number: Annotated[str, typer.Argument(help="个案编号，例如2026-A001。")],
    out: OutOption,
    whom: Annotated[
        str | None, typer.Option("--for-supervisor", help="写成给这位督导的督导件：隐去身份，加密。")
    ] = None,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """把一个个案的整卷档案写成PDF。"""
    if whom is not None:
        from sgz_desktop.cli.copies import write_copy

        write_copy(number, out, whom, store, user, as_json)
        return
    from sgz_desktop import files
    from sgz_desktop.actions.papers import print_case_file, unprintable_in

    with opened(store, user) as station:
        data = print_case_file(station.desk, number)
        odd = unprintable_in(station.desk, number)
        files.write_atomic(out, data)
    if odd:
        print(f"有{len(odd)}个字没有字形，印成〓，请手写补上：{''.join(odd)}", file=sys.stderr)
    report(as_json, {"out": str(out), "bytes": len(data)}, f"个案档案已写到 {out}")


PaperOption = Annotated[Path | None, written("--out", "写到哪个文件；以.docx结尾写成Word。")]
MONTH = typer.Argument(metavar="month", help="月份，例如2026-06。")
YEAR = typer.Argument(metavar="year", help="合同年从哪一年开始，例如2026；或两天，中间写/。")


def _add_report(sort: str, span: Any, about: str) -> None:
    """The command that makes reports of one sort; `span` is the argument that says of when."""

    def command(
        when: str,
        out: PaperOption = None,
        store: StoreOption = None,
        user: UserOption = None,
        as_json: JsonOption = False,
    ) -> None:
        from sgz_desktop.cli.report import make

        make(sort, when, out, store, user, as_json)

    command.__annotations__["when"] = Annotated[str, span]
    reports.command(sort, help=about)(command)


_add_report("monthly", MONTH, "月度工作简报：写成PDF或Word，或用 --json 给出各项指标。")
_add_report("midterm", YEAR, "中期工作报告：合同年的前六个月。")
_add_report("final", YEAR, "末期工作报告：整个合同年。")


@app.command()
def check(store: StoreOption = None, user: UserOption = None, as_json: JsonOption = False) -> None:
    """检查资料是否完整。有问题时退出码为1。"""
    from sgz_desktop.cli.station import check as work

    work(store, user, as_json)


@app.command()
@at_station()
def backup(station: OpenStation, out: OutOption) -> Answer:
    """备份成一个文件，写好后打开核对。"""
    from sgz_desktop.actions.keeping import back_up

    made = back_up(station.desk, station, out)
    facts = {"out": str(out), "bytes": made.size, "digest": made.digest, "edits": made.edits}
    facts |= {"attachments": made.blobs, "missing": made.missing}
    return facts, f"备份已写到 {out}，并核对过。"


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件。")],
    county_key: Annotated[
        Path | None, typer.Option("--county-key", help="用区县的密钥文件恢复；密码成为 --user 的新密码。")
    ] = None,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """从备份恢复到一个空文件夹；这台电脑成为一台新电脑。"""
    if county_key is not None:
        from sgz_desktop.cli.county import restore_with_county

        restore_with_county(file, county_key, store, user, as_json)
        return
    from sgz_desktop.cli.station import restore as work

    work(file, store, user, as_json)
