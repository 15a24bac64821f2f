"""需求调研: a survey as data, its questions, the sheets that came back and their answers."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from sgz_desktop.domain.fields import Ask, Code, Count, Day, Line, LongText, Name, Problem, Ref
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, Rows
from sgz_desktop.domain.records.circles import BUREAU, IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import days_in_order, mark, not_future, refuse

LEAST_SCALE = 2


class SurveyQuestion(Record, table=True):
    """One question. `options` has one choice a line; a scale runs from 1 to `most`."""

    KIND = "survey_question"
    TITLE = "调研题目"

    survey: Annotated[
        str | None, Ref("survey", parent=True), Ask("调研", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    place: Annotated[Count, Ask("题号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    text: Annotated[Line, Ask("题目", share=STATION, paper=BUREAU, care=PLAIN)] = None
    sort: Annotated[
        str | None, Code("question_kind"), Ask("题型", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    options: Annotated[
        LongText, Ask("选项", help="一行一个选项", share=STATION, paper=BUREAU, care=PLAIN)
    ] = None
    most: Annotated[Count, Ask("最高分", share=STATION, paper=INTERNAL, care=PLAIN)] = None

    def check(self, today: str) -> Iterator[Problem]:
        if self.text and self.sort is None:
            yield mark("sort", "请选题型，不选就不印在问卷上。")
        if self.sort in ("one", "many") and not self.options:
            yield mark("options", "请写选项，不写就不印在问卷上。")
        if type(self.most) is int and self.most < LEAST_SCALE:
            yield refuse("most", f"最高分不能小于{LEAST_SCALE}。")


class SurveyAnswer(Record, table=True):
    """The answer to one question on one sheet: places of the choices (1 is the first), a score or words."""

    KIND = "survey_answer"
    TITLE = "回答"

    sheet: Annotated[
        str | None, Ref("survey_sheet", parent=True), Ask("问卷", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    question: Annotated[
        str | None, Ref("survey_question"), Ask("题目", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    choices: Annotated[Line, Ask("所选", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    score: Annotated[Count, Ask("得分", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    words: Annotated[LongText, Ask("文字", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None


class SurveySheet(Record, table=True):
    """One sheet that came back, without a name."""

    KIND = "survey_sheet"
    TITLE = "问卷"

    survey: Annotated[
        str | None, Ref("survey", parent=True), Ask("调研", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    number: Annotated[Count, Ask("问卷号", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    date: Annotated[Day, Ask("填写日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    village: Annotated[Line, Ask("村（居）", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    whom: Annotated[
        str | None, Code("service_group"), Ask("人群", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    sex: Annotated[str | None, Code("sex"), Ask("性别", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    age: Annotated[Count, Ask("年龄", unit="岁", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    mode: Annotated[
        str | None, Code("survey_mode"), Ask("填写方式", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    worker: Annotated[Name, Ask("调查人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None

    answers: ClassVar[Rows[SurveyAnswer]] = Rows(SurveyAnswer, "回答", "sheet")

    SECTIONS = (
        (
            "问卷",
            (
                "survey",
                "number",
                "date",
                "village",
                "whom",
                "sex",
                "age",
                "mode",
                "worker",
                "answers",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "date")


class Survey(Record, table=True):
    """A survey of needs and what follows from it for the year's plan."""

    KIND = "survey"
    TITLE = "需求调研"

    title: Annotated[Line, Ask("调研名称", share=STATION, paper=BUREAU, care=PLAIN)] = None
    first_on: Annotated[Day, Ask("开始日期", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    last_on: Annotated[Day, Ask("结束日期", share=STATION, paper=BUREAU, care=PLAIN, group="span")] = None
    area: Annotated[Line, Ask("范围", share=STATION, paper=BUREAU, care=PLAIN)] = None
    method: Annotated[LongText, Ask("方法", share=STATION, paper=BUREAU, care=PLAIN)] = None
    planned_sheets: Annotated[Count, Ask("计划份数", unit="份", share=STATION, paper=BUREAU, care=PLAIN)] = (
        None
    )
    findings: Annotated[LongText, Ask("主要发现", share=STATION, paper=BUREAU, care=PLAIN)] = None
    priorities: Annotated[LongText, Ask("优先需求", share=STATION, paper=BUREAU, care=PLAIN)] = None
    year_plan: Annotated[LongText, Ask("进入年度计划", share=STATION, paper=BUREAU, care=PLAIN)] = None
    contract: Annotated[
        str | None, Ref("contract"), Ask("合同", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    questions: ClassVar[Rows[SurveyQuestion]] = Rows(SurveyQuestion, "题目", "survey")
    attachments: ClassVar[Rows[Attachment]] = Rows(Attachment, "附件", "parent")

    SECTIONS = (
        (
            "调研",
            (
                "title",
                "first_on",
                "last_on",
                "area",
                "method",
                "planned_sheets",
                "questions",
            ),
        ),
        (
            "结论",
            (
                "findings",
                "priorities",
                "year_plan",
                "contract",
                "attachments",
            ),
        ),
    )

    def check(self, today: str) -> Iterator[Problem]:
        yield from days_in_order(self, "first_on", "last_on")
