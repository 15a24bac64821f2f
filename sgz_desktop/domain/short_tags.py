"""Categories of a person and of their household in as few words as tell them."""

from __future__ import annotations

from collections.abc import Sequence

ENDINGS = ("对象", "人员", "家庭", "供养", "居民")
ORDINARY = "一般"


def short_tags(tags: Sequence[str]) -> list[str]:
    """低保对象 and 低保家庭 are 低保 once; 一般居民 says nothing and is left out."""
    short = dict.fromkeys(_short(tag) for tag in tags)
    return [tag for tag in short if tag != ORDINARY]


def _short(tag: str) -> str:
    ending = next((one for one in ENDINGS if tag.endswith(one) and len(tag) > len(one)), "")
    return tag.removesuffix(ending)
