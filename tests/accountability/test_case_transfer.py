"""CaseTransfer: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from contracts.accountability import case_transfer as said
from contracts.values import CalendarKind, Role
from services.accountability.domain.case_transfer import CaseTransfer
from services.chassis.official_calendar import official_calendar
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid

TRANSFER, EDU = uid("stream"), uid("edu")
OF: dict[str, Any] = {"transfer_id": TRANSFER}
RULE = {"transfer.answer.deadline": {"amount": 15, "calendar": "WORKING_DAYS"}}
DUE = official_calendar().due(AT, 15, CalendarKind.WORKING_DAYS).due_at
EDU_USER = staff("sun", "edu", Role.DEPARTMENT_USER)
NOT_IT = {"NOT_THE_DEPARTMENT": {"by": staff("sun", "finance", Role.DEPARTMENT_USER)}}

PROPOSED = said.TransferProposed(subject_id=uid("s1"), category=said.TransferCategory.ILLEGAL_RUNNING, **OF)
SENT = said.TransferSent(
    to_authority_id=EDU, sent_at=AT, document_hash="d1", due_at=DUE, calendar=CalendarKind.WORKING_DAYS, **OF)
MOVED = {"old_due_at": DUE, "new_due_at": DUE + timedelta(3), "calendar_revision": "2027", **OF}
ACCEPTED = said.TransferAccepted(at=AT, **OF)
RETURNED = said.TransferReturned(reason="不属本部门", **OF)
SEND = said.SendTransfer(to_authority_id=EDU, document_hash="d1", **OF)
LAPSING = Case(
    given=(PROPOSED, SENT, ACCEPTED), when=said.LapseTransfer(since=DUE, **OF), at=DUE, by=TIMER,
    then=[said.TransferOverdueRaised(since=DUE, **OF)],
)
CASES = [
    Case(
        when=said.ProposeTransfer(subject_id=uid("s1"), category=said.TransferCategory.ILLEGAL_RUNNING, **OF),
        then=[PROPOSED], by=staff("wang", role=Role.INSPECTOR),
    ),
    Case(
        given=(PROPOSED,), when=SEND, then=[SENT], policy=RULE, looked_up={"addressee_kind": "DEPARTMENT"},
        refused={
            "ADDRESSEE_NOT_COMPETENT": {"looked_up": {"addressee_kind": "OFFICE"}},
            "DOCUMENT_MISSING": {"when": msgspec.structs.replace(SEND, document_hash="")},
        },
    ),
    Case(given=(PROPOSED, SENT), when=said.AcceptTransfer(**OF), then=[ACCEPTED], by=EDU_USER, refused=NOT_IT),
    Case(
        given=(PROPOSED, SENT), when=said.ReturnTransfer(reason="不属本部门", **OF), then=[RETURNED], by=EDU_USER,
        refused={**NOT_IT, "REASON_MISSING": {"when": said.ReturnTransfer(reason="", **OF)}},
    ),
    Case(
        given=(PROPOSED, SENT, ACCEPTED), when=said.ReportTransferOutcome(outcome="已责令停办", **OF), by=EDU_USER,
        then=[said.TransferOutcomeReported(outcome="已责令停办", at=AT, **OF)],
        refused={**NOT_IT, "OUTCOME_MISSING": {"when": said.ReportTransferOutcome(outcome="", **OF)}},
    ),
    LAPSING,
    Case(
        given=(PROPOSED, msgspec.structs.replace(SENT, provisional=True)), by=POLICY,
        when=said.RecalculateTransferDeadline(**MOVED), then=[said.TransferDeadlineRecalculated(**MOVED)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(CaseTransfer, CASES)


def test_a_transfer_sent_anew_has_a_new_clock() -> None:
    later = DUE + timedelta(5)
    again = (PROPOSED, SENT, RETURNED, msgspec.structs.replace(SENT, due_at=later))
    assert [at for at, _ in folded(CaseTransfer, replace(LAPSING, given=again)).timers()] == [later]
    assert decide(CaseTransfer, replace(LAPSING, given=again)) == ()


def test_what_nobody_holds_is_not_late() -> None:
    returned = folded(CaseTransfer, replace(LAPSING, given=(PROPOSED, SENT, RETURNED)))
    assert (list(returned.timers()), returned.state) == ([], "PROPOSED")
