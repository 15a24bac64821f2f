"""Who was seen on an occasion, and how far each goal had come."""

from typing import Annotated

from sgz_desktop.domain.fields import Ask, Code, LongText, Most, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION

OCCASIONS = "visit|session|followup"


class Presence(Record, table=True):
    """One person seen on one visit, session or follow-up. Each counts once in 人次."""

    KIND = "presence"
    TITLE = "见到的人"

    occasion: Annotated[
        str | None, Ref(OCCASIONS, parent=True), Ask("哪次服务", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    person: Annotated[
        str | None, Ref("person"), Ask("见到的人", share=COUNTY, paper=INTERNAL, care=IDENTIFIES)
    ] = None
    mode: Annotated[
        str | None, Code("attendance_mode"), Ask("见到的方式", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None


class GoalProgress(Record, table=True):
    """How far one goal of the plan had come on one occasion."""

    KIND = "goal_progress"
    TITLE = "目标进度"

    occasion: Annotated[
        str | None, Ref(OCCASIONS, parent=True), Ask("哪次服务", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    goal: Annotated[
        str | None, Ref("goal"), Ask("服务目标", share=STATION, paper=INTERNAL, care=SENSITIVE)
    ] = None
    progress: Annotated[
        str | None, Code("goal_progress"), Ask("进度", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    percent: Annotated[
        int | None, Most(100), Ask("达成", unit="%", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    note: Annotated[LongText, Ask("说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
