"""The header line: one spelling for one header, a later format first; and what people are told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.edits import MAX_AT, MAX_CLOCK
from sgz_desktop.sync.header import Head, Header, Range, Top, read_header
from sgz_desktop.sync.reasons import Reason, Refused
from tests.gui.test_copy import HALF_WIDTH, NOT_SAID
from tests.sync.bundles import US, header

ids = st.text("abcdef-0123456789甲乙", min_size=1, max_size=64)
counts = st.integers(1, MAX_CLOCK)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
signatures = st.binary(min_size=64, max_size=64).map(bytes.hex)
recipients = st.text("qpzry9x8gf2tvdw0s3jn54khce6mua7l", min_size=58, max_size=58).map("age1".__add__)
ranges = st.tuples(counts, counts).map(sorted).map(lambda pair: Range(*pair))
spans = st.lists(st.tuples(st.integers(0, 9), st.integers(2, 9)), min_size=1, max_size=3).map(
    lambda pairs: tuple(
        Range(10**3 * place + skip + 1, 10**3 * place + skip + length)
        for place, (skip, length) in enumerate(pairs)
    )
)
heads = st.builds(Head, ids, st.integers(0, 9), counts, hashes, signatures)
headers = st.builds(
    Header,
    content=st.sampled_from(["edits", "files"]),
    store=ids,
    kind=st.sampled_from(["station", "practice", "county"]),
    sender=ids,
    epoch=st.integers(0, MAX_CLOCK),
    to=st.lists(ids, max_size=3).map(tuple),
    recipients=st.lists(recipients, min_size=1, max_size=3).map(tuple),
    n=counts,
    made=st.integers(0, MAX_AT),
    schema=st.integers(1, 1000),
    have=st.dictionaries(ids, st.builds(Top, counts, hashes), max_size=3),
    received=st.dictionaries(ids, spans, max_size=3),
    ranges=st.dictionaries(ids, ranges, max_size=3),
    heads=st.lists(st.builds(Head, ids, st.integers(0, 9), counts, hashes, signatures), max_size=3).map(
        tuple
    ),
)


@settings(max_examples=60, deadline=None)
@given(headers)
def test_a_header_comes_back_as_it_was(told: Header) -> None:
    line = told.to_bytes()
    assert b"\n" not in line
    assert read_header(line) == told
    assert read_header(line).to_bytes() == line


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": ""},
        {"sender": "a" * 65},
        {"store": "a\n"},
        {"to": ("d",) * 201},
        {"recipients": ()},
        {"recipients": (US,) * 201},
        {"recipients": ("age1x",)},
        {"n": 0},
        {"made": -1},
        {"schema": True},
        {"received": {str(device): (Range(1, 1),) for device in range(201)}},
        {"received": {"d": ()}},
        {"received": {"d": tuple(Range(2 * n, 2 * n) for n in range(1, 102))}},
        {"received": {"d": (Range(1, 2), Range(3, 3))}},
        {"received": {"d": (Range(4, 4), Range(1, 2))}},
        {"have": {"d": Top(1, "AB" * 32)}},
        {"ranges": {"d": Range(2, 1)}},
        {"heads": (Head("d", 0, 1, "ab" * 32, "cd" * 63),)},
    ],
)
def test_a_header_nobody_would_take_is_not_made(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="nobody would take"):
        replace(header(), **changes).to_bytes()


@pytest.mark.parametrize(
    "line", [b'{"format": 2}', b'{"format":99,"a":[1.5],"format":3}', b'{"format":2,"n":0}']
)
def test_a_later_format_is_told_before_all_else(line: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_header(line)
    assert caught.value.reason is Reason.NEWER


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_as_agreed(reason: Reason) -> None:
    said = Refused(reason)
    assert str(said) == said.message + said.hint
    for sentence in (said.message, said.hint):
        assert 0 < len(sentence) <= 30
        assert sentence.endswith("。")
        assert not HALF_WIDTH.search(sentence)
        assert not NOT_SAID.search(sentence)
        assert re.fullmatch("[\u4e00-\u9fff，。U]+", sentence)
