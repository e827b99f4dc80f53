"""EvidenceItem: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from typing import Any

from contracts.findings import evidence_item as said
from services.findings.domain.evidence_item import EvidenceItem
from tests.kit.cases import AT, Case, staff, suite, uid, unit_user

HASH = "a" * 64


def attaching(**changed: Any) -> said.AttachEvidence:
    return said.AttachEvidence(**{
        "evidence_id": uid("stream"), "activity_id": uid("activity"), "unit_id": uid("s1"),
        "kind": said.EvidenceKind.PHOTO, "hash": HASH, "captured_at": AT - timedelta(hours=2), "offline": True,
        **changed})


ATTACHED = said.EvidenceAttached(
    evidence_id=uid("stream"), activity_id=uid("activity"), unit_id=uid("s1"), kind=said.EvidenceKind.PHOTO,
    hash=HASH, captured_at=AT - timedelta(hours=2), captured_by=uid("wang"), offline=True)

CASES = [
    Case(
        when=attaching(), by=staff("wang"), then=[ATTACHED],
        refused={
            "UNIT_FOREIGN": {"by": unit_user(unit="s2")},
            "PLACE_MISSING": {"when": attaching(activity_id=None, unit_id=None)},
            "HASH_MALFORMED": {"when": attaching(hash="A" * 64)},
            "CAPTURED_IN_FUTURE": {"when": attaching(captured_at=AT + timedelta(hours=1))},
        },
    ),
    Case(
        given=[ATTACHED], when=said.SealEvidence(evidence_id=uid("stream"), reason=said.SealReason.MINOR),
        then=[said.EvidenceSealed(evidence_id=uid("stream"), reason=said.SealReason.MINOR)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(EvidenceItem, CASES)
