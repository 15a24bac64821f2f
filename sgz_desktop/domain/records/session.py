"""C5: one session of a case."""

from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Line, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Rows
from sgz_desktop.domain.records.circles import COUNTY, IDENTIFIES, INTERNAL, PLAIN, STATION
from sgz_desktop.domain.records.occasion import CASEWORK, Occasion
from sgz_desktop.domain.records.presence import GoalProgress, Presence


class Session(Occasion, table=True):
    """One session (节). Which number it has and how long all took is counted, never stored."""

    KIND = "session"
    TITLE = "过程记录"

    case: Annotated[
        str | None, Ref("case", parent=True), Ask("个案", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    place: Annotated[Line, Ask("地点", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None

    presences: ClassVar[Rows[Presence]] = Rows(Presence, "在场的人", "occasion")
    progress: ClassVar[Rows[GoalProgress]] = Rows(GoalProgress, "目标进度", "occasion")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "时间和人",
            (
                "case",
                "date",
                "start_time",
                "end_time",
                "mode",
                "place",
                "worker",
                "service_item",
                "presences",
            ),
        ),
        ("过程", CASEWORK),
        ("之后", ("next_on", "signature", "supervisor_remark", "attachments")),
    )
