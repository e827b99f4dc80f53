"""The whole way of one problem through rectification, as a person at the office would tell it."""

from datetime import timedelta

from contracts.rectification import look_back, problem_ledger, rectification_plan, supervision_order
from contracts.values import Role
from tests.kit.cases import uid
from tests.rectification.county import CITY, OFFICE, S1, County, item_of, ledger_id, plan_id

ITEM = item_of("one")
LOOK = uid("look")


def planned(county: County) -> tuple[rectification_plan.PlannedItem, ...]:
    return (rectification_plan.PlannedItem(
        item_id=ITEM, measures=("补齐留样记录",), person_id=uid("zhao"), due_at=county.clock() + timedelta(days=5),
    ),)


def until_it_is_executed(county: County) -> None:
    office, school = county.staff(), county.of_unit()
    county.feed_back("one")
    county.confirm("one")
    county.by(office, problem_ledger.AssignItem(item_id=ITEM, person_id=uid("zhao"), basis="§11"))
    county.by(school, rectification_plan.SubmitPlan(plan_id=plan_id(), items=planned(county)))
    county.by(office, rectification_plan.ReturnPlanForRevision(
        plan_id=plan_id(), reason_codes=(rectification_plan.RevisionReason.EXTENSION_MISSING,)))
    county.by(school, rectification_plan.SubmitPlan(
        plan_id=plan_id(), items=planned(county),
        extension_answers=(rectification_plan.ExtensionAnswer(group="食品安全", method="逐班排查"),)))
    county.by(office, rectification_plan.AcceptPlan(plan_id=plan_id(), department_informed_at=county.clock()))
    county.by(school, problem_ledger.StartItem(item_id=ITEM))


def until_the_order_is_closed(county: County) -> None:
    office, school, inspector = county.staff(), county.of_unit(), county.staff("wang", role=Role.INSPECTOR)
    county.town.advance_to(county.clock() + timedelta(days=35))
    (draft,) = county.told(supervision_order.OrderDrafted)
    order = draft.order_id
    county.by(office, supervision_order.IssueOrder(order_id=order, legal_basis=("§11",)))
    county.by(school, supervision_order.AcknowledgeOrder(order_id=order))
    county.by(school, problem_ledger.ReportCompletion(
        item_id=ITEM, measures_done=("补齐留样记录",), evidence_hashes=("e1",)))
    county.by(inspector, problem_ledger.VerifyItem(item_id=ITEM, method="现场", evidence_hashes=("e2",)))
    county.by(school, supervision_order.ReportCompliance(order_id=order, evidence_hashes=("e3",)))
    county.by(inspector, supervision_order.ConfirmCompliance(order_id=order))
    county.by(office, supervision_order.CloseOrder(order_id=order))


def until_the_list_is_closed(county: County) -> None:
    office, school = county.staff(), county.of_unit()
    county.by(school, rectification_plan.ReportRectification(plan_id=plan_id(), document_hash="d1"))
    county.by(school, rectification_plan.PublishRectification(plan_id=plan_id(), channel="公告栏"))
    county.by(office, problem_ledger.WriteOffItem(item_id=ITEM))


def until_it_is_found_false(county: County) -> None:
    office, checker = county.staff(), county.staff("sun", role=Role.INSPECTOR)
    county.by(office, look_back.ScheduleLookBack(
        look_back_id=LOOK, item_ids=(ITEM,), selection=look_back.Selection.LISTED))
    county.by(checker, look_back.PerformLookBack(
        look_back_id=LOOK, methods=(look_back.LookBackMethod.ON_SITE,), evidence_hashes=("e4",)))
    county.by(checker, look_back.AllegeFalseRectification(
        look_back_id=LOOK, item_id=ITEM, contradictions=("照片为他校所摄",)))
    county.by(office, look_back.EstablishFalseRectification(
        look_back_id=LOOK, item_id=ITEM, evidence_hashes=("e4", "e5"), heard_at=county.clock()))
    county.by(office, look_back.ReportLookBack(look_back_id=LOOK, to_body_ids=(CITY,)))


def test_a_problem_goes_the_whole_way_and_comes_back() -> None:
    county = County()
    until_it_is_executed(county)
    until_the_order_is_closed(county)
    until_the_list_is_closed(county)
    until_it_is_found_false(county)

    assert [name for name in county.names() if name != "NumberTaken"] == [
        "LedgerOpened", "ItemRegistered", "DutyNotified", "PlanRequested", "ItemAssigned",
        "PlanSubmitted", "PlanSentBack", "PlanSubmitted", "PlanAccepted", "ItemPlanned", "ItemStarted",
        "ItemDeadlineLapsed", "OrderDrafted", "SupervisionOrderIssued", "ItemPutUnderOrder",
        "OrderAcknowledged", "CompletionReported", "ItemVerified", "OrderComplianceReported", "OrderComplied",
        "OrderClosed", "RectificationReported", "RectificationPublished", "ItemWrittenOff", "LedgerClosed",
        "RectificationPlanClosed", "LookBackScheduled", "LookBackPerformed", "FalseRectificationAlleged",
        "FalseRectificationEstablished", "ItemReopened", "LedgerReopened", "WeakRectificationFound",
        "LookBackReported",
    ]
    assert county.outcomes() == []
    (established,) = county.told(look_back.FalseRectificationEstablished)
    assert (established.original_verifier_id, established.unit_id) == (uid("wang"), S1)
    (reopened,) = county.told(problem_ledger.LedgerReopened)
    assert (reopened.ledger_id, reopened.item_id) == (ledger_id(), ITEM)
    (registered,) = county.told(problem_ledger.ItemRegistered)
    assert (registered.number, registered.issuing_body_id) == ("990101-2026-000001", OFFICE)
    (issued,) = county.told(supervision_order.SupervisionOrderIssued)
    assert issued.number == "督单〔2026〕1号"
    (written,) = county.told(problem_ledger.ItemWrittenOff)
    assert written.publication_id == plan_id()
