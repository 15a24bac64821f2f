"""The records of a ledger: one query a kind, its joins and conditions read from the declaration.

Every name in a query comes from a declared path and is checked against the records before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sgz_desktop.domain.ledger import DAY, HOME, KIND, Source, kind_at, step_to
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.store.queries import HERE, TAKES_PART
from sgz_desktop.store.session import Reading

IN_PERIOD = "date >= :since AND date <= :until || '~'"
HOME_OF = f"""(SELECT household FROM r_membership m WHERE m.person = {{r}}.id AND m.to_day IS NULL
    AND m.deleted {HERE} ORDER BY m.rid DESC LIMIT 1)"""
VISITED = f"""r_visit v WHERE (v.person = {{r}}.id OR v.household = {HOME_OF}) AND v.deleted {HERE}"""
SEEN = f"""(SELECT id, date FROM {VISITED} AND v.met IS NOT 0
  UNION SELECT v.id, v.date FROM r_presence s JOIN r_visit v ON v.id = s.occasion AND v.deleted {HERE}
    WHERE s.person = {{r}}.id AND s.deleted {HERE}
  UNION SELECT n.id, n.date FROM r_presence s JOIN r_session n ON n.id = s.occasion AND n.deleted {HERE}
    WHERE s.person = {{r}}.id AND s.deleted {HERE})"""
SERVED = f"""(SELECT date FROM r_session WHERE "case" = {{r}}.id AND deleted {HERE}
  UNION ALL SELECT date FROM r_visit WHERE "case" = {{r}}.id AND met IS NOT 0 AND deleted {HERE})"""
GIVEN = f"r_handout WHERE resource = {{r}}.id AND deleted {HERE}"
SAT = f"""r_group_session s WHERE s."group" = {{r}}.id AND s.cancelled IS NOT 1 AND s.deleted {HERE}"""
HOURS = f"r_volunteer_service WHERE volunteer = {{r}}.id AND deleted {HERE}"
BETWEEN = """CASE WHEN {r}.end_time > {r}.start_time THEN
    (substr({r}.end_time, 1, 2) - substr({r}.start_time, 1, 2)) * 60
    + substr({r}.end_time, 4, 2) - substr({r}.start_time, 4, 2) END"""
VILLAGE = f"""coalesce(
    (SELECT h.village FROM r_household h WHERE h.id = {{r}}.household AND h.deleted {HERE}),
    (SELECT h.village FROM r_household h JOIN r_membership m ON m.household = h.id
      WHERE m.person = {{r}}.person AND m.to_day IS NULL AND m.deleted {HERE} AND h.deleted {HERE}
      ORDER BY m.rid DESC LIMIT 1))"""
COUNTS: Mapping[tuple[str, str], str] = {
    ("household", "people"): f"""(SELECT count(*) FROM r_membership WHERE household = {{r}}.id
        AND to_day IS NULL AND deleted {HERE})""",
    ("household", "last_visit"): f"""(SELECT max(date) FROM r_visit WHERE household = {{r}}.id
        AND met IS NOT 0 AND deleted {HERE})""",
    ("person", "last_contact"): f"(SELECT max(date) FROM {SEEN} WHERE date <= :until || '~')",
    ("person", "contacts"): f"(SELECT count(*) FROM {SEEN} WHERE {IN_PERIOD})",
    ("person", "missed"): f"(SELECT count(*) FROM {VISITED} AND v.met = 0 AND {IN_PERIOD})",
    ("case", "services"): f"(SELECT count(*) FROM {SERVED} WHERE {IN_PERIOD})",
    ("case", "last_on"): f"(SELECT max(date) FROM {SERVED} WHERE date <= :until || '~')",
    ("group", "sessions"): f"(SELECT count(*) FROM {SAT} AND {IN_PERIOD})",
    ("group", "heads"): f"""(SELECT count(*) FROM r_group_member WHERE "group" = {{r}}.id
        AND deleted {HERE})""",
    ("group", "came"): f"""(SELECT count(*) FROM r_attendance a, {SAT} AND s.id = a.session
        AND a.deleted {HERE} AND a.state IN ('present', 'late') AND {IN_PERIOD})""",
    ("visit", "service_point"): f"""(SELECT s.name FROM r_service_point s WHERE s.village = {VILLAGE}
        AND s.deleted {HERE} AND (s.opened_on IS NULL OR s.opened_on <= {{r}}.date || '~')
        AND (s.closed_on IS NULL OR s.closed_on >= {{r}}.date)
        ORDER BY s.opened_on DESC, s.rid LIMIT 1)""",
    ("mandatory_report", "first_call"): f"""(SELECT min(called_on) FROM r_report_call
        WHERE report = {{r}}.id AND deleted {HERE})""",
    ("mandatory_report", "calls"): f"""(SELECT group_concat(unit, '、') FROM r_report_call
        WHERE report = {{r}}.id AND deleted {HERE})""",
    ("activity", "people"): f"""nullif(max(coalesce({{r}}.head_count, 0), (SELECT count(*) FROM r_sign_in s
        JOIN r_activity a ON a.id = s.activity WHERE a.id = {{r}}.id AND s.deleted {HERE}
        AND {TAKES_PART})), 0)""",
    ("resource", "given"): f"""(SELECT sum(quantity) FROM {GIVEN})""",
    ("resource", "left"): f"""({{r}}.quantity - coalesce((SELECT sum(quantity) FROM {GIVEN}), 0))""",
    ("volunteer", "times"): f"(SELECT count(*) FROM {HOURS} AND {IN_PERIOD})",
    ("volunteer", "minutes"): f"(SELECT sum(served) FROM {HOURS} AND {IN_PERIOD})",
    ("volunteer", "minutes_so_far"): f"(SELECT sum(served) FROM {HOURS} AND date <= :until || '~')",
    ("supervision", "led_by"): "{r}.supervisor",
    ("supervision", "subject"): "{r}.topics",
    ("supervision", "advised"): "{r}.advice",
    ("supervision", "minutes"): f"({BETWEEN})",
    ("training", "led_by"): "coalesce({r}.trainer, {r}.organiser)",
    ("training", "subject"): "{r}.title",
    ("training", "advised"): "NULL",
    ("training", "minutes"): f"coalesce({{r}}.duration, {BETWEEN})",
}


def rows(
    session: Reading,
    source: Source,
    paths: Sequence[str],
    since: str,
    until: str,
    village: tuple[Sequence[str], str] = ((), ""),
) -> list[tuple[Any, ...]]:
    """What the paths lead to from each record of the source, in the order they were made; with `village`
    (paths, a name) only those of the village."""
    query = _Query(source)
    cells = [query.expression(path) for path in paths]
    where = [f"r.deleted {HERE}", *query.conditions()]
    values: dict[str, str] = {"since": since, "until": until}
    if village[0] and village[1]:
        found = [query.expression(path) for path in village[0]]
        where.append(f"coalesce({', '.join(found)}, NULL) = :village")
        values["village"] = village[1]
    sql = f"""SELECT {", ".join(cells)} FROM r_{source.kind} r {query.joined()}
        WHERE {" AND ".join(where)} ORDER BY r.rid"""
    return list(session.connection.execute(sql, values))


class _Query:
    """The joins that the paths asked for need."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._joins: dict[str, tuple[str, str, str]] = {}  # path of steps → alias, kind, the join itself

    def joined(self) -> str:
        return " ".join(join for _, _, join in self._joins.values())

    def expression(self, path: str) -> str:
        """SQL of what a path leads to."""
        source = self._source
        if path == KIND:
            return "'" + BY_KIND[source.kind].TITLE + "'"
        if path == DAY:
            path = source.day
        kind_at(source.kind, path)  # TypeError for what is not declared
        *steps, name = path.split(".")
        alias, kind = self._at(steps)
        counted = COUNTS.get((kind, name))
        return counted.format(r=alias) if counted else f'{alias}."{name}"'

    def _at(self, steps: Sequence[str]) -> tuple[str, str]:
        """The alias and kind of the record some steps lead to."""
        if not steps:
            return "r", self._source.kind
        key = ".".join(steps)
        if key not in self._joins:
            before, kind = self._at(steps[:-1])
            target, alias = step_to(kind, steps[-1]), f"j{len(self._joins)}"
            named = HOME_OF.format(r=before) if steps[-1] == HOME else f'{before}."{steps[-1]}"'
            on = f"{alias}.id = {named} AND {alias}.deleted {HERE}"
            self._joins[key] = alias, target, f"LEFT JOIN r_{target} {alias} ON {on}"
        alias, kind, _ = self._joins[key]
        return alias, kind

    def conditions(self) -> Iterator[str]:
        source = self._source
        if source.day:
            yield f"{self.expression(source.day)} BETWEEN :since AND :until || '~'"
        if source.span:
            begun, ended = map(self.expression, source.span)
            going_on = f"({ended} IS NULL AND {self._holds_none(*source.over)})"
            yield f"{begun} <= :until || '~' AND ({ended} >= :since OR {going_on})"
        for path in source.ended:
            yield f"({self.expression(path)} IS NULL OR {self.expression(path)} > :until)"
        for path in source.absent:
            yield f"coalesce({self.expression(path)}, 0) IN (0, '')"
        for path in source.filled:
            yield f"coalesce({self.expression(path)}, '') <> ''"
        for path in source.not_no:
            yield f"{self.expression(path)} IS NOT 0"
        if source.has:
            yield "(" + " OR ".join(self._holds(path, codes) for path, codes in source.has) + ")"

    def _holds_none(self, path: str, codes: Sequence[str]) -> str:
        return f"NOT coalesce({self._holds(path, codes)}, 0)" if path else "1"

    def _holds(self, path: str, codes: Sequence[str]) -> str:
        """Is one of the codes among those of a field?"""
        if not all(code.isidentifier() for code in codes):
            raise TypeError(f"{path}: a code is a plain word")
        found = self.expression(path)
        return "(" + " OR ".join(f"instr(',' || {found} || ',', ',{code},')" for code in codes) + ")"
