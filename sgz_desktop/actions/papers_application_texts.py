"""What the papers of an application say, in words of our own: short, in the first person.

{name}, {who} (我 or 我家), {place}, {programme}, {office} and {blank} are filled in.
"""

from __future__ import annotations

LETTER = (
    "我是{name}，住在{place}。{who}生活有困难，现在申请{programme}，请予受理。",
    "我写的和说的都是真的。家里情况有变化，我会及时告诉村（居）委会或{office}。",
)
AUTHORISATION = (
    "{who}申请{programme}。我同意{office}和民政部门为办理这次申请，依法向有关部门和单位查询、核对"
    "下面各人的户籍、婚姻、收入、财产和社会保险情况。",
    "查到的情况只用于办理这次申请和以后的定期核查。我可以问核对的结果；认为不对的，可以要求更正。",
    "这份授权从签字当天起有效，到申请没有批准或者停止享受时为止。",
)
STATEMENT = (
    "我为申请{programme}，把{who}的情况如实写在下面。",
    "以上都是真实的，没有隐瞒。写错的地方我愿意改正，情况变化时及时报告。",
)
PROXY = (
    "我因为不方便亲自去办，委托下面的代办人替我办理{programme}的申请：递交和补交材料，接收受理、"
    "核查和结果的通知。",
    "代办人不替我领钱，也不替我选择供养方式。委托从签字当天起，到这次申请办完为止；我可以随时收回。",
)
RECEIPT = (
    "{office}收到{name}申请{programme}的下列材料。",
    "受理的第二天起计算办理时间。这张条由递交人保存，用来询问进度。",
)
