"""The practice station's address book, two referrals followed up, and a check made for the township."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions import aid
from sgz_desktop.actions.practice_story_teller import Teller
from sgz_desktop.actions.practice_story_village import WORKERS, Filed, family

TOWNSHIP = "青禾镇民政办"
DEVICES = "云岭县残联辅具中心"
REHABILITATION = "云岭县医院康复科"
CLOSED = "青禾镇敬老院（旧址）"
BOOK = (
    (TOWNSHIP, "乡镇或街道", "低保、特困、临时救助受理", "余知行", "0999-8880101", "周一至周五8:30—17:00"),
    ("云岭县社会福利中心", "福利或养老机构", "失能老人和残疾人入住", "钟守拙", "0999-8880202", "每天"),
    (DEVICES, "残联", "轮椅、助行器适配", "路平", "0999-8880303", "周二、周四上午"),
    (REHABILITATION, "卫健部门", "术后康复训练", "柏医师", "13800001404", "周一至周六上午"),
    ("晴川康养中心", "企业", "护理、保洁岗位", "江晚", "0999-8880404", "周一至周五"),
    ("青禾镇中心小学", "教育部门或学校", "就学、课后看护", "温故", "0999-8880505", "上学日7:40—16:30"),
    (CLOSED, "福利或养老机构", "2024年并入县社会福利中心", "", "", ""),
)
FIELDS = ("name", "sort", "handles", "contact", "phone", "hours")
CHECK = {
    "entrusted_by": TOWNSHIP,
    "entrusted_on": "2026-06-11",
    "date": "2026-06-12",
    "start_time": "9:10",
    "end_time": "9:50",
    "checker_first": WORKERS[1],
    "checker_second": WORKERS[0],
    "present": "户主、户主的老伴、村民小组长",
    "housing": "砖瓦平房三间，灶房漏雨，用塑料布接着。",
    "living_there": "户主和老伴两人同住，儿子在外地务工，过年回来。",
    "income_told": "户主说：每月养老金198元，儿子不定时寄钱，上个月没有寄。",
    "property_seen": "电视一台、旧三轮车一辆，没有见到其他值钱的东西。",
    "neighbours": "东边邻居说：“老两口种半亩菜，自己吃，不卖。”",
    "own_words": "“房子漏了好几年，先把药钱顾上。”",
    "signed_by_first": "是",
    "signed_by_second": "是",
    "person_signed": "是",
}


def tell(story: Teller, filed: Sequence[Filed]) -> None:
    """Told last: June, with the people who are on file."""
    story.by(WORKERS[0]).on("2026-05-29")
    book = {entry[0]: story.save("organisation", _entry(entry)) for entry in BOOK}
    story.change("organisation", book[CLOSED], {"unused": "是"})
    _answered(story, family(filed, "石敢行").people[0], book[REHABILITATION])
    _unanswered(story, family(filed, "陶渊深").people[0], book[DEVICES])
    _checked(story, family(filed, "陶渊深"))


def _entry(told: Sequence[str]) -> dict[str, object]:
    return {name: text for name, text in zip(FIELDS, told, strict=True) if text}


def _referral(person: str, organisation: str, **more: object) -> dict[str, object]:
    known: dict[str, object] = {"person": person, "organisation": organisation, "worker": WORKERS[1]}
    return {**known, "consented": "同意", **more}


def _answered(story: Teller, person: str, organisation: str) -> None:
    """No answer by the day, a call, and the answer five days later."""
    typed = _referral(
        person,
        organisation,
        sort="就医康复",
        reasons="需要专业服务",
        reason_note="摔伤后走路不稳，需要康复训练。",
        receiver=REHABILITATION,
        receiver_sort="医院",
        receiver_contact="柏医师",
        receiver_phone="13800001404",
        consented_on="2026-06-01",
        materials="姓名与联系方式，健康情况",
        sent_on="2026-06-02",
        reply_due_on="2026-06-09",
    )
    id = story.by(WORKERS[1]).on("2026-06-02").save("referral", typed)
    call = {
        "called_on": "2026-06-10",
        "called_time": "9:20",
        "caller": WORKERS[1],
        "spoke_to": "柏医师",
        "said": "号已经排上，下周给回执。",
        "ask_again_on": "2026-06-15",
    }
    story.on("2026-06-10").change("referral", id, {}, {"calls": [call]})
    answer = {"reply_on": "2026-06-15", "outcome": "已接收", "outcome_note": "每周二上午训练，共四次。"}
    story.on("2026-06-15").change("referral", id, answer)


def _unanswered(story: Teller, person: str, organisation: str) -> None:
    """One that waits: its day is past, and somebody has to call."""
    typed = _referral(
        person,
        organisation,
        sort="部门办理",
        reasons="依法应由部门办理",
        reason_note="老伴腿脚不便，想申请助行器。",
        receiver=DEVICES,
        receiver_sort="政府部门",
        receiver_contact="路平",
        receiver_phone="0999-8880303",
        consented_on="2026-06-15",
        materials="姓名与联系方式",
        sent_on="2026-06-16",
        reply_due_on="2026-06-25",
    )
    story.on("2026-06-16").save("referral", typed)


def _checked(story: Teller, home: Filed) -> None:
    """Two workers at the door for the township, both of whom signed."""
    head = home.house.members[0].name
    application = next(line for line in aid.list_applications(story.desk) if line.name == head)
    about = {"household": home.id, "person": home.people[0], "application": application.id}
    story.on("2026-06-12").save("household_check", {**about, **CHECK})
