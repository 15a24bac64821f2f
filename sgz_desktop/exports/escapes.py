"""Any text in a cell: what XML cannot hold, and what a spreadsheet would take for a formula. Both lead back.

`escaped` is the `_xHHHH_` of ECMA-376 part 1, 22.9.2.19, which Excel shows as the character itself: for
controls, CR, lone surrogates, U+FFFE and U+FFFF. Text that looks like such an escape has its own underscore
escaped (`_x0041_` is written `_x005F_x0041_`). Both formats use it, so that a cell reads alike in both.

`guarded` is for CSV alone, whose cells have no type. By OWASP's advice ("CSV Injection") a cell gets an
apostrophe in front where a spreadsheet would run or alter it:

* its first visible character is `=`, `+`, `-` or `@`, also in full-width and other forms, or `−`;
* it begins with a tab or a line break;
* it is all digits and number marks and would come out as another number or as a day: over eleven digits, a
  leading zero, `1-2`, `3E5`. Whole days (2026-06-30) and times (09:30) are left: they stay what they are;
* it begins with an apostrophe.

So a leading apostrophe always is the guard, and reading takes exactly one away.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

GUARD = "'"

_UNHELD = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
# Four digits followed by a character that will itself begin with an underscore would read as an escape too.
_ESCAPES = re.compile(f"[{_UNHELD}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNHELD}])")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # Unicode categories of controls, format marks and blanks
_SIGNS = frozenset("=+-@−")
_NUMBER_LIKE = re.compile(r"[0-9][0-9.,:/ eE%+-]*")
_KEPT = re.compile(r"(?:0|[1-9][0-9]{0,10})|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}")


def escaped(text: str) -> str:
    """`text` with only what XML 1.0 and UTF-8 can hold and an XML reader leaves as it is."""
    return _ESCAPES.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text `escaped` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def guarded(text: str) -> str:
    """`text` as a spreadsheet shows it unaltered when it opens a CSV file."""
    return GUARD + text if is_active(text) or text.startswith(GUARD) or _altered(text) else text


def unguarded(text: str) -> str:
    """The text `guarded` was given."""
    return text.removeprefix(GUARD)


def is_active(text: str) -> bool:
    """Might a spreadsheet that is given `text` without a type run it?"""
    seen = next((char for char in text if category(char) not in _UNSEEN), "")
    return normalize("NFKC", seen)[:1] in _SIGNS or text.startswith(("\t", "\n"))


def _altered(text: str) -> bool:
    return _NUMBER_LIKE.fullmatch(text) is not None and _KEPT.fullmatch(text) is None
