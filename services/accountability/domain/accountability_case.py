"""AccountabilityCase (问责): facts, hearing, decision, remedies, against one unit or one person (domain 3.5.3)."""

from typing import Any
from uuid import UUID

from contracts.accountability import accountability_case as said
from contracts.record import event_id
from services.accountability.domain import case_guards as case
from services.accountability.domain import decision_guards as decision
from services.accountability.domain import guards
from services.accountability.domain.case_clocks import CaseClocks
from services.accountability.domain.clocks import clock
from services.chassis.aggregates import fill
from services.chassis.facts import Facts, now
from services.chassis.guards import evidence_missing, reason_missing, reasons_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row

STATES = "PROPOSED OPEN INVESTIGATED NOTIFIED HEARD DECIDED SERVED ENFORCED PUBLISHED CORRECTED ARCHIVED CLOSED"
ENFORCING = (evidence_missing, decision.must_measure_not_transferred, decision.measure_not_accepted)
AUTHORITY = (case.not_deciding_authority,)

CASE = LifeCycle("case", "问责案", STATES, (
    row(NEW, said.ProposeCase, {said.CaseProposed: "PROPOSED"},
        when=[guards.ground_missing, case.ground_not_in_list, case.tier_not_for_ground, guards.source_missing,
              case.proof_missing]),
    row("PROPOSED", said.OpenCase, {said.CaseOpened: "OPEN"},
        who=[case.not_own_authority], when=[case.team_missing], fills={"opened_at": now}),
    row("PROPOSED", said.DeclineCase, {said.CaseDeclined: "CLOSED"}, when=[reasons_missing]),
    row("OPEN", said.EstablishFacts, {said.CaseFactsEstablished: "INVESTIGATED"},
        who=AUTHORITY, when=[case.facts_missing, evidence_missing]),
    row("INVESTIGATED", said.NotifyFacts, {said.CaseFactsNotified: "NOTIFIED"}, who=AUTHORITY,
        fills={"subject_id": lambda facts: facts.whole.against.id, "notified_at": now}),
    row("NOTIFIED", said.HearSubject, {said.CaseHeard: "HEARD"},
        who=[guards.not_the_subject], when=[case.defence_missing]),
    row("HEARD", said.DecideCase, {said.CaseDecided: "DECIDED"}, who=AUTHORITY,
        when=[decision.measure_missing, decision.measure_of_another, guards.legal_basis_missing,
              decision.consequences_not_proven, decision.not_private, decision.measure_not_allowed,
              decision.must_measure_missing, decision.modality_not_prescribed]),
    row("DECIDED", said.ServeCase, {said.CaseServed: "SERVED"}, who=AUTHORITY),
    row("SERVED", said.EnforceCase, {said.CaseEnforced: "ENFORCED"}, when=ENFORCING),
    row("PUBLISHED", said.EnforceCase, {said.CaseEnforced: SAME}, when=ENFORCING),
    row("SERVED, ENFORCED", said.PublishCase, {said.CasePublished: "PUBLISHED"}, who=AUTHORITY,
        when=[guards.channel_missing, case.not_to_society], fills={"published_at": now}),
    row("SERVED, ENFORCED, PUBLISHED", said.RequestReview, {said.CaseReviewRequested: SAME},
        who=[guards.not_the_subject], when=[case.review_used, case.review_window_over]),
    row("SERVED, ENFORCED, PUBLISHED", said.DecideReview, {said.CaseReviewDecided: SAME}, who=AUTHORITY,
        when=[case.no_review, reasons_missing]),
    row("SERVED, ENFORCED, PUBLISHED", said.LodgeAppeal, {said.CaseAppealed: SAME}, who=[guards.not_the_subject],
        when=[case.appeal_used, case.review_pending, case.appeal_window_over, case.not_next_upper_body]),
    row("SERVED, ENFORCED, PUBLISHED", said.DecideAppeal, {said.CaseAppealDecided: SAME},
        when=[case.no_appeal, case.not_appeal_body, reasons_missing]),
    row("SERVED, ENFORCED, PUBLISHED", said.CorrectCase, {said.CaseCorrected: "CORRECTED"}, who=AUTHORITY,
        when=[case.not_overturned, reason_missing]),
    row("ENFORCED, PUBLISHED, CORRECTED", said.ArchiveCase, {said.CaseArchived: "ARCHIVED"},
        when=[case.not_enforced, case.window_open], fills={"archived_at": now}),
    row("PROPOSED, SERVED, ENFORCED, PUBLISHED", said.LapseCase, {said.CaseOverdueRaised: SAME}),
    row("PROPOSED, SERVED, ENFORCED, PUBLISHED", said.RecalculateCaseDeadline, {said.CaseDeadlineRecalculated: SAME}),
), apart=(said.CaseProposed, said.CaseReviewDecided, said.CaseAppealed, said.CaseAppealDecided))


class AccountabilityCase(CaseClocks, kw_only=True):
    """One case; its clocks run beside it."""

    life_cycles = (CASE,)
    against: said.CaseSubject | None = None
    tier: said.CaseTier = said.CaseTier.A
    unit_id: UUID | None = None
    authority_body_id: UUID | None = None
    measures: tuple[said.CaseMeasure, ...] = ()
    decided_version: int = 0
    enforced: bool = False

    # --- decide -----------------------------------------------------------------------------------

    def propose_case(self, _: Any, command: Any, facts: Facts) -> said.CaseProposed:
        """A team is to be there in time (2021 measures)."""
        return fill(said.CaseProposed, command, facts, **clock(facts, "accountability.team.deadline"))

    def decide_case(self, _: Any, command: Any, facts: Facts) -> said.CaseDecided:
        """With what the departments need to act on it."""
        return fill(said.CaseDecided, command, facts, subject=self.against, unit_id=self.unit_id)

    def serve_case(self, _: Any, command: Any, facts: Facts) -> said.CaseServed:
        """From now on it can be fought, and is to be published."""
        review = clock(facts, "accountability.review.request", "review_due_at")
        prompt = clock(facts, "window.promptly") if facts.policy.get("accountability.publication") else {}
        return fill(said.CaseServed, command, facts, served_at=facts.at,
                    publication_due_at=prompt.get("due_at"),
                    publication_provisional=prompt.get("provisional", False), **review)

    def request_review(self, _: Any, command: Any, facts: Facts) -> said.CaseReviewRequested:
        """Enforcement is not stopped."""
        return fill(said.CaseReviewRequested, command, facts, subject_id=self.against.id if self.against else None,
                    at=facts.at, **clock(facts, "accountability.review.decision"))

    def decide_review(self, _: Any, command: Any, facts: Facts) -> said.CaseReviewDecided:
        """The answer says until when it can be appealed."""
        return fill(said.CaseReviewDecided, command, facts, at=facts.at,
                    **clock(facts, "accountability.appeal.request", "appeal_due_at"))

    def lodge_appeal(self, _: Any, command: Any, facts: Facts) -> said.CaseAppealed:
        """To the next upper body; enforcement is not stopped."""
        return fill(said.CaseAppealed, command, facts, to_body_id=facts["upper_body_id"], at=facts.at,
                    **clock(facts, "accountability.appeal.decision"))

    def decide_appeal(self, _: Any, command: Any, facts: Facts) -> said.CaseAppealDecided:
        """What is wrong is corrected in time."""
        wrong = command.outcome is not said.RemedyOutcome.UPHELD
        return fill(said.CaseAppealDecided, command, facts, at=facts.at,
                    **(clock(facts, "accountability.correction", "correction_due_at") if wrong else {}))

    def correct_case(self, _: Any, command: Any, facts: Facts) -> said.CaseCorrected:
        """The decision stands as it was written; this one answers it."""
        decided = event_id(self.stream, self.decided_version)
        return fill(said.CaseCorrected, command, facts, corrects_event_id=decided)

    # --- evolve -----------------------------------------------------------------------------------

    def on_case_proposed(self, _: Any, event: said.CaseProposed) -> None:
        """The one subject of this case."""
        self.against, self.tier, self.unit_id = event.subject, event.tier, event.unit_id
        self._run(said.CaseClock.OPENING, event.due_at, event.provisional)

    def on_case_opened(self, _: Any, __: said.CaseOpened) -> None:
        """In time or late, it is open."""
        self._run(said.CaseClock.OPENING, None)

    def on_case_decided(self, _: Any, __: said.CaseDecided) -> None:
        """Where the decision stands in the stream."""
        self.decided_version = self.version + 1

    def on_case_served(self, _: Any, event: said.CaseServed) -> None:
        """To be published promptly; and the window of the review opens."""
        self._run(said.CaseClock.PUBLICATION, event.publication_due_at, event.publication_provisional)
        self._guess(said.CaseClock.REVIEW_REQUEST, event.review_due_at, event.provisional)

    def on_case_enforced(self, _: Any, __: said.CaseEnforced) -> None:
        """A published case stays published."""
        self.enforced = True
        self.state = "ENFORCED" if self.state == "SERVED" else self.state

    def on_case_published(self, _: Any, event: said.CasePublished) -> None:
        """Done and published: the clock of the archive may run."""
        self._run(said.CaseClock.PUBLICATION, None)
        self.settled_at = event.published_at if self.enforced else None

    def on_case_review_requested(self, _: Any, event: said.CaseReviewRequested) -> None:
        """Once."""
        self.review_requested = True
        self._guess(said.CaseClock.REVIEW_REQUEST, None)
        self._run(said.CaseClock.REVIEW, event.due_at, event.provisional)

    def on_case_review_decided(self, _: Any, event: said.CaseReviewDecided) -> None:
        """The window of the appeal opens."""
        self.review_outcome, self.appeal_due_at = event.outcome, event.appeal_due_at
        self._guess(said.CaseClock.APPEAL_REQUEST, event.appeal_due_at, event.provisional)
        self._answered(said.CaseClock.REVIEW, event.at)

    def on_case_appealed(self, _: Any, event: said.CaseAppealed) -> None:
        """Once."""
        self.to_body_id = event.to_body_id
        self._guess(said.CaseClock.APPEAL_REQUEST, None)
        self._run(said.CaseClock.APPEAL, event.due_at, event.provisional)

    def on_case_appeal_decided(self, _: Any, event: said.CaseAppealDecided) -> None:
        """The last word."""
        self.appeal_outcome = event.outcome
        self._answered(said.CaseClock.APPEAL, event.at)
        self._run(said.CaseClock.CORRECTION, event.correction_due_at, event.provisional)
