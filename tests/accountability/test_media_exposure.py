"""MediaExposure: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from contracts.accountability import media_exposure as said
from contracts.record import event_id
from contracts.values import PolicyRef
from services.accountability.domain.media_exposure import MediaExposure
from services.chassis.life_cycle import Refused
from tests.kit.cases import AT, Case, decide, facts_of, staff, suite, uid

EXPOSURE, UNIT, CASE = uid("stream"), uid("s1"), uid("case")
OF: dict[str, Any] = {"exposure_id": EXPOSURE}
TYPICAL = {"exposure.rule": "TYPICAL_CASES"}
NOT_OWN = {"NOT_OWN_BODY": {"by": staff("zhou", "city")}}
PROPOSE = said.ProposeExposure(
    unit_id=UNIT, ground=said.ExposureGround.TYPICAL_CASE, accountability_case_id=CASE, **OF)


def ref_of(policy: dict[str, Any]) -> PolicyRef:
    facts = facts_of(Case(when=PROPOSE, then=(), policy=policy))
    facts.policy.get("exposure.rule")
    return facts.policy.refs["exposure.rule"]


PROPOSED = said.ExposureProposed(
    unit_id=UNIT, ground=said.ExposureGround.TYPICAL_CASE, policy_ref=ref_of(TYPICAL), accountability_case_id=CASE,
    **OF)
REVIEWED = said.ExposureLegallyReviewed(reviewer_id=uid("lawyer"), result=said.LegalReview.CLEARED, **OF)
APPROVED = said.ExposureApproved(approver_id=uid("li"), **OF)
RELEASED = said.ExposureReleased(media=("示例日报",), at=AT, **OF)
REVIEW = said.ReviewExposureLegally(result=said.LegalReview.CLEARED, **OF)
CASES = [
    Case(
        when=PROPOSE, then=[PROPOSED], policy=TYPICAL,
        refused={"GROUND_NOT_IN_LIST": {
            "when": msgspec.structs.replace(PROPOSE, ground=said.ExposureGround.LEGAL_VIOLATION)}},
    ),
    Case(
        given=(PROPOSED,), when=REVIEW, then=[REVIEWED], by=staff("lawyer"),
        refused={"REDACTION_MISSING": {
            "when": msgspec.structs.replace(REVIEW, result=said.LegalReview.CLEARED_WITH_REDACTIONS)}},
    ),
    Case(
        given=(PROPOSED, REVIEWED), when=said.ApproveExposure(**OF), then=[APPROVED],
        refused={
            **NOT_OWN, "APPROVER_IS_REVIEWER": {"by": staff("lawyer")},
            "LEGALLY_OBJECTED": {
                "given": (PROPOSED, msgspec.structs.replace(REVIEWED, result=said.LegalReview.OBJECTED))},
        },
    ),
    Case(
        given=(PROPOSED, REVIEWED, APPROVED), when=said.ReleaseExposure(media=("示例日报",), **OF), then=[RELEASED],
        refused={**NOT_OWN, "MEDIA_MISSING": {"when": said.ReleaseExposure(media=(" ",), **OF)}},
    ),
    Case(
        given=(PROPOSED, REVIEWED, APPROVED, RELEASED), when=said.CorrectExposure(text="原决定已撤销", **OF),
        looked_up={"case_state": "CORRECTED"},
        then=[said.ExposureCorrected(corrects_event_id=event_id(EXPOSURE, 4), text="原决定已撤销", **OF)],
        refused={
            "TEXT_MISSING": {"when": said.CorrectExposure(text="", **OF)},
            "DECISION_UNCHANGED": {"looked_up": {"case_state": "PUBLISHED"}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(MediaExposure, CASES)


def test_where_no_level_has_a_rule_nothing_is_exposed() -> None:
    with pytest.raises(Refused, match="POLICY_UNSET"):
        decide(MediaExposure, replace(CASES[0], policy={}))


@pytest.mark.parametrize("ground", [said.ExposureGround.WEAK_IMPLEMENTATION, said.ExposureGround.LEGAL_VIOLATION])
def test_beijing_exposes_weak_implementation_and_violations(ground: said.ExposureGround) -> None:
    beijing = {"exposure.rule": "MUST_FOR_WEAK_IMPLEMENTATION_AND_VIOLATION"}
    case = replace(CASES[0], policy=beijing, when=msgspec.structs.replace(PROPOSE, ground=ground))
    (event,) = decide(MediaExposure, case)
    assert event.policy_ref == ref_of(beijing)
