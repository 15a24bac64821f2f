"""A family's story, from the first start of the program to the closed case, by mouse and keyboard.

Everybody in it is invented. What nobody has said (the disability card, incomes, amounts, the decision, the
daughter's husband) is left unknown and must stay so.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from hand import CTRL, KEY, Hand, Value
from PySide6.QtWidgets import QLabel

from sgz_desktop.domain import days
from sgz_desktop.gui.widgets.stage_bar import StageBar

STATION, WORKER = "柳溪镇社会工作服务站", "甲社工"
PASSPHRASE = "溪水边的大榕树下有只白鹭"
FATHER, DAUGHTER = "岑厚根", "岑晚霞"
CENTRE, EMPLOYER = "云岭县社会福利中心", "晴川康养中心"
TODAY = "2026-06-30"
LAST_WORDS = "临走时把门口的石板垫稳了"
NOT_OF_THE_CASE = ("社工站名称", "密码", "再输一次", "恢复卡上的字", "哪个统计期")
# The family table names a member, the relation, the birth, the work; not sex and phone.
OF_OTHERS = (("性别", "男"), ("电话", "13800005926"))
# Two home visits, 2 June (no case yet) and 10 June (serving a goal), both people seen each time; one session
# on 12 June with the father. 14:20–15:20 and 10:00–11:10 are 130 minutes.
FIGURES = (
    ("服务总人数", "人", "2"),
    ("服务人次", "人次", "5"),
    ("入户探访", "人次", "4"),
    ("入户探访", "户次", "2"),
    ("个案总数", "个", "1"),
    ("新增个案", "个", "1"),
    ("结案", "个", "1"),
    ("在跟进个案", "个", "0"),
    ("个案节数", "节", "2"),
    ("个案时长", "小时", "2.2"),
    ("协助申请救助", "人", "1"),
    ("转介", "人次", "2"),
    ("机构安置", "人", "1"),
    ("就业岗位", "个", "1"),
)
KILLED = """
import sys, time
from pathlib import Path
from sgz_desktop.actions import find, forms, station, visits
folder, worker, passphrase, words = sys.argv[1:]
opened = station.open_station(Path(folder), worker, passphrase, now=lambda: 1782867600000)
(person, *_) = find.find_people(opened.desk, "chg")
form = visits.new_visit(opened.desk, person=person.id)
forms.save_form(opened.desk, form, {"facts": words})
print("kept", flush=True)
time.sleep(600)
"""
CAN_NOT = "不能自主完成"
REASON = "父亲在外办事，计划书下次上门再请本人确认。"
FROM_RULES = "按政策包国家规定-2026.1（随程序提供）比对，保存后不会自己改变。"
GOALS = (
    ("协助女儿递交特困人员救助供养申请", "材料齐全，乡镇收下申请", "2026-6-20"),
    ("女儿得到全天照料", "住进能提供全天照料的机构", "2026-6-25"),
    ("父亲找到合适的活", "上岗并做满一个月", "2026-7-31"),
)
RESULTS = ("完全达成", "完全达成", "部分达成")
PAPERS = {  # by their place among those the rules ask for
    1: ("申请书", "已备齐", "2026-6-10"),
    2: ("居民身份证、户口簿", "部门共享可得（无须提交）", ""),
    5: ("残疾人证", "待补", ""),
}


def test_story(hand: Hand, program: Any, tmp_path: Path) -> None:
    first_run(hand, program, tmp_path)
    register(hand)
    met_at_the_door(hand)
    take_on(hand)
    agree(hand)
    assess(hand)
    plan(hand)
    serve(hand)
    apply(hand)
    place(hand)
    work(hand)
    end(hand)
    find(hand)
    paper_text = case_file(hand, tmp_path / "papers")
    every_fact_is_printed(hand, paper_text)
    brief(hand, tmp_path / "papers")
    program.close()
    unlock(hand, program)
    find(hand)
    assert case_file(hand, tmp_path / "again") == paper_text, "something was lost on the way"
    program.close()
    last_save_then_killed(program.folder)
    unlock(hand, program)
    hand.key(KEY.Key_K, CTRL)
    hand.write(LAST_WORDS)
    hand.until(lambda: LAST_WORDS in "".join(hand.rows("查找结果")), "what was saved last")


def first_run(hand: Hand, program: Any, tmp_path: Path) -> None:
    """A new station, the card typed back from what the screen shows, the first backup."""
    program.start()
    hand.press("新建社工站")
    hand.fill({"社工站名称": STATION, "本人姓名": WORKER})
    hand.press("下一步")
    hand.fill({"密码": PASSPHRASE, "再输一次": PASSPHRASE})
    hand.see("两次一样。")
    hand.press("下一步")
    hand.see("卡号")
    groups = [one.text().partition("　")[2] for one in hand.shown(QLabel) if "组，" in one.accessibleName()]
    assert len(groups) > 3
    hand.press("已收好，去核对")
    hand.fill({"恢复卡上的字": " ".join(groups)})
    hand.press("核对")
    hand.see("备份也是加密的，用本人密码或恢复卡才能打开。")
    hand.saving_to(tmp_path)
    hand.press("选择位置并备份")
    hand.until(lambda: program.root.window is not None, "the main window")
    hand.rest()
    assert (tmp_path / "社工站备份.sgzbackup").stat().st_size > 0


def register(hand: Hand) -> None:
    """The household and its two people; the daughter's birth day nobody has said."""
    hand.press("服务对象")
    hand.press("登记家庭")
    hand.fill(
        {"村（居）": "石桥头村", "村民小组或网格": "三组", "门牌号": "12号", "怎么走": "过桥向右第二家"}
    )
    head = {"姓名": FATHER, "性别": "男", "出生日期": "1962", "电话": "13800005926"}
    hand.fill(head, inside="户主")
    hand.press("添加家庭成员")
    hand.fill({"姓名": DAUGHTER, "与户主关系": "女", "性别": "女"}, inside="成员1")
    hand.fill({"家庭类别": "低保家庭", "上门提示": "女儿卧床，请先敲侧门。"})
    hand.press("保存")
    hand.see("已保存，共2人。")
    hand.rest()


def met_at_the_door(hand: Hand) -> None:
    """A visit that brought policy to the door and found the family; it serves no case yet."""
    hand.row("服务对象名单", DAUGHTER)
    hand.see(DAUGHTER)
    hand.press("记走访")
    hand.rest()
    hand.fill(
        {
            "见到的人": [FATHER, DAUGHTER],
            "服务日期": "2026-6-2",
            "同行人": "石桥头村网格员柏青川",
            "过程（客观事实）": "政策上门时遇到。女儿卧床，由父亲一人照料。",
            "走访目的": "政策宣传",
            "开始时间": "9:30",
            "结束时间": "10:10",
            "身体状况": "很差",
            "需求类别": ["生活照料", "政策与权益", "就业增收"],
            "需求说明": "父亲说女儿离不开人，自己没法出去做工。",
            "告知的政策": ["特困人员救助供养", "临时救助"],
            "处理": ["告知政策", "转为个案"],
            "处理说明": "约定再次上门做需求评估。",
        }
    )
    hand.press("保存")
    hand.see("已保存")


def take_on(hand: Hand) -> None:
    """A case opened from that visit, and its intake."""
    hand.press("从这次走访开个案")
    hand.see("个案2026-A001")
    hand.rest()
    hand.press("修改")
    hand.rest()
    hand.fill(
        {
            "督导": "苏明远",
            "问题类别": ["照料困难", "就业", "政策申请"],
            "主要问题": "女儿瘫痪卧床，父亲独自照料，无法做工",
            "风险等级": "高",
        }
    )
    save(hand, "个案已保存。")
    hand.press("去补充")
    hand.rest()
    hand.fill(
        {
            "呈现问题（本人表述）": "女儿瘫了六年，一刻离不开人，我走不开，也挣不到钱。",
            "呈现问题（社工表述）": "女儿生活不能自理，照料全靠父亲一人；两人靠低保生活。",
            "紧急程度": "较急",
            "安全风险初判": "无人照料",
            "安全风险说明": "父亲一旦生病，女儿就没有人照料。",
            "已获救助和服务": "两人享受低保。",
            "是否接案": "接案",
            "理由": "属于本站服务范围，本人和父亲都愿意。",
        }
    )
    save(hand, "个案接案表已保存。")


def agree(hand: Hand) -> None:
    """The consent, item by item; photographs and publicity refused."""
    hand.press("去补充")
    hand.rest()
    agreed = ("接受社工服务", "建立服务档案", "收集身份信息", "收集医疗健康信息", "联系家人")
    shared = ("提供给乡镇街道", "提供给民政部门", "提供给转介单位", "用于督导")
    values: dict[str, Value] = {
        "告知日期": "2026-6-3",
        "服务内容": "了解照料和生活的困难，协助申请救助，联系能照料的机构。",
        "已告知的保密例外": ["自伤自杀危险", "司法机关依法要求"],
        "个人信息用途": "办理救助申请和转介。",
        "已告知的撤回方式": "当面或电话说明",
    }
    values |= dict.fromkeys((*agreed, *shared), "同意")
    values |= dict.fromkeys(("拍照", "用于宣传"), "不同意")
    signed = {
        "同意人": "本人",
        "同意人姓名": DAUGHTER,
        "签署日期": "2026-6-3",
        "签署方式": "口头同意并有见证人",
        "见证人": FATHER,
        "见证人身份": "亲属",
    }
    hand.fill(values | signed)
    save(hand, "知情同意书已保存。")
    advance(hand, "预估")


def assess(hand: Hand) -> None:
    """The assessment: none of the six things of daily life can be done alone."""
    hand.press("去补充")
    hand.rest()
    care = ("自主吃饭", "自主穿衣", "自主上下床", "自主如厕", "室内自主行走", "自主洗澡")
    values: dict[str, Value] = {
        "评估日期": "2026-6-5",
        "生理状况": "2020年怀孕期间脑出血，瘫痪在床六年。",
        "优势": "父女感情好；父亲身体尚可，愿意做工。",
        **dict.fromkeys(care, CAN_NOT),
        "家庭结构": "父女同住，母亲2022年去世。丈夫和孩子的情况还不清楚。",
        "家庭经济": "两人享受低保，收入数额还没有核对。",
        "家庭照护": "日夜都由父亲一人照料。",
        "社会支持来源": ["父母", "村居"],
        "风险等级": "高",
        "风险依据": "完全不能自理，只有一名六十多岁的照料人。",
    }
    hand.fill(values)
    hand.press("添加需求")
    hand.fill({"需求类别": "生活照料", "需求说明": "需要全天照料。", "优先级": "高"}, inside="需求1")
    hand.fill(
        {
            "客观事实": "六项自理都不能自主完成。",
            "社工判断": "最要紧的是稳定的照料。",
            "评估结论": "建议协助申请特困供养并联系集中照料，协助父亲就业。",
        }
    )
    save(hand, "需求评估表已保存。")
    advance(hand, "计划")


def save(hand: Hand, says: str) -> None:
    """Save the form in front."""
    hand.press("保存")
    hand.see(says)
    hand.rest()


def advance(hand: Hand, stage: str) -> None:
    """Press the next stage in the bar, which leads to the button that moves there, and that with Enter."""
    hand.stage(stage)
    assert hand.focus().accessibleName() == f"进入{stage}"
    hand.key(KEY.Key_Return)
    hand.see(f"已到“{stage}”。")
    hand.rest()


def plan(hand: Hand) -> None:
    """A plan with three goals. The gate to 介入 is passed once with a reason: the client confirms later."""
    hand.press("去补充")
    hand.rest()
    hand.fill({"制定日期": "2026-6-8", "总目标": "女儿得到稳定的照料，父亲能够做工。"})
    for number, (goal, measure, due) in enumerate(GOALS, start=1):
        hand.press("添加分目标")
        values = {"序号": str(number), "目标": goal, "怎样算达成": measure, "完成时限": due}
        hand.fill(values, inside=f"分目标{number}")
    hand.fill(
        {
            "介入策略与理论": "任务中心模式；先照料，后就业。",
            "所需资源": "乡镇民政办、县社会福利中心、用人单位。",
            "评估方法": ["目标达成评定", "访谈"],
            "风险预案": "父亲生病时由村里安排邻居看护。",
            "计划检视日期": "2026-6-30",
            "服务对象意见": "女儿愿意去能照料自己的地方。",
        }
    )
    save(hand, "服务计划书已保存。")
    hand.see("服务计划还没有经服务对象确认")
    hand.press("说明理由后继续")
    hand.press("继续")
    assert hand.message("原因") == "请写明原因，会记在修改日志里。"
    hand.fill({"原因": REASON})
    hand.press("继续")
    hand.see("已到“介入”。")
    hand.rest()


def serve(hand: Hand) -> None:
    """A visit that serves the first goal (one record: 户次, 节, and each person once), and a session."""
    hand.press("记走访")
    hand.rest()
    hand.fill(
        {
            "见到的人": [FATHER, DAUGHTER],
            "服务日期": "2026-6-10",
            "过程（客观事实）": "一起填了申请书；身份证、户口簿已看过，残疾人证没有见到。",
            "走访目的": ["个案服务", "协助申请"],
            "开始时间": "14:20",
            "结束时间": "15:20",
            "本次目标": "收齐特困申请材料",
            "社工判断": "残疾人证是关键材料，要先弄清。",
            "情绪与变化": "父亲松了口气。",
            "下次计划": "问明残疾人证和配偶情况后递交。",
        }
    )
    hand.press("添加目标进度")
    goal = {"服务目标": GOALS[0][0], "进度": "有进展", "说明": "申请书已填好"}
    hand.fill(goal, inside="目标进度1")
    save(hand, "走访已保存。")
    hand.press("记一节")
    hand.rest()
    hand.fill(
        {
            "服务日期": "2026-6-12",
            "开始时间": "10:00",
            "结束时间": "11:10",
            "服务方式": "陪同办理",
            "地点": "柳溪镇民政办",
            "在场的人": FATHER,
            "本次目标": "递交特困申请",
            "过程（客观事实）": "陪父亲代女儿递交申请，窗口收下，残疾人证请后补。",
        }
    )
    hand.press("添加目标进度")
    goal = {"服务目标": GOALS[0][0], "进度": "已达成", "说明": "申请已递交"}
    hand.fill(goal, inside="目标进度1")
    save(hand, "过程记录已保存。")


def paper(hand: Hand, title: str) -> None:
    """Open a paper from the list of papers, as its row says with Enter or a double press."""
    hand.tab("文书")
    hand.row("个案文书", title)
    hand.rest()


def apply(hand: Hand) -> None:
    """The application for 特困, with what is there and what is missing."""
    paper(hand, "救助申请协助单")
    hand.fill({"救助项目": "特困人员救助供养"})
    hand.until(lambda: any(one.text() == FROM_RULES for one in hand.shown(QLabel)), "the rules to fill it in")
    hand.rest()  # the form that was begun anew stands
    hand.fill({"申请方式": "委托他人代办"})
    for number, (title, state, got) in PAPERS.items():
        asked = hand.control("材料", inside=f"申请材料{number}")
        assert asked.value() == title
        hand.fill({"情况": state, **({"备齐日期": got} if got else {})}, inside=f"申请材料{number}")
    hand.fill({"办理进度": "已递交", "递交日期": "2026-6-12", "备注": "受理日期和结果还没有收到。"})
    save(hand, "救助申请协助单已保存。")


def place(hand: Hand) -> None:
    """The referral to the home, and the day she moved in."""
    paper(hand, "转介表")
    hand.fill(
        {
            "转介类别": "机构安置",
            "转介原因": "需要安置",
            "原因说明": "完全不能自理，家里只有一名六十多岁的照料人。",
            "接收单位": CENTRE,
            "接收单位类别": "社会福利中心",
            "本人同意转介": "同意",
            "同意日期": "2026-6-14",
            "提供的资料": ["姓名与联系方式", "健康情况", "预估摘要"],
            "转出日期": "2026-6-15",
            "约定回复日期": "2026-6-20",
            "回执日期": "2026-6-18",
            "转介结果": "已安置",
            "安置日期": "2026-6-18",
            "安置地点": CENTRE,
        }
    )
    save(hand, "转介表已保存。")


def work(hand: Hand) -> None:
    """The father's job: another referral, of another person."""
    hand.tab("文书")
    hand.menu("新建文书", "转介表")
    hand.rest()
    hand.fill(
        {
            "被转介人": "chg",
            "转介类别": "就业岗位",
            "转介原因": "服务对象要求",
            "原因说明": "女儿入住后，父亲想做工。",
            "接收单位": EMPLOYER,
            "接收单位类别": "用人单位",
            "本人同意转介": "同意",
            "同意日期": "2026-6-18",
            "提供的资料": "姓名与联系方式",
            "转出日期": "2026-6-18",
            "回执日期": "2026-6-22",
            "转介结果": "已上岗",
            "岗位": "保洁",
            "上岗日期": "2026-6-22",
            "已提醒收入变化需报告": "是",
        }
    )
    save(hand, "转介表已保存。")


def end(hand: Hand) -> None:
    """Evaluation with satisfaction, closing report with the day of the follow-up, and the closing itself."""
    advance(hand, "评估")
    hand.press("去补充")
    hand.rest()
    hand.fill({"评估日期": "2026-6-26", "评估方法": "访谈"})
    for number, (goal, _, _) in enumerate(GOALS, start=1):
        hand.press("添加目标达成")
        hand.fill({"目标": goal, "达成情况": RESULTS[number - 1]}, inside=f"目标达成{number}")
    hand.fill(
        {
            "总体达成": "部分达成",
            "服务前": "女儿无人照料，父亲无法做工。",
            "服务后": "女儿住进福利中心，父亲上岗。",
            "满意度": "非常满意",
            "由谁评价": "本人",
            "服务对象的话": "这里亮堂，爸爸也能出去做工了。",
            "社工反思": "残疾人证应更早问清。",
        }
    )
    save(hand, "评估表已保存。")
    hand.press("去补充")
    hand.rest()
    hand.fill(
        {
            "结案原因": "目标达成",
            "服务小结": "协助申请特困供养，联系福利中心，帮父亲找到工作。",
            "目标达成概述": "照料有了着落，父亲已上岗。",
            "遗留风险": "收入变化",
            "遗留风险说明": "父亲收入变化要报告，低保按新的人口重新核算。",
            "跟进安排": "一个月后电话询问适应情况。",
            "跟进日期": "2026-7-29",
        }
    )
    hand.press("保存")
    hand.see("结案报告已写好，现在结案吗？")
    hand.press("结案")
    hand.see("已到“结案”。")
    hand.rest()


def find(hand: Hand) -> None:
    """Somebody is found by name, by initials, and by the last four of a phone, wherever one is."""
    for typed, name in ((DAUGHTER, DAUGHTER), ("chg", FATHER), ("cwx", DAUGHTER), ("5926", FATHER)):
        hand.press("报表")
        before = hand.keys
        hand.key(KEY.Key_K, CTRL)
        hand.write(typed)
        hand.key(KEY.Key_Return)
        assert hand.keys - before <= 6
        hand.title(name)
        hand.rest()


def case_file(hand: Hand, folder: Path) -> str:
    """The case file seen in the program and saved to a folder; its text without white space."""
    folder.mkdir(exist_ok=True)
    hand.press("个案")
    hand.rest()
    if not hand.shown(StageBar):
        hand.press("已结 1")
        hand.row("个案", DAUGHTER)
        hand.see("个案2026-A001")
    hand.press("打印档案")
    hand.saving_to(folder)
    hand.press("保存PDF")
    hand.see("已保存到")
    (saved,) = folder.glob("个案档案*.pdf")
    return solid(read(saved))


def read(paper: Path, order: str = "-raw") -> str:
    """What pdftotext reads in a PDF."""
    done = subprocess.run(["pdftotext", order, str(paper), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def solid(text: str) -> str:
    """Text without white space: cells break their words over lines."""
    return "".join(text.split())


def every_fact_is_printed(hand: Hand, text: str) -> None:
    """Whatever was typed about the family stands in the case file, numbers of people masked."""
    missing = [(label, fact) for label, fact in hand.typed if not is_printed(label, fact, text)]
    assert not missing


def is_printed(label: str, fact: str, text: str) -> bool:
    if label in NOT_OF_THE_CASE or (label, fact) in OF_OTHERS:
        return True
    if label == "被转介人":
        fact = FATHER
    elif label == "电话":
        fact = "138****5926"
    elif label == "出生日期":
        fact = "1962年"
    elif label.endswith(("日期", "时限")):
        fact = days.show_day(days.tidy_day(fact, TODAY))
    return solid(fact) in text


def brief(hand: Hand, folder: Path) -> None:
    """This month's brief in few presses; its figures are those of the story, counted by hand here."""
    before = hand.clicks
    hand.press("报表")
    hand.rest()
    month = hand.control("哪个统计期")
    if month.currentText() != "2026年6月":
        hand.put(month, "2026年6月")
        hand.rest()
    hand.saving_to(folder)
    hand.press("保存PDF")
    hand.see("：工作简报-2026-06.pdf")  # what was said of the case file may still stand there
    assert hand.clicks - before <= 4
    text = read(folder / "工作简报-2026-06.pdf", "-layout")
    for title, unit, value in FIGURES:
        assert re.search(rf"{title}\s+{unit}\s+{value}\s+0\s", text), (title, unit, value)
    for name in (FATHER, DAUGHTER):
        assert name not in solid(text)


def unlock(hand: Hand, program: Any) -> None:
    """The next morning: the worker's name is there, the passphrase is typed."""
    program.start()
    hand.fill({"密码": PASSPHRASE})
    hand.press("解锁")
    hand.until(lambda: program.root.window is not None, "the main window")
    hand.rest()


def last_save_then_killed(folder: Path) -> None:
    """Another process saves a visit, says so, and is killed at once."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), WORKER, PASSPHRASE, LAST_WORDS],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "kept\n"
        child.kill()
        assert child.wait() == -signal.SIGKILL
