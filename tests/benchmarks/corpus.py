"""A made-up street of any size: people, households and visits, and words people would search them by.

Words are drawn from a few casework phrases and Chinese idioms by a Zipf-like law, so that some pairs of
characters are in a tenth of all visits and most are rare. Nobody here exists; area code 990000 is unused.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文"
    "单仇解查区朴翟盖乐覃"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红建国华文辉梅琴云凤荣春海山仁波宁贵福生龙元全胜"
    "学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承绍功松善厚"
    "庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛"
    "钧冠策腾楠榕风航弘"
)
PHRASES = [
    "入户",
    "走访",
    "老人",
    "身体",
    "状况",
    "尚可",
    "子女",
    "长期",
    "在外",
    "务工",
    "已告知",
    "临时救助",
    "申请",
    "协助",
    "整理",
    "材料",
    "低保",
    "特困",
    "供养",
    "血压",
    "偏高",
    "建议",
    "就医",
    "情绪",
    "稳定",
    "独居",
    "村委会",
    "反映",
    "房屋",
    "漏雨",
    "隐患",
    "用电",
    "安全",
    "待遇",
    "到账",
    "孙子",
    "上学",
    "学费",
    "困难",
    "残疾证",
    "办理",
    "评定",
    "卫生院",
    "随访",
    "用药",
    "按时",
    "邻居",
    "照看",
    "生活",
    "自理",
    "需要",
    "帮助",
    "送饭",
    "冬季",
    "取暖",
    "衣物",
    "已送达",
    "联系",
    "民政办",
    "核对",
    "家庭",
    "收入",
    "下次",
    "回访",
    "社工",
    "陪同",
    "就业",
    "岗位",
    "培训",
    "心理",
    "疏导",
    "关系",
    "缓和",
    "夫妻",
    "争吵",
    "赡养",
    "义务人",
    "拒绝",
    "卧床",
    "护理",
    "褥疮",
    "轮椅",
    "申领",
    "补贴",
    "停发",
    "核查",
    "复审",
    "公示",
    "无异议",
    "已签字",
    "按手印",
]
VILLAGES = [
    a + b for a in "柳湾石桥沙洲青坪白杨红旗枫林梅岭双溪三岔".replace(" ", "") for b in ("村", "湾村", "坪村")
]
WORKERS = ("林知夏", "许安", "周小满")
TODAY = date(2026, 6, 30)
YEARS = 10
ENTRY_CHARACTERS = (18, 48)


@dataclass(frozen=True)
class Street:
    """How many of each, and the seed that makes them."""

    people: int
    visits: int
    seed: int = 20260630

    def names(self) -> Iterator[str]:
        """The names of all people, in order."""
        dice = random.Random(self.seed)
        weights = list(accumulate(1 / (place + 6) for place in range(len(SURNAMES))))
        for _ in range(self.people):
            surname = dice.choices(SURNAMES, cum_weights=weights)[0]
            yield surname + "".join(dice.choices(GIVEN, k=2 if dice.random() < 0.82 else 1))

    def persons(self) -> Iterator[dict[str, str]]:
        """Values of all people."""
        dice = random.Random(self.seed + 1)
        for place, name in enumerate(self.names()):
            born = date(1935, 1, 1) + timedelta(days=dice.randrange(30_000))
            yield {
                "number": f"人A{place + 1:04d}",
                "name": name,
                "born": born.isoformat(),
                "sex": dice.choice(("male", "female")),
                "id_number": f"990{dice.randrange(1000):03d}{born:%Y%m%d}{dice.randrange(10_000):04d}",
                "phone": f"199{dice.randrange(10**8):08d}",
                "address": f"{dice.choice(VILLAGES)}{dice.randrange(1, 12)}组{dice.randrange(1, 200)}号",
                "filed_on": (TODAY - timedelta(days=dice.randrange(YEARS * 365))).isoformat(),
            }

    def texts(self) -> Iterator[tuple[str, str, int]]:
        """(day, what was seen, place of the person) of every visit, oldest first."""
        dice = random.Random(self.seed + 2)
        words = PHRASES + rare_words(dice)
        weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
        first = TODAY - timedelta(days=YEARS * 365)
        for place in range(self.visits):
            day = first + timedelta(days=YEARS * 365 * place // self.visits)
            yield day.isoformat(), _sentence(dice, words, weights), dice.randrange(self.people)


def rare_words(dice: random.Random, most: int = 20_000) -> list[str]:
    """Idioms and compounds of two to four characters."""
    from pypinyin.phrases_dict import phrases_dict

    words = sorted(word for word in phrases_dict if 2 <= len(word) <= 4)
    dice.shuffle(words)
    return words[:most]


def _sentence(dice: random.Random, words: Sequence[str], weights: Sequence[float]) -> str:
    least, most = ENTRY_CHARACTERS
    length, said, parts = dice.randint(least, most), 0, []
    while said < length:
        word = dice.choices(words, cum_weights=weights)[0]
        parts.append(word + ("，" if dice.random() < 0.25 else ""))
        said += len(word)
    return "".join(parts).rstrip("，") + "。"
