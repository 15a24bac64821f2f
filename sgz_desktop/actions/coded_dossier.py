"""A dossier that tells nobody who it is about, made before any paper of it is laid out.

What has to go follows from each field's declaration (`coded_fields`); free text passes through
`domain.deidentify`, and so does everything a dossier says beside its records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from sgz_desktop.actions.coded_fields import Fields, Level, Place, Tell, is_free
from sgz_desktop.actions.coded_known import Around, elsewhere
from sgz_desktop.actions.coded_people import age_band, cast_of, is_child, records_of
from sgz_desktop.actions.papers_reading import Dossier, Entered
from sgz_desktop.actions.papers_words import LEFT_OUT, NOT_HERE, UNNAMED, Names
from sgz_desktop.domain.deidentify import Finder
from sgz_desktop.domain.deidentify_places import village_of
from sgz_desktop.domain.kin import Family, Individual
from sgz_desktop.domain.policy.reasons import Reason, Result
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Question, Record, questions
from sgz_desktop.store import day_work, names_on_file, queries
from sgz_desktop.store.session import Reading

R = TypeVar("R", bound=Record)

SUPERVISION = Level("督导件", staff=True, whole_days=True, children=True, pictures=True)
RELEASE = Level("去标识件", staff=False, whole_days=False, children=False, pictures=False)
PICTURES = ("photo", "recording")


def around(session: Reading) -> Around:
    """The station's workers and villages, and who and what else it has on file."""
    return Around(
        tuple(day_work.workers(session)),
        tuple(queries.villages(session)),
        tuple(names_on_file.people(session)),
        tuple(names_on_file.units(session)),
    )


def coded(
    file: Dossier, level: Level, near: Around, tell: Tell | None = None, marked: Iterable[str] = ()
) -> Dossier:
    """The dossier as the level tells it. Without `tell` free texts lose what is known and every guess;
    `marked` are more words that go."""
    return _Coding(file, level, near, tell, marked).dossier()


def finder_of(file: Dossier, level: Level, near: Around) -> Finder:
    """What finds identifying words in the free texts of a dossier."""
    return _Coding(file, level, near, None, ()).finder


def cleaner_of(file: Dossier, level: Level, near: Around) -> Callable[[str], str]:
    """What takes the same words out of a text that stands beside the dossier, such as a remark."""
    made = _Coding(file, level, near, None, ())

    def clean(text: str) -> str:
        others = elsewhere(file, near, made.cast, text) if text else {}
        known = Finder({}, marks=others).cleaned(text, guesses=False) if others else text
        return made.finder.cleaned(known)

    return clean


def free_texts(file: Dossier) -> Iterator[tuple[Place, Question, str]]:
    """Every free text of a dossier, each once."""
    seen = set()
    for record in records_of(file):
        for name, question in questions(type(record)).items():
            place = Place(record.KIND, str(record.id), name)
            value = getattr(record, name)
            if isinstance(value, str) and value and is_free(question) and place not in seen:
                seen.add(place)
                yield place, question, value


class _Coding:
    def __init__(
        self, file: Dossier, level: Level, near: Around, tell: Tell | None, marked: Iterable[str]
    ) -> None:
        self._file, self._level = file, level
        self.cast = cast_of(file, near.staff, hide_children=not level.children)
        self._fields = Fields(file, level, near, self.cast, tell, marked)
        self.finder: Finder = self._fields.finder

    def dossier(self) -> Dossier:
        """The whole of it."""
        file = self._file
        return replace(
            file,
            case=self._record(file.case),
            client=self._record(file.client) if file.client else None,
            household=self._record(file.household) if file.household else None,
            members=self._records(file.members),
            people={id: self._record(one) for id, one in file.people.items()},
            papers={kind: self._records(rows) for kind, rows in file.papers.items()},
            children={key: self._records(rows) for key, rows in file.children.items()},
            visits=self._records(file.visits),
            entered={id: self._entered(one) for id, one in file.entered.items()},
            names=Names({key: self._named(*key, words) for key, words in file.names.known.items()}),
            along={
                id: {code: self._lines(told) for code, told in one.items()} for id, one in file.along.items()
            },
            kin=self._family(file.kin) if file.kin else None,
            verdicts={id: self._result(one) for id, one in file.verdicts.items()},
            objections={id: self._known(text) for id, text in file.objections.items()},
        )

    def _known(self, text: str) -> str:
        """Words of rules and lists: what is known goes, nothing is guessed at."""
        return self.finder.cleaned(text, guesses=False)

    def _records(self, rows: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(self._record(one) for one in rows if self._shown(one))

    def _record(self, record: R) -> R:
        return type(record)(**{**record.model_dump(), **self._fields.told(record)})

    def _shown(self, record: Record) -> bool:
        """Pictures are shown where somebody agreed to it; of a child never."""
        if self._level.pictures or not isinstance(record, Attachment) or record.sort not in PICTURES:
            return True
        born = self._file.client.born if self._file.client else None
        return record.consent == "agreed" and not is_child(born or "", self._file.today)

    def _entered(self, one: Entered) -> Entered:
        return one if self._level.whole_days else Entered(one.day[:7], "", "")

    def _named(self, kind: str, id: str, words: str) -> str:
        """What another record is called where one points to it."""
        if words in (NOT_HERE, UNNAMED) or kind == "case":
            return words
        if kind == "person":
            return self.cast.by_id.get(id) or self.cast.of(words)
        if kind == "household":
            home = self._file.household
            village = village_of(home.village or "") if home and str(home.id) == id else ""
            return f"{village}一户"
        return LEFT_OUT if kind == "organisation" else self.finder.cleaned(words)

    def _lines(self, lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((label, self.finder.cleaned(words)) for label, words in lines)

    def _family(self, kin: Family) -> Family:
        return replace(kin, people={id: self._relative(one) for id, one in kin.people.items()})

    def _relative(self, one: Individual) -> Individual:
        named = one.name and one.name != NOT_HERE
        name = self.cast.by_id.get(one.id) or self.cast.of(one.name) if named else one.name
        band = "" if one.dead else age_band(one.born, self._file.today)
        born = one.born[:4] if band else ""  # is not told where an age is: the elder stands left
        died = one.died if self._level.whole_days else one.died[:4]
        return replace(one, name=name, born=born, age=band, died=died)

    def _result(self, one: Result) -> Result:
        missing = tuple(replace(lack, words=self._known(lack.words)) for lack in one.missing)
        warnings = tuple(map(self._known, one.warnings))
        return replace(one, reasons=self._reasons(one.reasons), missing=missing, warnings=warnings)

    def _reasons(self, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        return tuple(
            replace(
                one,
                text=self._known(one.text),
                told=self._known(one.told),
                children=self._reasons(one.children),
            )
            for one in reasons
        )
