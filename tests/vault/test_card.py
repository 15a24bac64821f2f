"""The recovery card: what is on paper comes back, and a slip of the pen is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.errors import AppError
from sgz_desktop.vault import card as cards
from sgz_desktop.vault import sealing
from sgz_desktop.vault.card import is_card, make_card

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARD = cards.make_card()
places = st.integers(0, cards.GROUPS * cards.GROUP - 1)


def test_a_card_reads_back() -> None:
    assert sealing.recipient_of(cards.read_card(CARD.text)) == CARD.recipient
    assert len(CARD.groups) == 11
    assert {len(group) for group in CARD.groups} == {6}
    assert set("".join(CARD.groups)) <= set(SYMBOLS)


def test_every_card_is_another() -> None:
    assert len({cards.make_card().text for _ in range(20)}) == 20


def test_a_card_does_not_show_itself() -> None:
    assert CARD.text not in repr(CARD)
    assert CARD.number in repr(CARD)
    assert cards.card_number(CARD.recipient) == CARD.number


@given(st.binary(min_size=32, max_size=32))
def test_any_secret_reads_back(secret: bytes) -> None:
    groups = cards._written(secret)
    assert cards.read_card("-".join(groups)) == sealing.identity_from(secret)


@settings(max_examples=20)
@given(st.data())
def test_however_it_is_typed(data: st.DataObject) -> None:
    """Spaces, dashes, line ends, case, full width, and letters that look like digits."""
    typed = ""
    for symbol in "".join(CARD.groups):
        looks = {"0": "0Oo", "1": "1IilL", "V": "VvUu"}.get(symbol, symbol + symbol.lower())
        drawn = data.draw(st.sampled_from(looks))
        wide = chr(ord(drawn) + 0xFEE0)
        typed += data.draw(st.sampled_from([drawn, wide])) + data.draw(
            st.sampled_from(["", " ", "-", "－", "\n", "·"])
        )
    assert sealing.recipient_of(cards.read_card(typed)) == CARD.recipient


@given(places, st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_names_its_group(place: int, wrong: str) -> None:
    symbols = list("".join(CARD.groups))
    if symbols[place] == wrong:
        return
    symbols[place] = wrong
    with pytest.raises(AppError, match=f"第{place // 6 + 1}组有字不对"):
        cards.read_card("".join(symbols))


@given(places, places)
def test_two_swapped_symbols_name_the_first_group(left: int, right: int) -> None:
    symbols = list("".join(CARD.groups))
    if symbols[left] == symbols[right]:
        return
    symbols[left], symbols[right] = symbols[right], symbols[left]
    with pytest.raises(AppError, match=f"第{min(left, right) // 6 + 1}组有字不对"):
        cards.read_card("".join(symbols))


@given(st.integers(0, 10), st.integers(0, 10))
def test_groups_in_the_wrong_order_are_found(left: int, right: int) -> None:
    groups = list(CARD.groups)
    groups[left], groups[right] = groups[right], groups[left]
    if left == right:
        return
    with pytest.raises(AppError, match=f"第{min(left, right) + 1}组有字不对"):
        cards.read_card(" ".join(groups))


@pytest.mark.parametrize("wrong", ["字", "é", "٣"])
def test_a_letter_of_no_card_names_its_group(wrong: str) -> None:
    with pytest.raises(AppError, match="第3组有字不对"):
        cards.read_card("".join(CARD.groups)[:14] + wrong + "".join(CARD.groups)[15:])


def test_too_little_and_too_much() -> None:
    with pytest.raises(AppError, match="从第4组接着输"):
        cards.read_card("-".join(CARD.groups[:3]))
    with pytest.raises(AppError, match="从第1组接着输"):
        cards.read_card("")
    with pytest.raises(AppError, match="多输了字"):
        cards.read_card(CARD.text + "7")


@given(st.binary(min_size=32, max_size=32))
def test_groups_of_two_cards_do_not_mix(other: bytes) -> None:
    """Each group may be right in itself: the checksum over all finds the mixture."""
    groups = [*CARD.groups[:5], *cards._written(other)[5:]]
    with pytest.raises(AppError, match="从第1组起核对"):
        cards.read_card("-".join(groups))


@given(st.text(max_size=100))
def test_anything_typed_is_a_sentence(text: str) -> None:
    with pytest.raises(AppError):
        cards.read_card(text)


def test_a_card_is_told_from_a_passphrase() -> None:
    card = make_card()
    for text in (
        card.text,
        card.text.lower(),
        " ".join(card.groups),
        "\n".join(card.groups),
        "".join(card.groups),
    ):
        assert is_card(text)
        assert is_card(text[:3] + "7" + text[4:])  # with a slip of the pen it is still one
    for text in (
        "river lantern seventeen",
        "屋后三棵柚子树结了八个果",
        " ".join(["lantern"] * 11),
        " ".join(["stones"] * 10),
        "a" * 66,
        card.text[:-1],
        card.text + "A",
    ):
        assert not is_card(text)
