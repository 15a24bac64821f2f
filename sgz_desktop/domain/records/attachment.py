"""A photo, scan or document that belongs to a record."""

from collections.abc import Iterator
from typing import Annotated

from sgz_desktop.domain.fields import Ask, Clock, Code, Count, Day, Key, Line, Name, Problem, Ref
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.circles import IDENTIFIES, INTERNAL, PLAIN, SENSITIVE, STATION
from sgz_desktop.domain.records.doubts import not_future


class Attachment(Record, table=True):
    """What an encrypted file holds and how it is opened. Erasing `identity` erases the file for good."""

    KIND = "attachment"
    TITLE = "附件"

    parent: Annotated[
        str | None, Ref("*", parent=True), Ask("属于", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    title: Annotated[Line, Ask("名称", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    sort: Annotated[
        str | None, Code("attachment_sort"), Ask("种类", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    taken_on: Annotated[Day, Ask("拍摄或取得日期", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    taken_by: Annotated[Name, Ask("拍摄或取得人", share=STATION, paper=INTERNAL, care=IDENTIFIES)] = None
    consent: Annotated[
        str | None,
        Code("consent_state"),
        Ask(
            "本人同意用于宣传",
            help="照片未同意的只存档，不印入简报",
            share=STATION,
            paper=INTERNAL,
            care=PLAIN,
        ),
    ] = None
    mime: Annotated[Line, Ask("文件类型", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    size: Annotated[Count, Ask("文件大小", unit="字节", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    sha256: Annotated[Key, Ask("文件指纹", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    identity: Annotated[Key, Ask("文件钥匙", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    note: Annotated[Line, Ask("说明", share=STATION, paper=INTERNAL, care=SENSITIVE)] = None
    taken_time: Annotated[Clock, Ask("拍摄时间", share=STATION, paper=INTERNAL, care=PLAIN)] = None
    caption: Annotated[
        Line, Ask("图注", help="日期·村居·活动，不写姓名", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    paper_number: Annotated[
        Line, Ask("文书编号", help="签字页是哪一份文书的", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None
    signed_on: Annotated[
        Day, Ask("签字日期", help="照纸上写的填", share=STATION, paper=INTERNAL, care=PLAIN)
    ] = None

    def check(self, today: str) -> Iterator[Problem]:
        yield from not_future(self, today, "taken_on", "signed_on")
