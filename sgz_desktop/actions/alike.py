"""Is somebody on file already? Asked while a new person is typed in."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Typed
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store.search_alike import OWN, people_alike
from sgz_desktop.store.search_people import PersonHit


@action
def likely_same(desk: Desk, typed: Typed, village: str = "", person: str = "") -> list[PersonHit]:
    """People on file likely the same as one being typed in, the likeliest first, at most 5; `via` says why.

    `person` is the id of somebody on file whom the typed fields are about, and who is left out.
    """
    who = {name: value for name in OWN if (value := _tidy(name, typed.get(name))) is not None}
    if not who.keys() & {"name", "former_name", "nickname", "id_number", "phone"}:
        return []
    return desk.read(lambda session: people_alike(session, who, village.strip(), but=person))


def _tidy(name: str, typed: object) -> Wire:
    """What is typed so far as it would be stored, None where it cannot be read yet."""
    if typed is None or not str(typed).strip():
        return None
    try:
        return questions(Person)[name].kind.tidy(typed)
    except ValueError:
        return None
