"""ThirdPartyEvaluation: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.findings import third_party_evaluation as said
from services.findings.domain.third_party_evaluation import ThirdPartyEvaluation
from tests.kit.cases import Case, folded, suite, uid

COMMISSION = uid("stream")


def commissioning(**changed: Any) -> said.Commission:
    return said.Commission(**{
        "commission_id": COMMISSION, "contractor_id": uid("firm"), "scope": "义务教育质量监测",
        "purchase_ref": "采购〔2026〕3号", "conflicts_declared": (), **changed})


def using(ref: str = "finding") -> said.RecordUse:
    return said.RecordUse(commission_id=COMMISSION, used_for=said.EvaluationUse.IMPROVEMENT, ref_id=uid(ref))


def disputing(reasons: str = "样本不足") -> said.Dispute:
    return said.Dispute(commission_id=COMMISSION, reasons=reasons)


COMMISSIONED = said.ThirdPartyCommissioned(
    commission_id=COMMISSION, contractor_id=uid("firm"), scope="义务教育质量监测", purchase_ref="采购〔2026〕3号",
    conflicts_declared=())
DELIVERED = said.ThirdPartyDelivered(commission_id=COMMISSION, report_hash="h")
ACCEPTED = said.ThirdPartyAccepted(commission_id=COMMISSION, accepter_id=uid("li"))
DISPUTED = said.ThirdPartyDisputed(commission_id=COMMISSION, reasons="样本不足")
USED = said.ThirdPartyUsed(commission_id=COMMISSION, used_for=said.EvaluationUse.IMPROVEMENT, ref_id=uid("finding"))

CASES = [
    Case(
        when=commissioning(), then=[COMMISSIONED],
        refused={
            "SCOPE_MISSING": {"when": commissioning(scope=" ")},
            "PURCHASE_MISSING": {"when": commissioning(purchase_ref="")},
            "CONFLICT_BLANK": {"when": commissioning(conflicts_declared=(" ",))},
            "CONTRACTOR_NOT_THIRD": {"when": commissioning(contractor_id=uid("office"))},
        },
    ),
    Case(
        given=[COMMISSIONED], when=said.Deliver(commission_id=COMMISSION, report_hash="h"), then=[DELIVERED],
        refused={"DOCUMENT_MISSING": {"when": said.Deliver(commission_id=COMMISSION, report_hash=" ")}},
    ),
    Case(given=[COMMISSIONED, DELIVERED], when=said.Accept(commission_id=COMMISSION), then=[ACCEPTED]),
    Case(given=[COMMISSIONED, DELIVERED], when=disputing(), then=[DISPUTED],
         refused={"REASONS_MISSING": {"when": disputing("")}}),
    Case(given=[COMMISSIONED, DELIVERED, ACCEPTED], when=using(), then=[USED]),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ThirdPartyEvaluation, CASES)


def test_a_disputed_report_is_delivered_again_mended() -> None:
    given = [COMMISSIONED, DELIVERED, DISPUTED, said.ThirdPartyDelivered(commission_id=COMMISSION, report_hash="h2")]
    assert folded(ThirdPartyEvaluation, Case(given=given, when=using(), then=[])).state == "DELIVERED"
