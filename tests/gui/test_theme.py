"""The tokens hold what they promise: contrast, least sizes, and icons for every name."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import TONES, TYPE, C, WidthClass, px
from sgz_desktop.gui.widgets.data_table import DAY
from sgz_desktop.resources import resource

ICONS = [
    "home",
    "people",
    "visit",
    "case",
    "refer",
    "group",
    "heart",
    "talk",
    "chart",
    "usb",
    "gear",
    "alert",
    "info",
    "question",
    "check",
    "search",
    "plus",
    "edit",
    "phone",
    "doc",
    "cal",
    "clock",
    "print",
    "save",
    "up",
    "disk",
    "lock",
    "eye",
    "cover",
    "shield",
    "book",
    "more",
    "down",
    "left",
    "right",
    "x",
]


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two hex colours."""

    def light(hex_colour: str) -> float:
        colour = QColor(hex_colour)
        parts = (
            v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4
            for v in (colour.redF(), colour.greenF(), colour.blueF())
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_function_knows_black_from_grey() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") < 4.5


@pytest.mark.parametrize("ground", [C.surface, C.canvas, C.nav])
@pytest.mark.parametrize("ink", [C.text, C.text2, C.muted, C.brand, C.danger, C.warn, C.info, C.ok])
def test_every_ink_reads_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("name", sorted(TONES))
def test_every_tone_reads_on_its_tint(name: str) -> None:
    assert contrast(TONES[name].text, TONES[name].tint) >= 4.5


def test_field_edges_can_be_seen() -> None:
    assert contrast(C.control, C.surface) >= 3


def test_type_is_never_smaller_than_promised() -> None:
    assert TYPE["body"][0] >= 15
    assert min(size for size, _bold in TYPE.values()) >= 13


def test_scale_multiplies_every_length(qapp: QApplication, every_scale: float) -> None:
    assert px(100) == round(100 * every_scale)
    assert theme.font("body").pixelSize() == round(15 * every_scale)
    assert f"font-size: {round(15 * every_scale)}px" in qapp.styleSheet()


def test_width_class_is_taken_at_the_type_size(every_scale: float) -> None:
    assert theme.width_class(round(1250 * every_scale)) is WidthClass.WIDE
    assert theme.width_class(round(1200 * every_scale)) is WidthClass.RAIL
    assert theme.width_class(round(1100 * every_scale)) is WidthClass.STACKED
    assert theme.width_class(round(900 * every_scale)) is WidthClass.STEPS


def test_our_own_face_is_used() -> None:
    assert "SGZ Sans" in QFontDatabase.families()
    assert theme.font().families()[0] == "SGZ Sans"


def test_style_sheet_names_only_files_that_exist(qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    names = [part.split('"')[0] for part in sheet.split('url("')[1:]]
    assert len(names) >= 3
    assert all(resource("icons", name.rsplit("/", 1)[-1]).exists() for name in names)


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_drawn_at_twice_its_size_in_its_tint(name: str) -> None:
    picture = icons.pixmap(name, 18, "danger")
    image = picture.toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 250
    ]
    assert picture.width() == 36
    assert inked
    wanted = QColor(C.danger).toTuple()
    assert all(abs(a - b) <= 4 for colour in inked for a, b in zip(colour.toTuple(), wanted, strict=True))


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("icons").glob("*.svg")))
def test_icon_looks_as_the_svg_library_draws_it(name: str, qapp: QApplication) -> None:
    size = 96
    theirs, ours = (QImage(size, size, QImage.Format.Format_RGB32) for _ in range(2))
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = re.sub(r'stroke="[^"]*"', f'stroke="{C.text}"', text)
    for image in (theirs, ours):
        image.fill(QColor(C.surface))
    painter = QPainter(theirs)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    painter = QPainter(ours)
    icons.paint(painter, name, QRectF(0, 0, size, size), "text")
    painter.end()
    apart = sum(
        abs(theirs.pixelColor(x, y).lightness() - ours.pixelColor(x, y).lightness()) > 60
        for x in range(size)
        for y in range(size)
    )
    assert apart <= 12


@pytest.mark.parametrize("scale", [scale for _, scale in theme.SCALES])
def test_a_day_of_another_year_fits_its_column(qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, scale)
    try:
        room = theme.px(DAY) - theme.px(18)  # what a cell keeps free at its sides
        assert QFontMetrics(theme.font("body")).horizontalAdvance("2025年12月30日") <= room
        assert QFontMetrics(theme.font("body")).horizontalAdvance("2025年12月30日") > theme.px(88) - theme.px(
            18
        )
    finally:
        theme.apply(qapp, 1.0)
