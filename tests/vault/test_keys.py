"""Keys: one root, one key per use, nothing shown."""

from __future__ import annotations

import pickle

import pytest

from sgz_desktop.vault.keys import Key, Label, derive


def test_each_label_has_its_own_key() -> None:
    root = Key(bytes(range(32)))
    drawn = {derive(root, label).reveal() for label in Label}
    assert len(drawn) == len(Label) == 5
    assert root.reveal() not in drawn


def test_derivation_is_fixed_for_ever() -> None:
    """A change here would make every existing store unreadable."""
    root = Key(bytes(range(32)))
    assert (
        derive(root, Label.DATABASE).reveal().hex()
        == "df688cf40851c16ad6e34b57962df8b4cb2067540805d2dfb34192cb325b1655"
    )
    assert (
        derive(root, Label.STATE).reveal().hex()
        == "fbd552e1ae98551a5b838748b83ec1f743f180530cef1cc2e73af5d09a2b88ef"
    )


def test_a_key_shows_nothing() -> None:
    key = Key(b"k" * 32)
    assert repr(key) == str(key) == f"{key}" == "Key(…)"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        hash(key)


def test_a_dropped_key_is_gone() -> None:
    key = Key.new()
    assert key == Key(key.reveal())
    key.drop()
    key.drop()
    assert repr(key) == "Key(dropped)"
    with pytest.raises(RuntimeError):
        key.reveal()


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_key_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32"):
        Key(bytes(size))
