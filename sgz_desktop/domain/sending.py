"""When somebody's data may leave the station with a referral. Without consent it may not, for no reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgz_desktop.domain.fields import Wire

AGREED, REFUSED = "agreed", "refused"
NO_CONSENT = "还没有本人同意转介，不能转出。"
REFUSED_BEFORE = "知情同意书写明不提供给转介单位，不能转出。"
WITHDRAWN = "本人已撤回同意，不能转出。"


def referral_held(referral: Mapping[str, Wire], consents: Iterable[Mapping[str, Wire]]) -> str:
    """Why a referral may not be printed for its receiver or sent, as a sentence; '' when it may.

    Consent given to this referral after a withdrawal counts; what a consent paper refuses holds until it is
    changed there.
    """
    if referral.get("consented") != AGREED:
        return NO_CONSENT
    for consent in consents:
        if consent.get("ok_share_referral") == REFUSED:
            return REFUSED_BEFORE
        withdrawn, given = consent.get("withdrawn_on"), referral.get("consented_on")
        if withdrawn and str(given or "") <= str(withdrawn):
            return WITHDRAWN
    return ""
