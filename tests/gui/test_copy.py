"""The words of the window: full-width punctuation, polite, and the terms the field uses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

GUI = Path(__file__).resolve().parents[2] / "sgz_desktop" / "gui"
HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:!?()][{HAN}]|[{HAN}][,;:!?]$|[{HAN}]\.(?:$|[{HAN}])|[{HAN}] [{HAN}]")
WIDE_DOT = re.compile(r" ·|· ")
NOT_SAID = re.compile(r"您|！|口令|同步|冲突|立案|案主|错误|失败|非法|无效")


def spoken(path: Path) -> list[tuple[int, str]]:
    """Every string a person may see: literals with Han, but not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in bare
        and re.search(f"[{HAN}]", node.value)
    ]


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_copy_is_as_agreed(path: Path) -> None:
    amiss = [
        f"{line}: {text}"
        for line, text in spoken(path)
        if HALF_WIDTH.search(text) or WIDE_DOT.search(text) or NOT_SAID.search(text)
    ]
    assert not amiss


@pytest.mark.parametrize(
    "text", ["已保存,可以撤销", "请核对.", "您好", "电话 号码", "个案 · 主责", "请再试一次！"]
)
def test_lint_catches(text: str) -> None:
    assert HALF_WIDTH.search(text) or WIDE_DOT.search(text) or NOT_SAID.search(text)


@pytest.mark.parametrize(
    "text", ["已保存。10秒内可以撤销。", "电话 139 0000 0000", "6月30日（周二）", "例如3.5"]
)
def test_lint_lets_pass(text: str) -> None:
    assert [rule for rule in (HALF_WIDTH, WIDE_DOT, NOT_SAID) if rule.search(text)] == []


def test_copy_is_found_at_all() -> None:
    assert len(spoken(GUI / "unlock.py")) > 10
