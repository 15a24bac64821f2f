"""A made-up town whose names collide as real ones do, the same people written down a second time with what
goes wrong then, and strangers. Figures: `python -m tests.store.alike_people [people]`.

Names are drawn by rough shares of Chinese surnames and of given names by age and sex, so that the commonest
are borne by several in a thousand. Nobody here exists; area code 990000 is unused.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.id_number import check_character
from sgz_desktop.store import search
from sgz_desktop.store.search_alike import people_alike
from sgz_desktop.store.search_people import PersonHit
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many

Fields = dict[str, str]
SURNAMES = {  # of a hundred people so many
    7.0: "王李张",
    5.3: "刘陈",
    2.3: "杨黄赵吴周徐",
    1.3: "孙马朱胡郭何林罗高",
    0.7: "郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶",
    0.3: "程魏苏吕丁任卢姚钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦覃莫龙聂翁",
}
LETTERS = "".join(SURNAMES.values())
SHARES = [share for share, letters in SURNAMES.items() for _ in letters]
OLD = {  # the commonest first
    "female": "秀英 桂英 秀兰 玉兰 桂兰 玉珍 凤英 秀珍 玉英 兰英 桂珍 玉梅 春兰 菊英 素珍 金花 月英 大妹",
    "male": "建国 国强 德明 志强 文明 玉林 国华 金山 福生 长生 德华 永福 天福 大勇 水生 树林 贵生 明德 有才",
}
YOUNG = {
    "female": "丽 敏 静 芳 娟 艳 婷 霞 小红 晓红 丽娟 海燕 梓涵 欣怡 雨桐 诗涵 思雨 佳怡 晓燕 小芳 红梅",
    "male": "伟 强 磊 军 勇 杰 涛 明 俊杰 浩然 子轩 宇轩 志伟 建军 小军 海波 文杰 天宇 家豪 晓东",
}
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红建国华文辉梅琴云凤荣春海山仁波宁贵福生龙元胜"
VILLAGES = [f"{a}{b}村" for a in "柳石沙青白红枫梅双三" for b in ("湾", "溪", "坪", "岭")]
NICKNAMES = ("红嫂", "老三", "大炮", "阿福", "满妹", "石头", "秀姑", "幺妹", "老表", "黑皮")
ALIKE = (
    "晓小",
    "红洪宏",
    "英瑛",
    "兰蓝",
    "珍真",
    "梅玫",
    "华桦",
    "强墙",
    "明鸣",
    "建健",
    "国帼",
    "志智",
    "芳方",
    "军君",
    "伟玮",
    "丽莉",
)
TODAY = date(2026, 6, 30)


@dataclass
class Somebody:
    """A person as on file, and the village they live in."""

    id: str
    fields: Fields
    village: str


@dataclass
class Figures:
    """Variants tried and shown by kind, how many were shown to each stranger, and milliseconds a look."""

    tried: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    strangers: list[int] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the variants, the part shown."""
        return sum(self.shown.values()) / max(1, sum(self.tried.values()))

    def told(self) -> dict[str, object]:
        """The figures in a line."""
        kinds = {kind: f"{self.shown.get(kind, 0)}/{tried}" for kind, tried in sorted(self.tried.items())}
        return {
            "variants": sum(self.tried.values()),
            "shown": f"{self.share:.1%}",
            "strangers": len(self.strangers),
            "median": statistics.median(self.strangers),
            "mean": round(statistics.mean(self.strangers), 2),
            "ms_median": round(statistics.median(self.ms), 2),
            "ms_p95": round(statistics.quantiles(self.ms, n=20)[-1], 2),
            **kinds,
        }


def town(dice: random.Random, count: int) -> Iterator[Somebody]:
    """People on file; of some the id, the birth or the telephone is not known, of some only the year."""
    for place in range(count):
        one = body(dice)
        village = dice.choice(VILLAGES)
        if dice.random() < 0.15:
            del one["id_number"]
            if dice.random() < 0.4:
                one["born"] = one["born"][:4]
        if dice.random() < 0.35:
            del one["phone"]
        if dice.random() < 0.25:
            one["nickname"] = dice.choice(NICKNAMES)
        yield Somebody(f"p{place}", one, village)


def body(dice: random.Random) -> Fields:
    """Somebody with everything known."""
    sex = dice.choice(("female", "male"))
    age = dice.triangular(5, 95, 72)
    born = TODAY - timedelta(days=int(age * 365.25))
    number = f"990000{born:%Y%m%d}{dice.randrange(1000):03d}"
    number = number[:16] + str(2 * dice.randrange(5) + (sex == "male"))
    return {
        "name": dice.choices(LETTERS, SHARES)[0] + given(dice, sex, age),
        "sex": sex,
        "born": born.isoformat(),
        "id_number": number + check_character(number),
        "phone": f"199{dice.randrange(10**8):08d}",
    }


def given(dice: random.Random, sex: str, age: float) -> str:
    """A common given name of the time for half of the people, any characters for the others."""
    if dice.random() < 0.5:
        names = (OLD if age > 45 else YOUNG)[sex].split()
        weights = [1 / (place + 4) for place in range(len(names))]
        return dice.choices(names, weights)[0]
    return "".join(dice.choices(GIVEN, k=2 if dice.random() < 0.8 else 1))


# What goes wrong when somebody is written down a second time


def no_id(dice: random.Random, one: Fields) -> None:
    one.pop("id_number", None)


def id_typo(dice: random.Random, one: Fields) -> None:
    number, at = one["id_number"], dice.randrange(18)
    one["id_number"] = number[:at] + dice.choice("0123456789".replace(number[at], "")) + number[at + 1 :]
    one.pop("born", None)


def homophone(dice: random.Random, one: Fields) -> None:
    no_id(dice, one)
    spots = [
        (at, group) for at, letter in enumerate(one["name"]) for group in ALIKE if at and letter in group
    ]
    if spots:
        at, group = dice.choice(spots)
        other = dice.choice(group.replace(one["name"][at], ""))
        one["name"] = one["name"][:at] + other + one["name"][at + 1 :]


def other_letter(dice: random.Random, one: Fields) -> None:
    """One character differs, the birth is the same."""
    no_id(dice, one)
    name = one["name"]
    if len(name) >= 3:
        at = dice.randrange(1, len(name))
        one["name"] = name[:at] + dice.choice(GIVEN) + name[at + 1 :]


def year_only(dice: random.Random, one: Fields) -> None:
    no_id(dice, one)
    one["born"] = one["born"][:4]
    one.pop("phone", None)


def nickname(dice: random.Random, one: Fields) -> None:
    """What the village says instead of the name; or the given name alone."""
    no_id(dice, one)
    name = one["name"]
    one["name"] = one.pop("nickname", name[1:] if len(name) == 3 else name)


def by_phone(dice: random.Random, one: Fields) -> None:
    """The telephone and a name written as it sounds; no birth."""
    homophone(dice, one)
    one.pop("born", None)


def by_village(dice: random.Random, one: Fields) -> None:
    """The name and the village, nothing else."""
    for name in ("id_number", "born", "phone"):
        one.pop(name, None)


Change = Callable[[random.Random, Fields], None]
VARIANTS: Mapping[str, tuple[Change, tuple[str, ...]]] = {  # and what must be on file for it
    "no id": (no_id, ()),
    "id typo": (id_typo, ("id_number",)),
    "homophone": (homophone, ()),
    "other letter": (other_letter, ("id_number",)),
    "year only": (year_only, ()),
    "nickname": (nickname, ()),
    "phone": (by_phone, ("phone",)),
    "village": (by_village, ()),
}


def fill(store: Store, people: list[Somebody]) -> None:
    """Put the town on file, each with a household, in batches."""
    actor = Actor("worker-1", frozenset({"social_worker"}), "save")
    for start in range(0, len(people), 500):
        writes = []
        for one in people[start : start + 500]:
            writes.append(Write("person", one.id, one.fields))
            writes.append(Write("household", f"h-{one.id}", {"village": one.village, "head": one.id}))
            writes.append(Write("membership", f"m-{one.id}", {"household": f"h-{one.id}", "person": one.id}))
        store.write(lambda session, writes=writes: record_many(session, actor, "", writes))
    while store.write(search.work_off):
        pass


def measure(store: Store, people: list[Somebody], dice: random.Random, tries: int) -> Figures:
    """Ask for `tries` variants of people on file and as many strangers."""
    figures = Figures()
    for number in range(tries):
        kind = list(VARIANTS)[number % len(VARIANTS)]
        change, needs = VARIANTS[kind]
        one = dice.choice([p for p in dice.sample(people, 40) if all(need in p.fields for need in needs)])
        typed = dict(one.fields)
        change(dice, typed)
        figures.tried[kind] = figures.tried.get(kind, 0) + 1
        if one.id in [hit.id for hit in asked(store, typed, one.village, figures)]:
            figures.shown[kind] = figures.shown.get(kind, 0) + 1
    for _ in range(tries):
        figures.strangers.append(len(asked(store, body(dice), dice.choice(VILLAGES), figures)))
    return figures


def asked(store: Store, typed: Fields, village: str, figures: Figures) -> list[PersonHit]:
    """What would be shown, and how long it took."""
    before = time.perf_counter()
    found = store.read(lambda session: people_alike(session, typed, village))
    figures.ms.append((time.perf_counter() - before) * 1000)
    return found


def main(count: int, tries: int = 1_000, seed: int = 20260630) -> dict[str, object]:
    """Figures of a town of `count` people."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), bytes(range(32)), Identity("s", "station", "测试站", "device-1", 1))
        try:
            people = list(town(dice, count))
            fill(store, people)
            return {"people": count, **measure(store, people, dice, tries).told()}
        finally:
            store.close()


if __name__ == "__main__":
    for figure, value in main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000).items():
        print(f"{figure:14}{value}")
