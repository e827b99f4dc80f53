"""AppraisalReference: every row of its two tables is accepted, quiet, refused elsewhere and guarded."""

from datetime import date, timedelta
from typing import Any

import msgspec

from contracts.accountability import appraisal_reference as said
from contracts.record import event_id
from contracts.values import Role
from services.accountability.domain.appraisal_reference import AppraisalReference
from tests.kit.cases import AT, POLICY, Case, folded, staff, suite, uid

FILE, REFERENCE, UNIT = uid("stream"), uid("reference"), uid("s1")
OF: dict[str, Any] = {"file_id": FILE}
READER = {"by": staff("han", "organisation", Role.ORGANISATION_READER)}
ADDED = said.ReferenceAdded(
    reference_id=REFERENCE, subject_id=UNIT, kind=said.ReferenceKind.CASE, source_id=uid("case"),
    valid_from=date(2026, 3, 2), **OF)
QUERIED = said.ReferenceQueried(subject_id=UNIT, authority_id=uid("organisation"), purpose="干部考察", as_of=AT)
EXPORTED = said.ReferenceExported(
    export_id=uid("export"), receiver_id=uid("performance"), version=1, subjects=(UNIT,))
AMENDED = said.ReferenceAmended(
    reference_id=REFERENCE, corrects_event_id=event_id(FILE, 1), reason="决定已纠正",
    receivers_notified=(uid("organisation"), uid("performance")))
ADD = said.AddReference(
    reference_id=REFERENCE, subject_id=UNIT, kind=said.ReferenceKind.CASE, source_id=uid("case"), **OF)
QUERY = said.QueryReference(purpose="干部考察", **OF)
EXPORT = said.ExportResults(export_id=uid("export"), receiver_id=uid("performance"), subjects=(UNIT,), **OF)
CASES = [
    Case(
        when=ADD, then=[ADDED], by=POLICY,
        refused={"ANOTHER_SUBJECT": {"given": (ADDED,), "when": msgspec.structs.replace(
            ADD, reference_id=uid("other"), subject_id=uid("s2"))}},
    ),
    Case(
        given=(ADDED,), when=QUERY, then=[QUERIED], **READER,
        refused={
            "PURPOSE_MISSING": {"when": msgspec.structs.replace(QUERY, purpose=" ")},
            "AS_OF_IN_FUTURE": {"when": msgspec.structs.replace(QUERY, as_of=AT + timedelta(1))},
        },
    ),
    Case(
        given=(ADDED, QUERIED), when=EXPORT, then=[EXPORTED],
        refused={"SUBJECT_NOT_EXPORTED": {"when": msgspec.structs.replace(EXPORT, subjects=(uid("s2"),))}},
    ),
    Case(
        given=(ADDED, QUERIED, EXPORTED, QUERIED), by=POLICY, looked_up={"source_corrected": True},
        when=said.AmendReference(reference_id=REFERENCE, reason="决定已纠正", **OF), then=[AMENDED],
        refused={
            "REASON_MISSING": {"when": said.AmendReference(reference_id=REFERENCE, **OF)},
            "SOURCE_NOT_CORRECTED": {"looked_up": {"source_corrected": False}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(AppraisalReference, CASES)


def test_an_export_counts_its_versions_and_not_those_of_the_stream() -> None:
    file = folded(AppraisalReference, Case(given=(ADDED, EXPORTED, EXPORTED), when=QUERY, then=()))
    assert (file.version, file.exports) == (3, 1)
