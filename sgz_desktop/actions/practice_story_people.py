"""The households around: who lives where in 青禾镇. A town, and people, that do not exist.

A household line is village, group, house, categories; below it one line a member: relation to the head,
name, sex, birth day, categories, telephone, benefit. “-” = not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TOWN = """
上溪村 一组 3号 低保
  户主 叶知秋 女 1948-03-12 低保、独居 13800000101 低保
上溪村 一组 7号 一般家庭
  户主 白露生 男 1951-10-08 空巢 13800000102 基础养老金
  妻 梅报春 女 1953-02-04 空巢 - 基础养老金
上溪村 二组 15号 低保边缘
  户主 柳成荫 男 1975-06-21 低保边缘 13800000103 -
  妻 江月明 女 1978-08-15 一般居民 - -
  子 柳小满 男 2012-05-20 一般居民 - -
上溪村 三组 22号 特困户
  户主 石敢行 男 1946-12-01 特困、独居 - 特困
石桥头村 一组 2号 监测户
  户主 田满仓 男 1969-04-18 一般居民 13800000105 -
  妻 谷雨生 女 1971-04-20 残疾人 - 残疾人生活补贴
  女 田青禾 女 2008-09-01 一般居民 - -
石桥头村 二组 9号 低保
  户主 钟声远 男 1958-07-30 低保 13800000106 低保
  妻 温良秀 女 1960-01-17 低保、重残 - 残疾人护理补贴
  子 钟小鸣 男 1990-05-16 一般居民 - -
石桥头村 三组 18号 一般家庭
  户主 方见山 男 1939-11-11 高龄、独居 13800000107 高龄津贴
柳湾村 一组 1号 低保边缘
  户主 莫问津 男 1966-03-03 低保边缘 13800000108 -
  母亲 桑榆晚 女 1941-05-05 高龄 - 高龄津贴
柳湾村 一组 6号 一般家庭
  户主 苗青青 女 1986-06-06 留守妇女 13800000109 -
  女 苗小雨 女 2014-03-08 留守儿童 - -
  子 苗小禾 男 2018-10-24 留守儿童 - -
柳湾村 二组 11号 低保
  户主 常乐水 男 1972-12-12 低保 13800000110 低保
  子 常有余 男 2006-02-28 低保、残疾人 - 残疾人护理补贴
柳湾村 三组 20号 计生特殊家庭
  户主 金秋实 男 1957-09-09 失独 13800000111 计生奖扶
  妻 马兰花 女 1959-10-10 失独 - 计生奖扶
竹园村 一组 4号 特困户
  户主 竹影深 男 1944-01-25 特困、失能 - 特困
竹园村 一组 8号 脱贫户
  户主 章回目 男 1963-05-19 一般居民 13800000113 -
  妻 夏至长 女 1965-06-22 一般居民 - -
  孙女 章小可 女 2015-12-25 留守儿童 - -
竹园村 二组 13号 低保
  户主 罗衣轻 女 1955-08-08 低保、残疾人 13800000114 低保
  孙子 罗小舟 男 2013-07-07 困境儿童 - -
竹园村 三组 25号 一般家庭
  户主 石𤩽 男 1950-02-14 退役军人 13800000115 优抚待遇
  妻 云在青 女 1952-03-15 空巢 - 基础养老金
东坡村 一组 5号 低保
  户主 麦穗黄 女 1949-06-01 低保、独居 13800000116 低保
东坡村 一组 10号 低保边缘
  户主 陶渊深 男 1961-11-20 低保边缘 13800000117 -
  妻 池晚荷 女 1962-12-21 残疾人 - 残疾人生活补贴
东坡村 二组 16号 一般家庭
  户主 燕归来 女 1984-04-04 一般居民 13800000118 -
  子 燕小飞 男 2011-01-01 留守儿童 - -
东坡村 三组 33号 一般家庭
  户主 湛蓝天 男 1974-10-01 一般居民 13800000124 -
  妻 晴方好 女 1976-03-12 一般居民 - -
  母亲 霜满阶 女 1948-11-07 空巢 - 基础养老金
东坡村 三组 30号 临时困难家庭
  户主 沙如雪 女 1988-02-02 一般居民 13800000119 -
  女 沙小鸥 女 2016-08-16 一般居民 - -
青禾社区 一网格 1栋302 低保
  户主 陆放舟 男 1970-07-17 低保、精神障碍 13800000120 低保
  母亲 沈香凝 女 1945-09-19 高龄 - 高龄津贴
青禾社区 一网格 3栋101 一般家庭
  户主 文以载 男 1942-03-30 高龄、空巢 13800000121 职工养老金
  妻 书中玉 女 1946-04-16 空巢 - 基础养老金
青禾社区 二网格 5栋204 低保边缘
  户主 时光远 男 1979-10-30 低保边缘 13800000122 -
  子 时小钟 男 2010-06-11 一般居民 - -
青禾社区 二网格 6栋501 一般家庭
  户主 安之然 女 1992-01-20 流动人口 13800000123 -
  子 安小宝 男 2021-05-05 一般居民 - -
青禾社区 三网格 8栋103 低保
  户主 司南行 男 1968 低保、残疾人 - 低保
  妻 星如海 女 1972-01-09 低保 - -
"""

BROKEN_ID = "章回目"  # somebody whose number was copied wrongly: marked 待核
NO_ID = ("司南行", "石敢行")


@dataclass(frozen=True)
class Member:
    """One line of a household."""

    relation: str
    name: str
    sex: str
    born: str
    categories: str
    phone: str
    benefit: str


@dataclass
class House:
    """A household and who lives in it."""

    village: str
    group: str
    number: str
    categories: str
    members: list[Member] = field(default_factory=list)


def houses() -> list[House]:
    """The households of the town, in the order of a round."""
    found: list[House] = []
    for line in TOWN.strip().splitlines():
        words = line.split()
        if line.startswith(" "):
            found[-1].members.append(Member(*words))
        else:
            village, group, number, categories = words
            found.append(House(village, group, number, categories))
    return found
