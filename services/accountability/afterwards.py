"""What follows from accountability's own events: references, measures, corrections (domain 3.0, P10 and P14)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.accountability.appraisal_reference import AddReference, AmendReference, ReferenceKind
from contracts.accountability.interview import CompleteFiling
from contracts.accountability.media_exposure import CorrectExposure
from contracts.accountability.private_school_measure import PrivateMeasureKind, ProposeMeasure, TransferMeasure
from contracts.letter import Letter
from contracts.record import Command
from contracts.values import MeasureModality, natural_id
from services.accountability.domain.accountability_case import AccountabilityCase
from services.accountability.domain.decision_guards import private_measures
from services.accountability.domain.interview import Interview
from services.accountability.domain.media_exposure import MediaExposure
from services.accountability.remembered import Exposed, Filed
from services.chassis.listening import Policy

Wishes = Iterator[Command]


def refer(subject_id: UUID, kind: ReferenceKind, source_id: UUID) -> AddReference:
    """One result into the file of one subject."""
    return AddReference(
        file_id=natural_id("AppraisalReference", subject_id), subject_id=subject_id, kind=kind, source_id=source_id,
        reference_id=natural_id("Reference", source_id, subject_id),
    )


def amend(app: Any, source_id: UUID, reason: str) -> Wishes:
    """Every reference that rests on a source which did not stand."""
    for filed in app.kept.below(Filed, source_id):
        yield AmendReference(file_id=filed.file_id, reference_id=filed.reference_id, reason=reason)


def record_filed(app: Any, letter: Letter) -> Wishes:
    """The last receipt completes the filing."""
    event: Any = letter.event
    found = app.load(Interview, event.interview_id)
    if found is not None and found.state == "RECORDED" and None not in found.filings.values():
        yield CompleteFiling(interview_id=event.interview_id)


def filing_completed(_: Any, letter: Letter) -> Wishes:
    """P10: into the files of the unit and of the persons."""
    event: Any = letter.event
    for subject in filter(None, (event.unit_id, *event.person_ids)):
        yield refer(subject, ReferenceKind.INTERVIEW, event.interview_id)


def circular_issued(_: Any, letter: Letter) -> Wishes:
    """Into the files of the unit and of those about whom something was suggested."""
    event: Any = letter.event
    persons = {person for suggestion in event.suggestions for person in suggestion.person_ids}
    for subject in (event.unit_id, *sorted(persons)):
        yield refer(subject, ReferenceKind.CIRCULAR, event.circular_id)


def case_decided(_: Any, letter: Letter) -> Wishes:
    """What was decided against a private school is proposed to whoever carries it out."""
    event: Any = letter.event
    for measure in private_measures(event.measures):
        yield ProposeMeasure(
            measure_id=measure_id(event.accountability_case_id, measure), unit_id=measure.subject_id,
            accountability_case_id=event.accountability_case_id, kind=PrivateMeasureKind(measure.kind.value),
        )


def case_served(app: Any, letter: Letter) -> Wishes:
    """What must be done is handed over at once; and the decision is a reference."""
    event: Any = letter.event
    case = app.load(AccountabilityCase, event.accountability_case_id)
    for measure in private_measures(case.measures):
        if measure.modality is MeasureModality.MUST:
            yield TransferMeasure(measure_id=measure_id(case.stream, measure))
    yield refer(case.against.id, ReferenceKind.CASE, case.stream)


def measure_id(case_id: UUID, measure: Any) -> UUID:
    """The stream of a measure: one per case, unit and kind."""
    kind = PrivateMeasureKind(measure.kind.value)
    return natural_id("PrivateSchoolMeasure", case_id, measure.subject_id, kind)


def case_corrected(app: Any, letter: Letter) -> Wishes:
    """P14: references are amended, what was shown in the media is corrected."""
    event: Any = letter.event
    yield from amend(app, event.accountability_case_id, event.reason)
    for exposed in app.kept.below(Exposed, event.accountability_case_id):
        exposure = app.load(MediaExposure, exposed.exposure_id)
        if exposure is not None and exposure.state == "RELEASED":
            yield CorrectExposure(exposure_id=exposed.exposure_id, text=f"所依据的问责决定已纠正：{event.reason}")


AFTERWARDS = {
    "accountability.InterviewRecordFiled": Policy(record_filed),
    "accountability.InterviewFilingCompleted": Policy(filing_completed),
    "accountability.CircularIssued": Policy(circular_issued),
    "accountability.CaseDecided": Policy(case_decided),
    "accountability.CaseServed": Policy(case_served),
    "accountability.CaseCorrected": Policy(case_corrected),
}
