"""Han surnames: the compound ones, and those common enough to guess a name by."""

from __future__ import annotations

COMPOUND = tuple(
    "欧阳司马上官诸葛司徒令狐皇甫尉迟长孙慕容夏侯宇文东方公孙端木轩辕钟离司空濮阳赫连"
    "万俟单于澹台鲜于淳于亓官申屠呼延独孤南宫拓跋闾丘太史公冶宗政谷梁百里东郭第五"[at : at + 2]
    for at in range(0, 78, 2)
)
COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤"
    "温庄赖洪樊兰殷施翁颜倪康牛骆游简连涂柯阮詹欧符童柳葛饶华吉祁聂俞焦柴鲍齐凌蓝管尚辛商耿关霍甘卓池麦蒲"
)
MOST = 4  # characters of a Han name


def surname_of(name: str) -> str:
    """The surname a Han name starts with, '' where it has none that can be told."""
    text = name.strip()
    if len(text) > 2 and text[:2] in COMPOUND:
        return text[:2]
    if len(text) == MOST and text[0] not in COMMON:  # 扎西次仁
        return ""
    return text[0] if 1 < len(text) <= MOST and is_han(text[0]) else ""


def is_han(ch: str) -> bool:
    """Is this a Han character?"""
    return "\u3400" <= ch <= "\u9fff" or "\U00020000" <= ch <= "\U0003ffff" or ch == "〇"
