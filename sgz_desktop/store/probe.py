"""Does a key open the store file, and which list of slots does it keep?"""

from __future__ import annotations

from pathlib import Path

from sgz_desktop.store import settings
from sgz_desktop.store.connection import DATABASE, NotOpened, connect, in_words, schema_of
from sgz_desktop.store.migrate import refuse_newer
from sgz_desktop.store.session import Reading, Writing, engine_on

FINGERPRINT = "slots_fingerprint"


def kept_fingerprint(folder: Path, key: bytes) -> bytes | None:
    """The fingerprint of the slot list kept inside the store: b"" if none yet, None if the key is not its.

    AppError when the file cannot be read, or is a newer program's, which is not touched.
    """
    path = folder / DATABASE
    if not path.exists():
        return None
    refuse_newer(schema_of(path, key))
    try:
        connection = connect(path, key, read_only=True)
    except NotOpened:
        return None
    try:
        with in_words():
            kept = settings.get(Reading(connection, engine_on(connection)), FINGERPRINT, "")
    finally:
        connection.close()
    return bytes.fromhex(kept)


def keep_fingerprint(session: Writing, fingerprint: bytes) -> None:
    """Keep the fingerprint of the slot list that belongs to this store."""
    settings.put(session, FINGERPRINT, fingerprint.hex())
