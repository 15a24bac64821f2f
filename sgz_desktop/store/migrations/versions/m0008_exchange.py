"""Exchange: who lets in, stops and decides about computers; what went to each peer and what came.

Applications, referrals, resources and volunteers' hours name a service of the catalogue, as visits do.

Also indexes: applications decided on a day, those still waiting, reports of harm found on a day, open cases,
and the evaluations of a period are counted without reading all.
"""

from alembic import op

from sgz_desktop.store.migrations.steps import add_field

revision = "0008"
down_revision = "0007"

FIELDS = (
    *(("device", field, str) for field in ("revocation_keeps", "endorsement", "card_key", "decision")),
    ("application", "service_item", str),
    ("referral", "service_item", str),
    ("resource", "service_item", str),
    ("volunteer_service", "service_item", str),
)
TABLES = """
CREATE TABLE device_limit(device TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE peer(device TEXT PRIMARY KEY, have TEXT NOT NULL, received INTEGER NOT NULL, heard_ms INTEGER NOT NULL,
  wants TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE outbox(device TEXT, n INTEGER, content TEXT NOT NULL, made_ms INTEGER NOT NULL, name TEXT NOT NULL,
  size INTEGER NOT NULL, sha256 TEXT NOT NULL, ranges TEXT NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(device, n)) WITHOUT ROWID;
CREATE TABLE inbox(sha256 TEXT PRIMARY KEY, device TEXT NOT NULL, n INTEGER NOT NULL, content TEXT NOT NULL,
  made_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL, edits INTEGER NOT NULL, fresh INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE signed_branch(did INTEGER, epoch INTEGER NOT NULL, seq INTEGER, hash BLOB NOT NULL,
  signature BLOB NOT NULL, PRIMARY KEY(did, seq, hash)) WITHOUT ROWID;
INSERT INTO signed_branch SELECT s.did, e.epoch, s.seq, s.hash, s.signature FROM signed_head s
  JOIN edit e ON e.did = s.did AND e.seq = s.seq AND e.hash = s.hash;
DROP TABLE signed_head;
ALTER TABLE signed_branch RENAME TO signed_head;
CREATE INDEX r_application_result_on ON r_application(result_on) WHERE result_on IS NOT NULL;
CREATE INDEX r_mandatory_report_found_on ON r_mandatory_report(found_on) WHERE found_on IS NOT NULL;
CREATE INDEX r_case_open ON r_case(id) WHERE closed_on IS NULL;
CREATE INDEX r_evaluation_on ON r_evaluation(evaluated_on) WHERE evaluated_on IS NOT NULL;
CREATE INDEX r_group_evaluated_on ON r_group(evaluated_on) WHERE evaluated_on IS NOT NULL;
DROP INDEX r_application_open;
CREATE INDEX r_application_result ON r_application(result, filed_on);
"""


def upgrade() -> None:
    """Make the columns and tables. A copied computer signs another head under the same number: both stay."""
    for kind, field, sort in FIELDS:
        add_field(kind, field, sort)
    for statement in filter(str.strip, TABLES.split(";")):
        op.execute(statement)
