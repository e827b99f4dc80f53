"""ExpenseClaim: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.personnel import expense_claim as said
from contracts.personnel.expense_claim import ExpenseItem, ExpenseKind
from contracts.values import Role
from services.personnel.domain.expense_claim import ExpenseClaim
from tests.kit.cases import AT, Case, decide, staff, suite, uid

ID, WANG = uid("stream"), uid("wang")
WANG_HERSELF = staff("wang", role=Role.INSPECTOR)
ITEMS = (
    ExpenseItem(kind=ExpenseKind.TRAFFIC, amount=9000), ExpenseItem(kind=ExpenseKind.LABOUR, amount=30000),
)
CLAIM: dict[str, Any] = {"claim_id": ID, "person_id": WANG, "activity_id": uid("a"), "items": ITEMS}
HUNAN = {"expenses.classifiedStandards": {"covered": ["TRAFFIC", "LABOUR"]}}
RATES = {"expenses.rates": {"TRAFFIC": 8000}}


def submitting(**changed: Any) -> said.SubmitClaim:
    return said.SubmitClaim(**{**CLAIM, **changed})


def approving(amount: int) -> said.ApproveClaim:
    return said.ApproveClaim(claim_id=ID, amount=amount)


SUBMITTED = said.ExpenseClaimSubmitted(**CLAIM)
APPROVED = said.ExpenseClaimApproved(
    claim_id=ID, amount=38000, rate_version="expenses.rates@990101/1={'TRAFFIC': 8000}")
REJECT = said.RejectClaim(claim_id=ID, reason="票据不符")

CASES = [
    Case(when=submitting(), by=WANG_HERSELF, policy=HUNAN, looked_up={"took_part": True}, then=[SUBMITTED], refused={
        "NOT_FOR_ONESELF": {"by": staff("chen", role=Role.INSPECTOR)},
        "ITEMS_MISSING": {"when": submitting(items=())},
        "NOT_IN_TEAM": {"looked_up": {"took_part": False}},
        "KIND_NOT_COVERED": {"policy": {"expenses.classifiedStandards": {"covered": ["TRAFFIC"]}}},
    }),
    Case(given=[SUBMITTED], when=approving(38000), policy=RATES, then=[APPROVED], refused={
        "OWN_CLAIM": {"by": staff("wang")},
        "AMOUNT_NOT_POSITIVE": {"when": approving(0)},
        "ABOVE_RATE": {"when": approving(38001)},
    }),
    Case(given=[SUBMITTED], when=REJECT, then=[said.ExpenseClaimRejected(claim_id=ID, reason="票据不符")],
         refused={"REASON_MISSING": {"when": said.RejectClaim(claim_id=ID, reason="")}}),
    Case(given=[SUBMITTED, APPROVED], when=said.PayClaim(claim_id=ID),
         then=[said.ExpenseClaimPaid(claim_id=ID, paid_at=AT)]),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ExpenseClaim, CASES)


def test_without_rates_no_more_is_approved_than_was_claimed() -> None:
    assert len(decide(ExpenseClaim, Case(given=[SUBMITTED], when=approving(39000), then=[]))) == 1
