"""The order to erase values from the log of every computer."""

from typing import Annotated

from sgz_desktop.domain.fields import Ask, Key, LongText
from sgz_desktop.domain.records.base import Record, Surface
from sgz_desktop.domain.records.circles import COUNTY, INTERNAL, PLAIN, SENSITIVE, STATION


class Redaction(Record, table=True):
    """What is erased and why. `targets` is JSON text, read by `merge.targets`; it holds ids, no values."""

    KIND = "redaction"
    TITLE = "清除记录"
    LACKS = frozenset(Surface)

    targets: Annotated[Key, Ask("清除的内容", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    reason: Annotated[LongText, Ask("清除原因", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
