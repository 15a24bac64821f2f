"""Who is related to a person, and how: what a genogram is drawn from."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, Day, Line, Name, Problem, Ref, YesNo
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future


class Kinship(Record, table=True):
    """One relative of a person, on file or not. `relation` says what the relative is to the person
    (GB/T 4761-2008); households say who lives together, this says who belongs together.
    """

    KIND = "kinship"
    TITLE = "亲属关系"

    person: Annotated[
        str | None,
        Ref("person", parent=True),
        Ask("服务对象", share=STATION, paper=INTERNAL, care=IDENTIFIES),
    ] = None
    relation: Annotated[
        str | None, Code("relation"), Ask("是本人的", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    who: Annotated[
        str | None,
        Ref("person"),
        Ask("亲属（已建档）", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="kin_who"),
    ] = None
    who_name: Annotated[
        Name,
        Ask("亲属姓名（未建档）", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="kin_who"),
    ] = None
    who_sex: Annotated[
        str | None,
        Code("sex"),
        Ask("性别（未建档）", share=STATION, paper=INTERNAL, care=PLAIN, group="kin_who"),
    ] = None
    who_born: Annotated[
        Day, Ask("出生（未建档）", share=STATION, paper=INTERNAL, care=IDENTIFIES, group="kin_who")
    ] = None
    who_died_on: Annotated[
        Day, Ask("去世（未建档）", share=STATION, paper=INTERNAL, care=SENSITIVE, group="kin_who")
    ] = None
    bond: Annotated[
        str | None,
        Code("kinship_bond"),
        Ask("婚姻状态", help="夫妻之间才填", share=STATION, paper=INTERNAL, care=SENSITIVE, group="marriage"),
    ] = None
    from_day: Annotated[
        Day, Ask("婚姻开始", share=STATION, paper=INTERNAL, care=SENSITIVE, group="marriage")
    ] = None
    to_day: Annotated[
        Day, Ask("婚姻结束", share=STATION, paper=INTERNAL, care=SENSITIVE, group="marriage")
    ] = None
    closeness: Annotated[
        str | None, Code("closeness"), Ask("来往亲疏", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    guardian: Annotated[
        YesNo, Ask("是监护人", share=STATION, paper=INTERNAL, care=PLAIN, group="guardianship")
    ] = None
    guardian_basis: Annotated[
        str | None,
        Code("guardian_basis"),
        Ask("监护依据", share=STATION, paper=INTERNAL, care=PLAIN, group="guardianship"),
    ] = None
    carer: Annotated[YesNo, Ask("是主要照料人", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    note: Annotated[Line, Ask("备注", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "who_born", "who_died_on", "from_day", "to_day")
        yield from days_in_order(self, "who_born", "who_died_on")
        yield from days_in_order(self, "from_day", "to_day")
        if self.person is not None and self.who == self.person:
            yield mark("who", "亲属和本人是同一人，请核对。")
