"""A computer that may write into the station's log."""

from typing import Annotated

from sgz_desktop.domain.fields import Ask, Count, Key, Line, Ref
from sgz_desktop.domain.records.base import Record, Surface
from sgz_desktop.domain.records.circles import COUNTY, INTERNAL, PLAIN


class Device(Record, table=True):
    """One life of one computer: its keys, who let it in and after which of its edits nothing counts.

    A restored backup is a new device, endorsed by the old. `epoch` rises with each restore. What these fields
    mean for whose edits count is told by `domain.enrolment`, from the edits that wrote them.
    """

    KIND = "device"
    TITLE = "电脑"
    LACKS = frozenset(Surface)

    name: Annotated[Line, Ask("电脑名称", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    letter: Annotated[Line, Ask("机号", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    epoch: Annotated[Count, Ask("启用批次", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    sign_key: Annotated[Key, Ask("签名公钥", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    box_key: Annotated[Key, Ask("加密公钥", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    enrolled_by: Annotated[
        str | None, Ref("worker"), Ask("登记人", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    endorsed_by: Annotated[
        str | None, Ref("device"), Ask("由哪台电脑确认", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    revoked_after_seq: Annotated[Count, Ask("停用前最后一笔", share=COUNTY, paper=INTERNAL, care=PLAIN)] = (
        None
    )
    revocation_keeps: Annotated[
        Key, Ask("停用时保留的后续电脑", share=COUNTY, paper=INTERNAL, care=PLAIN)
    ] = None
    endorsement: Annotated[Key, Ask("原电脑的确认签名", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    card_key: Annotated[Key, Ask("恢复卡的裁定公钥", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
    decision: Annotated[Key, Ask("恢复卡的裁定", share=COUNTY, paper=INTERNAL, care=PLAIN)] = None
