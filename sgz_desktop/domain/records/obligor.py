"""People the law holds to support, bring up or maintain a person (特困认定办法 第八条)."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import mark


class Obligor(Record, table=True):
    """One obligor and what is known of their means. An unknown situation keeps a verdict open."""

    KIND = "obligor"
    TITLE = "法定义务人"

    person: Annotated[
        str | None,
        Ref("person", parent=True),
        Ask("服务对象", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    relation: Annotated[
        str | None, Code("relation"), Ask("与本人关系", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    who: Annotated[
        str | None,
        Ref("person"),
        Ask("义务人（已建档）", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="obligor_who"),
    ] = None
    who_name: Annotated[
        Name,
        Ask("义务人姓名（未建档）", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="obligor_who"),
    ] = None
    duty: Annotated[
        str | None, Code("obligor_basis"), Ask("法定义务关系", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    situation: Annotated[
        str | None,
        Code("obligor_state"),
        Ask("履行义务能力", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    basis: Annotated[
        LongText,
        Ask("依据", help="看到的证件、证明，或谁说的", share=STATION, paper=INTERNAL, care=SENSITIVE),
    ] = None
    note: Annotated[LongText, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        if self.person is not None and self.who == self.person:
            yield mark("who", "义务人和服务对象是同一人，请核对。")
