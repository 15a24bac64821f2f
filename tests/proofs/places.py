"""What lies where at the station of the proofs, who works there, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

STATION = "青禾镇社工站"
HEAD, LEAVER = "李小禾", "王小麦"
PASSPHRASE, LEAVERS = "river lantern seventeen", "five tall blue lamps"
PEER = "peer-1"
OPERATIONS = ("save", "merge", "backup", "restore", "migration", "rekey", "export")
NEW_PEOPLE = ("new-a", "new-b")
PICTURE = bytes(range(256)) * 160
NEXT_RELEASE = 'add_field("person", "blood", str); add_kind("drone", {"battery": int})'


@dataclass(frozen=True)
class Places:
    """`template` is put in place of `run` before each order; a device is bound to the path of its store."""

    root: Path

    @property
    def template(self) -> Path:
        return self.root / "template"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def state(self) -> Path:
        return self.run / "state"

    @property
    def station(self) -> Path:
        return self.run / "station"

    @property
    def restored(self) -> Path:
        return self.run / "restored"

    @property
    def backup(self) -> Path:
        return self.run / "desk.sgzbak"

    @property
    def records(self) -> Path:
        return self.run / "records.ndjson"

    @property
    def steps(self) -> Path:
        return self.root / "migrations"

    @property
    def page(self) -> Path:
        """The page a worker shares with the test: how many steps it began, and whether all are done."""
        return self.root / "page"
