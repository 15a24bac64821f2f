"""Of a page that was added to a paper only its place is kept: many case files in one PDF need the memory of
one."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from sgz_desktop.reports import case_file
from sgz_desktop.reports.ink import A4, Ink, Paper
from tests.reports import samples

FILES, PAGES, SETTLED = 16, 6, 4
PHOTO, PHOTOS = 20_000, 40
A_PAGE = 400  # bytes: its place, a sixth of a bookmark, words remembered; the page itself has 1,600


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def held() -> int:
    """Bytes in use; cycles that wait for the collector are not held."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def held_a_page(parts: Iterator[bytes], pages: int, *, keeping: bool = False) -> float:
    """Bytes by which memory grows with each page of the parts that come once some are settled."""
    kept, before, grown = [], 0, 0
    for number, part in enumerate(parts):
        if keeping:
            kept.append(part)
        if number == SETTLED:
            before = held()
        if number == FILES - 1:
            grown = held() - before
            break
    return grown / ((FILES - 1 - SETTLED) * pages)


def many() -> Iterator[bytes]:
    return case_file.build_many((samples.six_pages() for _ in range(FILES)), FILES)


@pytest.mark.usefixtures("traced")
def test_many_case_files_are_not_held() -> None:
    assert held_a_page(many(), PAGES) < A_PAGE


@pytest.mark.usefixtures("traced")
def test_control_pages_that_are_kept_are_seen() -> None:
    assert held_a_page(many(), PAGES, keeping=True) > 3 * A_PAGE


def with_photos() -> Iterator[bytes]:
    """A page with a photo of its own a part; a file of noise will do, since nobody unpacks it."""
    paper = Paper()
    for number in range(PHOTOS):
        ink = Ink(paper)
        ink.picture(number.to_bytes(2) * (PHOTO // 2), (100, 100), 0, 0, *A4)
        paper.add(ink)
        yield paper.taken()


@pytest.mark.usefixtures("traced")
def test_photos_are_not_held() -> None:
    assert held_a_page(with_photos(), 1) < PHOTO / 20


@pytest.mark.usefixtures("traced")
def test_control_photos_that_are_kept_are_seen() -> None:
    assert held_a_page(with_photos(), 1, keeping=True) > PHOTO
