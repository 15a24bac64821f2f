# ruff: noqa: E501
"""The figures of 2026 as somebody would write them in SQL by hand: numbers alone, no record ids.

A query gives one row, each column named part@unit, or rows of (part, unit, value). Every figure of a code is in
it, save the mean of working days: SQL knows no holidays.
"""

from __future__ import annotations

from collections.abc import Mapping

H = "deleted IS NOT 1"
Y = "BETWEEN '2026' AND '2026-12-31'"
D = f"date {Y} AND"
REALLY = (
    "s.deleted IS NOT 1 AND s.person IS NOT NULL AND (s.mode IS NULL OR s.mode NOT IN ('not_met', 'proxy'))"
)
SEEN = f"""SELECT s.occasion, s.person FROM (
  SELECT id FROM r_visit WHERE {D} {H} AND met IS NOT 0 UNION ALL SELECT id FROM r_session WHERE {D} {H}
  UNION ALL SELECT id FROM r_followup WHERE {D} {H}) o
  CROSS JOIN r_presence s ON s.occasion = o.id WHERE {REALLY}"""
ON_VISITS = f"""SELECT DISTINCT s.occasion, s.person FROM (SELECT id FROM r_visit WHERE {D} {H} AND met IS NOT 0 AND {{0}}) o
  CROSS JOIN r_presence s ON s.occasion = o.id WHERE {REALLY}"""
HELD = f"""FROM r_group_session g JOIN r_group u ON u.id = g."group" AND u.{H} AND u.cancelled IS NOT 1
  WHERE g.{D} g.{H} AND g.cancelled IS NOT 1"""
THERE = f"""SELECT a.session, coalesce(m.person, m.id) who FROM (SELECT g.id {HELD}) g
  CROSS JOIN r_attendance a ON a.session = g.id AND a.{H} AND a.state IN ('present', 'late')
  CROSS JOIN r_group_member m ON m.id = a.member AND m.{H}"""
SHOWS = f"FROM r_activity a WHERE a.{D} a.{H} AND a.cancelled IS NOT 1"
CAME = """(s.role IS NULL OR s.role NOT IN ('worker', 'partner', 'volunteer')
  OR s.role = 'volunteer' AND a.sort IN ('training', 'volunteer'))"""
SIGNED = f"""SELECT s.activity, coalesce(s.person, s.id) who FROM (SELECT id, sort {SHOWS}) a
  CROSS JOIN r_sign_in s ON s.activity = a.id AND s.{H} AND {CAME}"""
HEADS = f"""SELECT a.sort, a.told_policy told, max(coalesce(a.head_count, 0), (SELECT count(DISTINCT coalesce(s.person, s.id))
  FROM r_sign_in s WHERE s.activity = a.id AND s.{H} AND {CAME})) n {SHOWS}"""
WHO = f"SELECT person who FROM ({SEEN}) UNION SELECT who FROM ({THERE}) UNION SELECT who FROM ({SIGNED})"
CODES = """json_each('["' || replace({0}, ',', '","') || '"]')"""


def _listed(words: str) -> str:
    return "('" + "','".join(words.split()) + "')"


OLD_YOUNG = _listed(
    "advanced_age living_alone empty_nest left_elder disabled_elder orphan unsupported_child child_in_need left_child"
)
HARDSHIP = _listed(
    "disabled severely_disabled disabled_elder mental_disorder tekun dibao dibao_margin rigid_spending linshi"
)
LEFT_BEHIND = _listed("left_child left_woman left_elder")
VISITED = _listed(
    "living_alone empty_nest left_elder advanced_age disabled_elder severely_disabled family_planning_loss "
    "left_child left_woman tekun orphan unsupported_child child_in_need"
)
HOMES_VISITED = _listed("family_planning_loss monitored")

FIRST_EDIT = """(SELECT date(min(e.at_ms) / 1000, 'unixepoch', 'localtime') FROM edited d JOIN edit e
  ON e.eid = d.first >> 17 WHERE d.rid = f.rid)"""
EDITED = """SELECT DISTINCT c.rid FROM edit e CROSS JOIN change c ON c.cid BETWEEN e.eid << 17 AND (e.eid << 17) + 131071
  WHERE e.at_ms >= unixepoch('2026-01-01', 'utc') * 1000 AND e.at_ms < unixepoch('2027-01-01', 'utc') * 1000"""
FILES = f"""SELECT total(closed_on IS NULL OR closed_on > '2026-12-31') o, total(day >= '2026') n,
  total(day < '2026' AND rid IN (SELECT rid FROM e)) u FROM
  (SELECT rid, closed_on, coalesce(filed_on, {FIRST_EDIT}) day FROM r_{{0}} f WHERE {H}) WHERE day <= '2026-12-31'"""
STAGE = f"""coalesce((SELECT m.to_stage FROM r_case_move m WHERE m."case" = c.id AND m.{H} AND m.to_stage IS NOT NULL
  ORDER BY coalesce(m.step, 0) DESC, coalesce(m.moved_on, '') DESC, m.id DESC LIMIT 1), c.stage)"""
RISK = f"""coalesce(c.risk, (SELECT a.risk FROM r_assessment a WHERE a."case" = c.id AND a.{H}
  AND a.risk IS NOT NULL ORDER BY coalesce(a.assessed_on, '') DESC, a.rid DESC LIMIT 1))"""
TAKEN = f"""SELECT id, opened_on, closed_on, stage, risk, opened_on <= '2026-12-31' AND coalesce(closed_on > '2026-12-31',
  stage NOT IN ('closed', 'follow_up', 'reopened')) open FROM (
  SELECT c.id, c.opened_on, c.closed_on, {STAGE} stage, {RISK} risk FROM r_case c WHERE c.{H}
  AND (c.closed_on IS NULL OR c.closed_on >= '2026' OR c.opened_on {Y})) WHERE stage NOT IN ('lead', 'declined')"""
LASTING = """total(iif(end_time > start_time, (substr(end_time, 1, 2) - substr(start_time, 1, 2)) * 60
  + substr(end_time, 4, 2) - substr(start_time, 4, 2), 0))"""
APPLICANT = """iif(household IS NOT NULL AND (person IS NULL OR programme IN ('dibao', 'dibao_margin', 'rigid_spending')),
  household, NULL) h, iif(household IS NULL OR person IS NOT NULL AND coalesce(programme NOT IN ('dibao', 'dibao_margin',
  'rigid_spending'), 1), person, NULL) p"""
RATE = """SELECT {0}.part || '.listed', '{1}', {0}.n FROM {0} UNION ALL SELECT {0}.part || '.reached', '{1}', {0}.m FROM {0}
  UNION ALL SELECT {0}.part, '%', round(100.0 * {0}.m / {0}.n, 1) FROM {0} WHERE {0}.n"""
SOCIAL = _listed("charity social_org volunteer_team")

SQL: Mapping[str, str] = {
    "P01": f'SELECT count(*) "@人" FROM ({WHO})',
    "P02": f"""SELECT (SELECT count(*) FROM (SELECT DISTINCT occasion, person FROM ({SEEN})))
      + (SELECT count(*) FROM (SELECT DISTINCT session, who FROM ({THERE})))
      + (SELECT coalesce(sum(n), 0) FROM ({HEADS})) "@人次" """,
    "P03": f"""WITH e AS MATERIALIZED ({EDITED}), p AS ({FILES.format("person")}), h AS ({FILES.format("household")})
      SELECT p.o "open_person@人", p.n "new_person@人", p.u "updated_person@人",
      h.o "open_household@户", h.n "new_household@户", h.u "updated_household@户" FROM p, h""",
    "P04": f"""WITH w AS MATERIALIZED (SELECT w.who, iif(p.id IS NULL, m.category, p.categories) codes,
        coalesce(p.born <= '1966-12-31' OR p.born > '2008-12-31', 0) aged FROM ({WHO}) w
        LEFT JOIN r_person p ON p.id = w.who AND p.{H} LEFT JOIN r_group_member m ON m.id = w.who AND m.{H}),
      c AS MATERIALIZED (SELECT w.who, c.value code FROM w, {CODES.format("w.codes")} c
        WHERE w.codes <> '' AND c.value NOT IN ('', 'none'))
      SELECT 'total' part, '人' unit, count(*) value FROM w
      UNION ALL SELECT 'group.old_young', '人', count(*) FROM (SELECT who FROM w WHERE aged
        UNION SELECT who FROM c WHERE code IN {OLD_YOUNG})
      UNION ALL SELECT 'group.disabled_hardship', '人', count(DISTINCT who) FROM c WHERE code IN {HARDSHIP}
      UNION ALL SELECT 'group.left_behind', '人', count(DISTINCT who) FROM c WHERE code IN {LEFT_BEHIND}
      UNION ALL SELECT 'unknown', '人', (SELECT count(*) FROM w) - (SELECT count(DISTINCT who) FROM c)
      UNION ALL SELECT code, '人', count(*) FROM c GROUP BY code""",
    "V01": f"""SELECT (SELECT count(*) FROM ({ON_VISITS.format("(mode IS NULL OR mode = 'home')")})) "people@人次",
      (SELECT count(*) FROM r_visit WHERE {D} {H} AND (mode IS NULL OR mode = 'home')) "households@户次" """,
    "V02": f"""SELECT (SELECT count(*) FROM ({ON_VISITS.format("policy_told NOT IN ('', 'none')")}))
      + (SELECT count(*) FROM r_contact WHERE {D} {H} AND (policy_told NOT IN ('', 'none')
        OR ',' || subjects || ',' LIKE '%,policy,%')) "@人次",
      (SELECT coalesce(sum(n), 0) FROM ({HEADS} AND a.told_policy)) "activities@人次" """,
    "V03": f"""WITH seen AS MATERIALIZED (SELECT DISTINCT person FROM ({SEEN})),
      l AS MATERIALIZED (SELECT f.id, c.value code FROM (SELECT id, categories FROM r_person WHERE {H} AND categories <> '' AND {{f}}) f,
          {CODES.format("f.categories")} c WHERE c.value IN {VISITED}
        UNION SELECT id, 'advanced_age' FROM r_person WHERE {H} AND born <= '1946-12-31' AND {{f}}),
      r AS MATERIALIZED (SELECT l.id, l.code, s.person IS NOT NULL met FROM l LEFT JOIN seen s ON s.person = l.id),
      t AS MATERIALIZED (SELECT 'all' part, count(DISTINCT id) n, count(DISTINCT iif(met, id, NULL)) m FROM r
        UNION ALL SELECT code, count(*), sum(met) FROM r GROUP BY code),
      k AS MATERIALIZED (SELECT 'home.' || c.value part, count(*) n, sum(f.id IN (SELECT household FROM r_visit
          WHERE {D} {H} AND met IS NOT 0 UNION SELECT c.household FROM r_session s JOIN r_case c ON c.id = s."case"
          WHERE s.{D} s.{H})) m FROM (SELECT id, categories FROM r_household WHERE {H} AND categories <> ''
        AND {{h}}) f, {CODES.format("f.categories")} c WHERE c.value IN {HOMES_VISITED} GROUP BY 1)
      SELECT part part, unit unit, value value FROM (SELECT '' part, '' unit, 0 value WHERE 0 UNION ALL
      {RATE.format("t", "人")} UNION ALL {RATE.format("k", "户")})""".replace(
        "{f}",
        "filed_on <= '2026-12-31' AND closed_on IS NULL AND died_on IS NULL AND moved_on IS NULL",
    ).replace("{h}", "filed_on <= '2026-12-31' AND closed_on IS NULL"),
    "D01": f"""SELECT count(*) "@人次", total(way IN ('came', 'brought')) "came@人次",
      total(way IN ('called', 'message')) "called@人次" FROM r_contact WHERE {D} {H}""",
    "C01": f"""SELECT count(*) "total@个", total(opened_on {Y}) "new@个", total(closed_on {Y}) "closed@个", total(open) "open@个"
      FROM ({TAKEN}) WHERE open OR opened_on {Y} OR closed_on {Y}""",
    "C02": f"""SELECT count(*) "sessions@节", round({LASTING} / 60, 1) "hours@小时" FROM (
      SELECT start_time, end_time FROM r_session s LEFT JOIN r_case c ON c.id = s."case"
        WHERE s.{D} s.{H} AND s."case" IS NOT NULL AND c.{H}
      UNION ALL SELECT start_time, end_time FROM r_visit v LEFT JOIN r_case c ON c.id = v."case"
        WHERE v.{D} v.{H} AND v.met IS NOT 0 AND v."case" IS NOT NULL AND c.{H}
        AND (c.opened_on IS NULL OR c.opened_on <= v.date) AND (c.closed_on IS NULL OR c.closed_on >= v.date))""",
    "C03": f"""WITH k AS (SELECT id FROM ({TAKEN}) WHERE closed_on {Y}),
      g AS (SELECT e."case" k, g.result, row_number() OVER (PARTITION BY e."case", coalesce(g.goal, g.id)
        ORDER BY coalesce(e.evaluated_on, '') DESC, g.id DESC) place FROM k CROSS JOIN r_evaluation e ON e."case" = k.id
        CROSS JOIN r_goal_result g ON g.evaluation = e.id WHERE e.{H} AND g.{H}),
      good AS (SELECT k FROM g WHERE place = 1 AND result IS NOT 'dropped' GROUP BY k
        HAVING min(coalesce(result IN ('full', 'partial'), 0)))
      SELECT (SELECT count(*) FROM good) "reached@个", round(100.0 * (SELECT count(*) FROM good) / (SELECT count(*) FROM k), 1) "@%" """,
    "C04": f"""SELECT count(*) "@个" FROM ({TAKEN}) WHERE open AND risk = 'high'""",
    "G01": f"""SELECT (SELECT count(DISTINCT g."group") {HELD}) "groups@个", (SELECT count(*) {HELD}) "sessions@节",
      (SELECT count(*) FROM (SELECT DISTINCT session, who FROM ({THERE}))) "people@人次" """,
    "A01": f"""WITH h AS MATERIALIZED ({HEADS})
      SELECT '' part, '场' unit, count(*) value FROM h UNION ALL SELECT '', '人次', coalesce(sum(n), 0) FROM h
      UNION ALL SELECT coalesce(sort, 'unknown'), '场', count(*) FROM h GROUP BY sort
      UNION ALL SELECT coalesce(sort, 'unknown'), '人次', sum(n) FROM h GROUP BY sort""",
    "J01": f"""WITH a AS MATERIALIZED (SELECT programme, {APPLICANT} FROM r_application WHERE filed_on {Y} AND {H})
      SELECT '' part, '人' unit, count(DISTINCT p) value FROM a UNION ALL SELECT '', '户', count(DISTINCT h) FROM a
      UNION ALL SELECT coalesce(programme, 'unknown'), '人', count(DISTINCT p) FROM a GROUP BY programme
      UNION ALL SELECT coalesce(programme, 'unknown'), '户', count(DISTINCT h) FROM a GROUP BY programme""",
    "J02": f"""WITH a AS MATERIALIZED (SELECT filed_on, result, result_on, {APPLICANT}, result_on {Y} decided FROM r_application
        WHERE {H} AND (result_on {Y} OR filed_on <= '2026-12-31'
          AND (result IS NULL OR result = 'pending' OR result_on > '2026-12-31'))),
      g AS MATERIALIZED (SELECT p, h, CASE WHEN decided AND result = 'confirmed' THEN 'granted'
        WHEN decided AND result IN ('refused', 'not_accepted') THEN 'refused'
        WHEN result IS NULL OR result = 'pending' OR result_on > '2026-12-31' THEN 'waiting' END part FROM a)
      SELECT part, '人' unit, count(DISTINCT p) value FROM g GROUP BY part
      UNION ALL SELECT part, '户', count(DISTINCT h) FROM g GROUP BY part""",
    "J03": f"""SELECT total(sent_on {Y}) "sent@人次", count(DISTINCT iif(placed_on {Y}, coalesce(person, id), NULL)) "placed@人",
      total(job_from {Y}) "jobs@个" FROM r_referral WHERE {H} AND (sent_on {Y} OR placed_on {Y} OR job_from {Y})""",
    "R01": f"""SELECT total(worth) / 100 "@元", total(iif(sort = 'money', worth, 0)) / 100 "cash@元",
      total(iif(sort IS NOT 'money', worth, 0)) / 100 "kind@元" FROM r_resource WHERE received_on {Y} AND {H}""",
    "R02": f"""SELECT (SELECT count(*) FROM (SELECT o.id FROM r_resource r JOIN r_organisation o ON o.id = r.provider AND o.{H}
        WHERE r.received_on {Y} AND r.{H} AND o.sort IN {SOCIAL}
        UNION SELECT id FROM r_organisation WHERE mobilised_on {Y} AND {H})) "mobilised@家",
      (SELECT count(*) FROM r_organisation WHERE founded_on {Y} AND fostered AND {H}) "fostered@家" """,
    "W01": f"""SELECT (SELECT count(*) FROM r_volunteer WHERE {H} AND (registered_on IS NULL OR registered_on <= '2026-12-31')
        AND iif(left_on IS NULL, state IS NOT 'left', left_on > '2026-12-31')) "registered@人",
      (SELECT count(*) FROM r_volunteer_team WHERE {H} AND (founded_on IS NULL OR founded_on <= '2026-12-31')
        AND (disbanded_on IS NULL OR disbanded_on > '2026-12-31')) "teams@支",
      count(DISTINCT coalesce(volunteer, id)) "people@人", count(*) "times@人次", round(total(max(served, 0)) / 60, 1) "hours@小时"
      FROM r_volunteer_service WHERE {D} {H}""",
    "S01": f"""SELECT s.n "supervision@次", s.m "supervision_hours@小时", s.p "supervision_people@人次",
      t.n "training@次", t.m "training_hours@小时", t.p "training_people@人次" FROM
      (SELECT count(*) n, round({LASTING} / 60, 1) m, total(head_count) p FROM r_supervision WHERE {D} {H}) s,
      (SELECT count(*) n, round(total(duration) / 60, 1) m, total(max(coalesce(head_count, 0), (SELECT
        count(DISTINCT l.staff) FROM r_learning l WHERE l.training = t.id AND l.{H}))) p FROM r_training t WHERE {D} {H}) t""",
    "H01": f"""SELECT count(*) "@人", total(qualification IN ('assistant', 'social_worker', 'senior')) "certified@人",
      total(full_time) "full_time@人", total(full_time) >= 2 AND total(qualification IN ('assistant', 'social_worker',
        'senior', 'degree', 'local')) >= 1 "met@是否" FROM r_staff WHERE {H} AND posted_on <= '2026-12-31'
      AND (left_on IS NULL OR left_on > '2026-12-31') AND coalesce(post NOT IN ('supervisor', 'intern'), 1)""",
    "F01": f"""WITH s AS MATERIALIZED (SELECT s.category, s.amount FROM r_spending s LEFT JOIN r_contract c ON c.id = s.contract
        WHERE s.{D} s.{H} AND c.{H}),
      c AS (SELECT sum(amount) n FROM r_contract WHERE {H} AND first_on <= '2026-12-31' AND (last_on IS NULL OR last_on >= '2026'))
      SELECT '' part, '元' unit, total(amount) / 100 value FROM s
      UNION ALL SELECT coalesce(category, 'unknown'), '元', total(amount) / 100 FROM s GROUP BY category
      UNION ALL SELECT 'share', '%', round(100.0 * (SELECT sum(amount) FROM s) / n, 1) FROM c WHERE n""",
    "Q01": f"""WITH e AS MATERIALIZED (SELECT count(*) n, total(satisfaction) s, total(satisfaction >= '4') good FROM r_evaluation e
        LEFT JOIN r_case c ON c.id = e."case" WHERE e.evaluated_on {Y} AND e.satisfaction BETWEEN '1' AND '5' AND e.{H} AND c.{H}),
      h AS MATERIALIZED (SELECT total(n) n, total(good) good FROM (SELECT rated_by n, min(rated_content, rated_by) good {SHOWS}
        UNION ALL SELECT rated_by, min(rated_content, rated_by) FROM r_group WHERE evaluated_on {Y} AND {H} AND cancelled IS NOT 1))
      SELECT e.n + h.n "rated@人次", round(100 * (e.good + h.good) / (e.n + h.n), 1) "@%", round(e.s / e.n, 1) "cases@分" FROM e, h""",
    "Y01": f'SELECT count(*) "@起" FROM r_mandatory_report WHERE found_on {Y} AND {H}',
}
