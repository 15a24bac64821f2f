"""Which cell styles of a workbook show a number as a day."""

from __future__ import annotations

import re

from sgz_desktop.foreign.xml_places import Node

BUILT_IN = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])  # ECMA-376 1, 18.8.30
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def date_styles(root: Node) -> frozenset[int]:
    """The numbers of the styles."""
    own = root.child("numFmts")
    days = {
        int(one.attributes.get("numFmtId", "-1"))
        for one in (own.all("numFmt") if own else ())
        if _is_day(one.attributes.get("formatCode", ""))
    }
    listed = root.child("cellXfs")
    return frozenset(
        at
        for at, one in enumerate(listed.all("xf") if listed else ())
        if int(one.attributes.get("numFmtId", "0")) in days | BUILT_IN
    )


def _is_day(code: str) -> bool:
    """yyyy"年"m"月" is one, 0"日" is not."""
    return bool(re.search("[yYdD]", _QUOTED.sub("", code)))
