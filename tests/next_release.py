"""What a later release would bring: one more migration step behind those there are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sgz_desktop.store import migrate

NEXT_STEP = """
from alembic import op
from sgz_desktop.store.migrations.steps import add_field, add_kind
revision = "{next:04}"
down_revision = "{last:04}"

def upgrade():
    {body}
"""


def steps_with(body: str, folder: Path) -> Path:
    """Put this program's steps and one more, with `body`, into `folder`: what `migrate.STEPS` should be."""
    ours = Path(migrate.__file__).with_name("migrations")
    for path in [ours / "env.py", *(ours / "versions").glob("m*.py")]:
        target = folder / path.relative_to(ours)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    last = migrate.SCHEMA
    step = NEXT_STEP.format(last=last, next=last + 1, body=body)
    (folder / "versions" / f"m{last + 1:04}_next_release.py").write_text(step, encoding="utf-8")
    return folder


@contextmanager
def released(steps: Path) -> Iterator[None]:
    """As long as it lasts this program is the later release, whose steps are in `steps`."""
    before = migrate.STEPS, migrate.SCHEMA
    migrate.STEPS, migrate.SCHEMA = steps, migrate.SCHEMA + 1
    try:
        yield
    finally:
        migrate.STEPS, migrate.SCHEMA = before
        for name in [name for name in sys.modules if "_next_release" in name]:
            del sys.modules[name]
