"""Nothing of anybody's is sent with a referral without their consent: asked where it is saved and printed."""

from __future__ import annotations

from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.domain.sending import referral_held
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading


def held_back(session: Reading, record: Record, before: object) -> list[Problem]:
    """What keeps a record from being saved: a referral whose day of sending was just written (`before` is
    the day on file)."""
    if not isinstance(record, Referral) or record.sent_on in (None, before):
        return []
    consents = read.of_parent(session, Consent, "case", record.case) if record.case else []
    sentence = referral_held(record.model_dump(), [one.model_dump() for one in consents])
    return [Problem(Level.REFUSE, "sent_on", sentence)] if sentence else []
