"""MediaExposure (曝光): only where a policy in force says so, and after a lawyer has looked (domain 3.5.6)."""

from typing import Any
from uuid import UUID

from contracts.accountability import media_exposure as said
from contracts.record import event_id
from services.accountability.domain.guards import empty, not_own_body
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

RULE = "exposure.rule"
ALLOWED = {
    "MUST_FOR_WEAK_IMPLEMENTATION_AND_VIOLATION": frozenset({"WEAK_IMPLEMENTATION", "LEGAL_VIOLATION"}),
    "TYPICAL_CASES": frozenset({"TYPICAL_CASE"}),
}


@refuses("曝光事由不在当地规定之内")
def ground_not_in_list(_: Any, command: Any, facts: Facts) -> bool:
    """Beijing: weak implementation, violations; Weihai: typical cases; else POLICY_UNSET (domain 5, 46)."""
    return command.ground.value not in ALLOWED[facts.policy.require(RULE)]


@refuses("须写明处理之处")
def redaction_missing(_: Any, command: Any, __: Facts) -> bool:
    """Minors and privacy: what is to be taken out is named."""
    return command.result is said.LegalReview.CLEARED_WITH_REDACTIONS and not command.redactions


@refuses("法律审查认为不宜曝光")
def legally_objected(exposure: Any, _: Any, __: Facts) -> bool:
    """An objection ends it."""
    return exposure.result is said.LegalReview.OBJECTED


@refuses("法律审查人不得批准曝光")
def approver_is_reviewer(exposure: Any, _: Any, facts: Facts) -> bool:
    """Two people."""
    return exposure.reviewer_id == person(facts)


@refuses("须列明媒体")
def media_missing(_: Any, command: Any, __: Facts) -> bool:
    """Where it was shown is where it is corrected."""
    return not any(not empty(name) for name in command.media)


@refuses("须写明更正内容")
def text_missing(_: Any, command: Any, __: Facts) -> bool:
    """A correction says what is right."""
    return empty(command.text)


@refuses("所依据的决定没有改变")
def decision_unchanged(_: Any, __: Any, facts: Facts) -> bool:
    """Corrected when the decision it stood on was."""
    return facts.get("case_state") not in (None, "CORRECTED")


EXPOSURE = LifeCycle("exposure", "曝光", "PROPOSED REVIEWED APPROVED RELEASED CORRECTED", (
    row(NEW, said.ProposeExposure, {said.ExposureProposed: "PROPOSED"}, when=[ground_not_in_list],
        fills={"policy_ref": lambda facts: facts.policy.refs[RULE]}),
    row("PROPOSED", said.ReviewExposureLegally, {said.ExposureLegallyReviewed: "REVIEWED"},
        when=[redaction_missing], fills={"reviewer_id": person}),
    row("REVIEWED", said.ApproveExposure, {said.ExposureApproved: "APPROVED"},
        who=[not_own_body, approver_is_reviewer], when=[legally_objected], fills={"approver_id": person}),
    row("APPROVED", said.ReleaseExposure, {said.ExposureReleased: "RELEASED"},
        who=[not_own_body], when=[media_missing], fills={"at": now}),
    row("RELEASED", said.CorrectExposure, {said.ExposureCorrected: "CORRECTED"},
        when=[text_missing, decision_unchanged]),
))


class MediaExposure(Aggregate, kw_only=True):
    """One exposure."""

    life_cycles = (EXPOSURE,)
    accountability_case_id: UUID | None = None
    reviewer_id: UUID | None = None
    result: said.LegalReview | None = None
    released_version: int = 0

    def correct_exposure(self, _: Any, command: Any, facts: Facts) -> said.ExposureCorrected:
        """What was shown stays on record beside what is right."""
        released = event_id(self.stream, self.released_version)
        return fill(said.ExposureCorrected, command, facts, corrects_event_id=released)

    def on_exposure_released(self, _: Any, __: said.ExposureReleased) -> None:
        """Where the release stands in the stream."""
        self.released_version = self.version + 1
