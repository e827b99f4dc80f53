"""Where findings end and rectification begins: two services that only write each other letters."""

from datetime import timedelta

from contracts.findings import feedback, finding
from contracts.rectification import problem_ledger, rectification_plan
from contracts.values import natural_id
from services.chassis.announcing import all_letters
from services.findings.application import Findings
from services.personnel.application import Personnel
from services.rectification.application import Rectification
from services.registry.policy_documents import reviewed_documents
from services.scheduling.application import Scheduling
from tests.findings.test_walk import ACTIVITY, FEEDBACK, OFFICE, UNIT, deliver, lead, li, record, set_out, state
from tests.kit.cases import uid
from tests.kit.county import ZHAO, settle_county, town_of


def test_what_is_confirmed_is_listed_and_the_plan_waits_for_what_is_disputed() -> None:
    town = settle_county(town_of(Personnel, Scheduling, Findings, Rectification))
    local = next(document for document in reviewed_documents() if document.jurisdiction == "LOCAL")
    for service in town.services.values():
        service.reference.publish(local)
    set_out(town)
    for key in ("f1", "f2"):
        record(town, key)
    lead(town, feedback.PrepareFeedback(
        feedback_id=FEEDBACK, activity_id=ACTIVITY, unit_id=UNIT, form=feedback.FeedbackForm.MEETING))
    deliver(town, "f1", "f2")
    town.submit_as(ZHAO, finding.SubmitDefence(finding_id=uid("f1"), text="已补齐"))
    town.advance_to(town.clock.now + timedelta(days=17))
    assert [state(town, key) for key in ("f1", "f2")] == ["IN_DEFENCE", "LEDGERED"]
    li(town, finding.DecideDefence(
        finding_id=uid("f1"), outcome=finding.DefenceOutcome.WITHDRAWN, reasons="已补齐", authority="复核决定"))
    letters = list(all_letters(town.services["rectification"].recorder, "rectification"))
    (item,) = [each.event for each in letters if isinstance(each.event, problem_ledger.ItemRegistered)]
    (plan,) = [each.event for each in letters if isinstance(each.event, rectification_plan.PlanRequested)]
    assert item.issuing_body_id == OFFICE
    assert (plan.item_ids, plan.ledger_id) == ((item.item_id,), natural_id("ProblemLedger", UNIT, ACTIVITY, OFFICE))
