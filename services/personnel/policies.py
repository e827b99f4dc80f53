"""What personnel does about letters: its part of P5, P7 and P12, and what follows from its own (domain 3.0)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.personnel import appointment, conduct_case, credential, inspector, responsibility_area, school_listing
from contracts.personnel.conduct_case import AppliedTo, ConductGround, ConductOutcome
from contracts.personnel.inspector import ExitGround
from contracts.record import Command
from contracts.values import natural_id
from services.chassis.listening import Policy
from services.chassis.loading import origin_of
from services.chassis.policy_values import china_day
from services.personnel.after_training import open_training_year, year_closed
from services.personnel.copies import closed
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.assessment import Assessment
from services.personnel.domain.conduct_case import ConductCase
from services.personnel.domain.credential import Credential
from services.personnel.domain.eligibility import FULL_TIME, years_later
from services.personnel.domain.responsibility_area import ResponsibilityArea
from services.personnel.domain.school_listing import SchoolListing
from services.personnel.finding import App, cards, credential_valid, found, naming
from services.personnel.gathering import STANDING_PLATES

Wishes = Iterator[Command]
TERMINATES = {
    ExitGround.MISCONDUCT: appointment.TerminationGround.MISCONDUCT,
    ExitGround.ASSESSMENT_FAILED: appointment.TerminationGround.ASSESSMENT_FAILED,
}
ENDS = {
    ExitGround.TERM_ENDED: "聘期届满", ExitGround.RESIGNED: "辞聘", ExitGround.HEALTH: "健康原因",
    ExitGround.TRANSFERRED: "调离", ExitGround.DECEASED: "去世",
}
GONE = {"registry.UnitMerged": "学校合并", "registry.UnitSplit": "学校拆分", "registry.UnitClosed": "学校撤销"}
EVERYTHING = (AppliedTo.INSPECTOR, AppliedTo.CREDENTIAL, AppliedTo.APPOINTMENT, AppliedTo.LISTING)
MILD = (AppliedTo.INSPECTOR, AppliedTo.CREDENTIAL, AppliedTo.LISTING)


# --- P5 and what a conduct decision leads to --------------------------------------------------------------


def check_the_verifier(_: App, letter: Letter) -> Wishes:
    """P5: whoever verified what was false has to answer for it."""
    event: Any = letter.event
    yield conduct_case.ReportConduct(
        conduct_case_id=natural_id("ConductCase", event.look_back_id, event.item_id),
        inspector_id=event.original_verifier_id, grounds=(ConductGround.FALSE_VERIFICATION,),
        source_ids=(event.look_back_id, event.item_id),
    )


def carry_out(app: App, letter: Letter) -> Wishes:
    """A decision reaches the inspector and every card; it counts as applied once the inspector's letter says so."""
    event: Any = letter.event
    whom, case_id = event.inspector_id, event.conduct_case_id
    held = [card for card in cards(app, whom) if card.state in {"VALID", "SUSPENDED"}]
    if event.outcome is ConductOutcome.CRITICISM:
        yield conduct_case.ApplyConduct(conduct_case_id=case_id, applied_to=(AppliedTo.INSPECTOR,))
    elif event.outcome is ConductOutcome.SUSPENSION:
        yield inspector.SuspendInspector(inspector_id=whom, reason="违纪违规，暂停履职", conduct_case_id=case_id)
        for card in held:
            yield credential.SuspendCredential(credential_id=card.stream, reason="违纪违规，暂停履职")
    elif event.outcome is ConductOutcome.EXIT:
        yield inspector.RecordExit(
            inspector_id=whom, ground=ExitGround.MISCONDUCT, decided_by=event.decided_by,
            effective_at=letter.head.occurred_at,
        )
        for card in held:
            yield credential.RevokeCredential(credential_id=card.stream, decision_id=case_id)
    if event.outcome in {ConductOutcome.SUSPENSION, ConductOutcome.EXIT}:
        yield from _applied(app, whom)


def _applied(app: App, inspector_id: UUID) -> Wishes:
    """Every decided case of an inspector; those not carried out yet are refused and stay."""
    for case in naming(app, ConductCase, inspector_id):
        if case.state == "DECIDED" and case.outcome is not ConductOutcome.REFERRAL:
            what = EVERYTHING if case.outcome is ConductOutcome.EXIT else MILD
            yield conduct_case.ApplyConduct(conduct_case_id=case.stream, applied_to=what)


# --- P7: whoever is gone or suspended ---------------------------------------------------------------------


def inspector_gone(app: App, letter: Letter) -> Wishes:
    """Whoever is gone shows no card, hangs at no gate and serves no term."""
    event: Any = letter.event
    for card in cards(app, event.inspector_id):
        yield credential.RevokeCredential(credential_id=card.stream)
    yield from _off_the_gates(app, event.inspector_id, "督学退出")
    for term in naming(app, Appointment, event.inspector_id):
        if event.ground in TERMINATES:
            yield appointment.TerminateAppointment(
                appointment_id=term.stream, ground=TERMINATES[event.ground], decision_id=letter.head.event_id)
        else:
            yield appointment.EndAppointment(appointment_id=term.stream, reason=ENDS[event.ground])
    yield from _applied(app, event.inspector_id)


def inspector_suspended(app: App, letter: Letter) -> Wishes:
    """Off the gates; a decided suspension is applied."""
    event: Any = letter.event
    yield from _off_the_gates(app, event.inspector_id, "督学暂停履职")
    yield from _applied(app, event.inspector_id)


def card_void(app: App, letter: Letter) -> Wishes:
    """Whoever has no other valid card is off the gates."""
    event: Any = letter.event
    card = app.load(Credential, event.credential_id)
    holder = card.inspector_id if isinstance(card, Credential) else None
    if holder is not None and not credential_valid(app, holder, letter.head.occurred_at):
        yield from _off_the_gates(app, holder, "督学证失效")


def _off_the_gates(app: App, inspector_id: UUID, reason: str) -> Wishes:
    for plate in naming(app, SchoolListing, inspector_id):
        if plate.inspector_id == inspector_id and plate.state in STANDING_PLATES:
            yield school_listing.WithdrawListing(listing_id=plate.stream, reason=reason)


# --- P12: schools that are gone -----------------------------------------------------------------------------


def school_gone(app: App, letter: Letter) -> Wishes:
    """No plate hangs and no area holds what is no school any more; a successor is listed by its body anew."""
    event: Any = letter.event
    for unit_id in set(event.unit_ids) - set(event.successor_ids):
        for plate in naming(app, SchoolListing, unit_id):
            if plate.state in STANDING_PLATES:
                yield school_listing.WithdrawListing(listing_id=plate.stream, reason=GONE[letter.name])
        for area in naming(app, ResponsibilityArea, unit_id):
            if area.state == "ESTABLISHED" and unit_id in area.schools:
                yield responsibility_area.AdjustArea(
                    area_id=area.stream, removed=(unit_id,), reason=GONE[letter.name])


def one_area_only(app: App, letter: Letter) -> Wishes:
    """A school that one area takes over leaves the other area of the same body."""
    event: Any = letter.event
    taker = app.load(ResponsibilityArea, letter.head.stream)
    for unit_id in getattr(event, "schools", None) or event.added:
        for area in naming(app, ResponsibilityArea, unit_id):
            same = isinstance(taker, ResponsibilityArea) and area.body_id == taker.body_id
            if same and area.stream != letter.head.stream and unit_id in area.schools:
                yield responsibility_area.AdjustArea(
                    area_id=area.stream, removed=(unit_id,), reason="划入其他责任区")


# --- terms ----------------------------------------------------------------------------------------------------


def open_appointment(app: App, letter: Letter) -> Wishes:
    """Whoever is taken on serves a term from that day, as long as policy says; where unset, the body says."""
    event: Any = letter.event
    key = f"appointment.{'fullTime' if event.category in FULL_TIME else 'partTime'}.termYears"
    years = app.applied(origin_of(letter.head), letter.head.occurred_at).get(key)
    if years is not None:
        first = china_day(letter.head.occurred_at)
        yield appointment.OpenAppointment(
            appointment_id=natural_id("Appointment", event.inspector_id, first), inspector_id=event.inspector_id,
            from_=first, to=years_later(first, years) - timedelta(days=1),
        )


def attach_assessment(app: App, letter: Letter) -> Wishes:
    """A confirmed or changed grade stands in the running term."""
    graded = found(app, Assessment, letter.head.stream)
    if graded is None or graded.kind is None or graded.grade is None:
        return
    for term in naming(app, Appointment, graded.inspector_id):
        if term.state == "IN_FORCE":
            yield appointment.AttachAssessment(
                appointment_id=term.stream, assessment_id=graded.stream, kind=graded.kind, grade=graded.grade)


POLICIES = {
    "rectification.FalseRectificationEstablished": Policy(check_the_verifier),
    "personnel.ConductDecided": Policy(carry_out),
    "personnel.InspectorExited": Policy(inspector_gone),
    "personnel.InspectorSuspended": Policy(inspector_suspended),
    "personnel.CredentialSuspended": Policy(card_void),
    "personnel.CredentialRevoked": Policy(card_void),
    "personnel.CredentialExpired": Policy(card_void),
    "personnel.InspectorAppointed": Policy(open_appointment),
    "personnel.InspectorEngaged": Policy(open_appointment),
    "personnel.AssessmentConfirmed": Policy(attach_assessment),
    "personnel.AssessmentContestDecided": Policy(attach_assessment),
    "personnel.PreServiceTrainingCompleted": Policy(open_training_year),
    "personnel.TrainingYearClosed": Policy(year_closed),
    "personnel.AreaEstablished": Policy(one_area_only),
    "personnel.AreaAdjusted": Policy(one_area_only),
    "scheduling.ActivityClosed": Policy(closed),
    **{name: Policy(school_gone) for name in GONE},
}
