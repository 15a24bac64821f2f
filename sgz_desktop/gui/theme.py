"""Tokens of the look, declared once: colours, type, space, heights, and their scale (字号).

Widgets ask `px(n)` for lengths and `font(role)` for painted text; the style sheet is generated from
the same tokens in `style_sheet`. `apply` is called once at start, and again when 字号 changes.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from sgz_desktop.gui.style_sheet import build_style_sheet
from sgz_desktop.resources import resource

SCALES: Final = (("标准", 1.0), ("大", 1.15), ("特大", 1.3))
FONT_FILES: Final = ("sgz-sans.ttf", "sgz-sans-bold.ttf")
FAMILIES: Final = (
    "SGZ Sans",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)


class Colours:
    """Hex colours; the contrast of every text on its ground is at least 4.5 (tested)."""

    canvas: str = "#F3F6F4"
    surface: str = "#FFFFFF"
    nav: str = "#F9FBFA"
    line: str = "#DFE6E3"
    track: str = "#E9EEEC"
    text: str = "#16241E"
    text2: str = "#47564F"
    muted: str = "#5F6E68"
    brand: str = "#0F6F67"
    hover: str = "#0B5952"
    tint: str = "#E4F2EF"
    control: str = "#86968F"
    button: str = "#B7C4BF"
    on_brand: str = "#FFFFFF"
    danger: str = "#A8231A"
    danger_tint: str = "#FBEAE7"
    warn: str = "#84490A"
    warn_tint: str = "#FBF0DC"
    info: str = "#1D5799"
    info_tint: str = "#E7EFF9"
    ok: str = "#1A6B3F"
    ok_tint: str = "#E3F3E9"


C: Final = Colours()


class Tone(NamedTuple):
    """The two colours of a status: text, and the tint it stands on."""

    text: str
    tint: str


TONES: Final = {
    "plain": Tone(C.text2, C.track),
    "brand": Tone(C.hover, C.tint),
    "danger": Tone(C.danger, C.danger_tint),
    "warn": Tone(C.warn, C.warn_tint),
    "info": Tone(C.info, C.info_tint),
    "ok": Tone(C.ok, C.ok_tint),
    "muted": Tone(C.muted, C.track),
    "text": Tone(C.text, C.track),
}

# role → (px at 96 dpi, bold)
TYPE: Final = {
    "caption": (13, False),
    "second": (14, False),
    "second_bold": (14, True),
    "body": (15, False),
    "body_bold": (15, True),
    "name": (16, True),
    "section": (17, True),
    "title": (22, True),
}


class Space:
    """Steps of distance in px at 96 dpi."""

    XS, S, M, L, XL = 4, 8, 12, 16, 20


class Height:
    """Heights in px at 96 dpi."""

    CONTROL, SMALL, NAV, RAIL, NAV_LEAST, ROW, GRID, BADGE = 38, 32, 40, 38, 33, 70, 37, 24


RADIUS_CONTROL: Final = 6
RADIUS_ROW: Final = 8
RADIUS_CARD: Final = 10
NAV_WIDTH: Final = 192
RAIL_WIDTH: Final = 96


class WidthClass(Enum):
    """How much room a page has: each narrower class folds one more thing away."""

    WIDE = "wide"
    RAIL = "rail"
    STACKED = "stacked"
    STEPS = "steps"

    @property
    def rail(self) -> bool:
        """The side bar shows labels under its icons."""
        return self is not WidthClass.WIDE

    @property
    def stacked(self) -> bool:
        """Side panels stand under the main column."""
        return self in (WidthClass.STACKED, WidthClass.STEPS)

    @property
    def steps(self) -> bool:
        """A list and its page are two steps with 返回."""
        return self is WidthClass.STEPS


class _State:
    scale = 1.0
    families: tuple[str, ...] = FAMILIES
    translator: QObject | None = None


def scale() -> float:
    """The type size in force: 1, 1.15 or 1.3."""
    return _State.scale


def px(length: float) -> int:
    """A length at 96 dpi and 标准, in logical pixels at the type size in force."""
    return round(length * _State.scale)


def width_class(width: int) -> WidthClass:
    """The class of a window `width` logical pixels wide at the type size in force."""
    room = width / _State.scale
    if room < 980:
        return WidthClass.STEPS
    if room < 1130:
        return WidthClass.STACKED
    return WidthClass.RAIL if room < 1240 else WidthClass.WIDE


def font(role: str = "body") -> QFont:
    """The font of a type role, for painting and measuring."""
    size, bold = TYPE[role]
    face = QFont(list(_State.families))
    face.setPixelSize(px(size))
    face.setBold(bold)
    face.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return face


def colour(name: str) -> QColor:
    """A colour by token name ("brand") or tone ("warn" gives its text colour)."""
    return QColor(TONES[name].text if name in TONES else getattr(C, name))


STYLE, FUSION = "QT_STYLE_OVERRIDE", "Fusion"


def apply(app: QApplication, scale: float = 1.0) -> None:
    """Load our fonts, then set style, palette, font and style sheet for a type size."""
    _State.scale = scale
    _load_fonts()
    if os.environ.get(STYLE) != FUSION:  # naming the style beforehand spares Python its hundreds of enums
        app.setStyle(FUSION)
    app.setPalette(_palette())
    app.setFont(font("body"))
    app.setStyleSheet(build_style_sheet(C, px, TYPE, TONES))


def _load_fonts() -> None:
    """Register our own faces; without them the system's Chinese face is used."""
    if _State.families is not FAMILIES:
        return
    families: list[str] = []
    for name in FONT_FILES:
        path = resource("fonts", name)
        if path.exists():
            number = QFontDatabase.addApplicationFont(str(path))
            families += QFontDatabase.applicationFontFamilies(number)
    _State.families = tuple(dict.fromkeys([*families, *FAMILIES]))


def translate(app: QCoreApplication) -> None:
    """Qt's own words (file dialog, text menu) in Chinese; the unlock page does without."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    if _State.translator is None:
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
        _State.translator = translator


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: C.canvas,
        role.WindowText: C.text,
        role.Base: C.surface,
        role.AlternateBase: C.nav,
        role.Text: C.text,
        role.PlaceholderText: C.muted,
        role.Button: C.surface,
        role.ButtonText: C.text,
        role.Highlight: C.brand,
        role.HighlightedText: C.on_brand,
        role.ToolTipBase: C.surface,
        role.ToolTipText: C.text,
        role.Link: C.brand,
        role.Mid: C.line,
        role.Dark: C.control,
    }
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(C.muted))
    return palette
