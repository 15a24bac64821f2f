"""The one style sheet, generated from the tokens. Widgets choose a rule by dynamic property.

Properties in use: `role` and `tone` on labels, `kind` on buttons, frames and fields, `state` on fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sgz_desktop.resources import resource

Px = Callable[[float], int]


def build_style_sheet(c: Any, px: Px, types: Mapping[str, Any], tones: Mapping[str, Any]) -> str:
    """The whole sheet for one type size."""
    parts = (
        _labels(c, px, types, tones),
        _buttons(c, px),
        _fields(c, px),
        _ticks(c, px),
        _surfaces(c, px),
        _lists(c, px),
        _menus(c, px),
    )
    return "\n".join(parts)


def _image(name: str) -> str:
    return f'url("{resource("icons", name + ".svg").as_posix()}")'


def _labels(c: Any, px: Px, types: Mapping[str, Any], tones: Mapping[str, Any]) -> str:
    rules = [f"QLabel {{ color: {c.text}; background: transparent; }}"]
    for role, (size, bold) in types.items():
        weight = "bold" if bold else "normal"
        rules.append(f'QLabel[role="{role}"] {{ font-size: {px(size)}px; font-weight: {weight}; }}')
    rules += [f'QLabel[tone="{name}"] {{ color: {tone.text}; }}' for name, tone in tones.items()]
    rules.append(f'QLabel[tone="plain"] {{ color: {c.text2}; }}')
    rules.append(f'QLabel[tone="brand"] {{ color: {c.brand}; }}')
    return "\n".join(rules)


def _button(kind: str, ink: str, ground: str, edge: str, hover: str, bold: bool = False) -> str:
    weight = "bold" if bold else "normal"
    return f"""
QPushButton[kind="{kind}"] {{ color: {ink}; background: {ground}; border-color: {edge};
  font-weight: {weight}; }}
QPushButton[kind="{kind}"]:hover {{ background: {hover}; }}
QPushButton[kind="{kind}"]:pressed {{ background: {hover}; }}"""


def _buttons(c: Any, px: Px) -> str:
    pad, ring = px(14), px(14) - 1
    return f"""
QPushButton {{ font-size: {px(15)}px; min-height: {px(38) - 2}px; max-height: {px(38) - 2}px;
  padding: 0 {pad}px; border: 1px solid {c.button}; border-radius: {px(6)}px; background: {c.surface};
  color: {c.text}; }}
{_button("secondary", c.text, c.surface, c.button, c.nav)}
{_button("primary", c.on_brand, c.brand, c.brand, c.hover, True)}
{_button("tonal", c.hover, c.tint, c.tint, "#D6EBE6", True)}
{_button("danger", c.danger, c.surface, c.danger, c.danger_tint)}
{_button("quiet", c.text2, "transparent", "transparent", c.track)}
QPushButton[small="true"] {{ font-size: {px(14)}px; min-height: {px(32) - 2}px;
  max-height: {px(32) - 2}px; padding: 0 {px(10)}px; }}
QPushButton[small="true"]:focus {{ padding: 0 {px(10) - 1}px; }}
QPushButton[square="true"] {{ padding: 0; }}
QPushButton[big="true"] {{ font-size: {px(16)}px; min-height: {px(44) - 2}px; max-height: {px(44) - 2}px; }}
QPushButton:focus {{ border: 2px solid {c.brand}; padding: 0 {ring}px;
  min-height: {px(38) - 4}px; max-height: {px(38) - 4}px; outline: 0; }}
QPushButton[small="true"]:focus {{ min-height: {px(32) - 4}px; max-height: {px(32) - 4}px; }}
QPushButton[square="true"]:focus {{ padding: 0; }}
QPushButton[big="true"]:focus {{ min-height: {px(44) - 4}px; max-height: {px(44) - 4}px; }}
QPushButton[kind="primary"]:focus {{ border-color: {c.text}; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.track}; border-color: {c.line}; }}
QPushButton[kind="primary"][busy="true"]:disabled {{ color: {c.on_brand}; background: {c.hover};
  border-color: {c.hover}; }}
QPushButton[kind="link"] {{ color: {c.brand}; background: transparent; border: 0; padding: 0 2px;
  min-height: {px(24)}px;
  max-height: {px(24)}px; }}
QPushButton[kind="link"]:hover {{ color: {c.hover}; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 0; border-bottom: 2px solid {c.brand}; border-radius: 0;
  padding: 0 2px; }}
QPushButton[kind="link"]:disabled {{ color: {c.muted}; }}
QPushButton[kind="chip"] {{ font-size: {px(14)}px; min-height: {px(32) - 2}px;
  max-height: {px(32) - 2}px; padding: 0 {px(10)}px;
  border-radius: {px(32) // 2}px; color: {c.text2}; }}
QPushButton[kind="chip"]:hover {{ background: {c.nav}; }}
QPushButton[kind="chip"]:checked {{ color: {c.hover}; background: {c.tint}; border-color: {c.brand};
  font-weight: bold; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c.brand}; padding: 0 {px(10) - 1}px;
  min-height: {px(32) - 4}px; max-height: {px(32) - 4}px; }}"""


def _fields(c: Any, px: Px) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ font-size: {px(15)}px; color: {c.text};
  background: {c.surface};
  border: 1px solid {c.control}; border-radius: {px(6)}px; selection-background-color: {c.brand};
  selection-color: {c.on_brand}; placeholder-text-color: {c.muted}; }}
QLineEdit, QComboBox {{ min-height: {px(38) - 2}px; max-height: {px(38) - 2}px; padding: 0 {px(11)}px; }}
QPlainTextEdit, QTextEdit {{ padding: {px(6)}px {px(7)}px; }}
QLineEdit:focus, QComboBox:focus, QComboBox:on {{ border: 2px solid {c.brand}; padding: 0 {px(11) - 1}px;
  min-height: {px(38) - 4}px; max-height: {px(38) - 4}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c.brand};
  padding: {px(6) - 1}px {px(7) - 1}px; }}
QLineEdit[state="error"], QComboBox[state="error"] {{ border: 2px solid {c.danger};
  padding: 0 {px(11) - 1}px;
  min-height: {px(38) - 4}px; max-height: {px(38) - 4}px; }}
QPlainTextEdit[state="error"] {{ border: 2px solid {c.danger}; padding: {px(6) - 1}px {px(7) - 1}px; }}
QLineEdit[state="warn"], QComboBox[state="warn"], QPlainTextEdit[state="warn"] {{ border-color: {c.warn}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"],
QPlainTextEdit[readOnly="true"] {{ background: {c.canvas}; color: {c.text2}; border-color: {c.button}; }}
QLineEdit[kind="search"] {{ padding-left: {px(28)}px; }}
QLineEdit[kind="search"]:focus {{ padding-left: {px(28) - 1}px; }}
QComboBox::drop-down {{ border: 0; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: {_image("field-down")}; width: {px(16)}px; height: {px(16)}px; }}
QComboBox::down-arrow:disabled {{ image: {_image("field-down-off")}; }}
QComboBox QAbstractItemView {{ font-size: {px(15)}px; background: {c.surface};
  border: 1px solid {c.control};
  padding: {px(4)}px; outline: 0; selection-background-color: {c.tint}; selection-color: {c.hover}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(34)}px; padding: 0 {px(6)}px;
  border-radius: {px(4)}px; }}
QComboBox QAbstractItemView::item:selected,
  QComboBox QAbstractItemView::item:hover {{ background: {c.tint}; color: {c.hover}; }}"""


def _ticks(c: Any, px: Px) -> str:
    box = px(18)
    return f"""
QCheckBox, QRadioButton {{ font-size: {px(15)}px; color: {c.text}; spacing: {px(10)}px;
  min-height: {px(30)}px;
  background: transparent; border: 2px solid transparent; border-radius: {px(4)}px;
  padding-right: {px(4)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.brand}; outline: 0; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.muted}; }}
QCheckBox::indicator {{ width: {box}px; height: {box}px; border: 1px solid {c.control};
  border-radius: {px(4)}px; background: {c.surface}; }}
QCheckBox::indicator:checked {{ background: {c.brand}; border-color: {c.brand};
  image: {_image("box-check")}; }}
QCheckBox::indicator:disabled {{ background: {c.canvas}; border-color: {c.button}; }}
QRadioButton::indicator {{ width: {box}px; height: {box}px; border: 1px solid {c.control};
  border-radius: {(box + 2) // 2}px; background: {c.surface}; }}
QRadioButton::indicator:checked {{ border: {px(6)}px solid {c.brand}; width: {box + 2 - 2 * px(6)}px;
  height: {box + 2 - 2 * px(6)}px; }}"""


def _surfaces(c: Any, px: Px) -> str:
    row, card = px(8), px(10)
    return f"""
QMainWindow, QWidget[kind="canvas"] {{ background: {c.canvas}; }}
QDialog {{ background: {c.surface}; }}
QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {card}px; }}
QFrame[kind="rule"] {{ background: {c.line}; border: 0; }}
QFrame[kind="band-tint"] {{ background: {c.tint}; border: 0; border-radius: {row}px; }}
QFrame[kind="band-warm"] {{ background: {c.warn_tint}; border: 0; border-radius: {row}px; }}
QFrame[kind="band-danger"] {{ background: {c.danger_tint}; border: 0; border-radius: {row}px; }}
QFrame[kind="band-plain"] {{ background: {c.canvas}; border: 0; border-radius: {row}px; }}
QFrame[kind="toast"] {{ background: {c.text}; border: 0; border-radius: {row}px; }}
QFrame[kind="toast"] QLabel {{ color: {c.on_brand}; }}
QFrame[kind="toast"] QPushButton {{ color: #BFE6DF; background: transparent; border: 1px solid #5D7A72; }}
QFrame[kind="toast"] QPushButton:focus {{ border: 2px solid {c.on_brand}; }}
QFrame[kind="preview"] {{ background: #E2E8E5; border: 0; border-radius: {row}px; }}
QLabel[kind="keycap"] {{ font-size: {px(13)}px; color: {c.text2}; background: {c.surface};
  border: 1px solid {c.button};
  border-radius: {px(4)}px; padding: {px(2)}px {px(5)}px; }}
QToolTip {{ font-size: {px(14)}px; color: {c.text}; background: {c.surface};
  border: 1px solid {c.control}; padding: {px(5)}px; }}
QProgressBar {{ background: {c.track}; border: 0; border-radius: {px(8) // 2}px; min-height: {px(8)}px;
  max-height: {px(8)}px; }}
QProgressBar::chunk {{ background: {c.brand}; border-radius: {px(8) // 2}px; }}"""


def _lists(c: Any, px: Px) -> str:
    return f"""
QScrollArea, QAbstractScrollArea[kind="plain"] {{ background: transparent; border: 0; }}
QListView {{ background: transparent; border: 0; outline: 0; }}
QTableView {{ background: {c.surface}; border: 0; outline: 0; gridline-color: {c.line};
  font-size: {px(15)}px;
  selection-background-color: {c.tint}; selection-color: {c.text}; }}
QTableView[kind="list"] {{ background: transparent; selection-background-color: transparent; }}
QTableView::item {{ padding: 0 {px(8)}px; }}
QTableView::item:selected {{ background: {c.tint}; color: {c.text}; }}
QTableView[kind="list"]::item:selected {{ background: transparent; }}
QHeaderView {{ background: {c.nav}; border: 0; border-top-left-radius: {px(9)}px;
  border-top-right-radius: {px(9)}px; }}
QHeaderView::section {{ background: transparent; color: {c.text2}; font-size: {px(14)}px; border: 0;
  border-bottom: 1px solid {c.line}; padding: 0 {px(10)}px;
  min-height: {px(37)}px; }}
QTableCornerButton::section {{ background: {c.nav}; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.button}; border-radius: {px(6) // 2}px;
  min-height: {px(36)}px; margin: 0 {px(10) - px(6) - 2}px 0 2px; }}
QScrollBar::handle:vertical:hover {{ background: {c.control}; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.button}; border-radius: {px(6) // 2}px;
  min-width: {px(36)}px; margin: 2px 0 {px(10) - px(6) - 2}px 0; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""


def _menus(c: Any, px: Px) -> str:
    return f"""
QMenu {{ background: {c.surface}; border: 1px solid {c.control}; padding: {px(4)}px; }}
QMenu::item {{ font-size: {px(15)}px; color: {c.text}; padding: {px(7)}px {px(16)}px;
  border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c.tint}; color: {c.hover}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(4)}px; }}"""
