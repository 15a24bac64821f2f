"""Names of everybody and every unit on file, to find them in texts that leave the station."""

from __future__ import annotations

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

LONGEST_NAME = 6


def people(session: Reading) -> list[str]:
    """Names of everybody on file, former ones and contacts of units too, each once and in order."""
    parts = (("r_person", "name"), ("r_person", "former_name"), ("r_organisation", "contact"))
    each = (f"SELECT {field} AS name FROM {table} WHERE deleted {HERE}" for table, field in parts)
    query = f"SELECT name FROM ({' UNION '.join(each)}) WHERE length(name) > 1 ORDER BY 1"
    return [row[0] for row in session.connection.execute(query)]


def units(session: Reading) -> list[str]:
    """Names of the organisations on file, in order."""
    query = f"SELECT DISTINCT name FROM r_organisation WHERE length(name) > 1 AND deleted {HERE} ORDER BY 1"
    return [row[0] for row in session.connection.execute(query)]


def held(session: Reading, text: str) -> frozenset[str]:
    """Names in a text of whoever is on file: residents, volunteers, members of groups, who signed in; given
    names of two characters and more too."""
    tables = ("person", "volunteer", "group_member", "sign_in")
    each = (f"SELECT name FROM r_{table} WHERE name IS NOT NULL" for table in tables)
    rows = session.connection.execute(" UNION ".join(each))
    parts = {text[at : at + size] for size in range(2, LONGEST_NAME + 1) for at in range(len(text))}
    return frozenset(said for (name,) in rows for said in (name, name[1:]) if len(said) > 1 and said in parts)
