"""What accountability does about letters of others: its part of P3, P4, P5, P6, P13 and P14 (domain 3.0)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.accountability.accountability_case import CaseGround, CaseSubject, ProposeCase, SubjectKind
from contracts.accountability.appraisal_reference import ReferenceKind
from contracts.accountability.circular import CircularGround, DraftCircular
from contracts.accountability.interview import InterviewGround, ProposeInterview
from contracts.letter import Letter
from contracts.record import Command
from contracts.values import Severity, natural_id
from services.accountability.afterwards import AFTERWARDS, amend, refer
from services.accountability.recalculation import recalculate
from services.accountability.remembered import HeadOfUnit, Thread
from services.chassis.copies import kept
from services.chassis.facts import AppliedPolicy
from services.chassis.listening import Policy
from services.chassis.loading import origin_of
from services.chassis.memos import Memo
from services.chassis.reference import Unit
from services.chassis.scope import last_of

Wishes = Iterator[Command | Memo]
WEAK = CaseGround.WEAK_RECTIFICATION


def place(app: Any, letter: Letter) -> AppliedPolicy:
    """What is prescribed where and when it happened."""
    applied: AppliedPolicy = app.applied(origin_of(letter.head), letter.head.occurred_at)
    return applied


def unit_of(letter: Letter) -> UUID | None:
    """The unit that a letter is about."""
    return last_of(letter.head.unit_path or "")


def circular(app: Any, letter: Letter, unit_id: UUID | None, source: UUID, *wanted: CircularGround) -> Wishes:
    """A draft on the first ground wanted that the place has; where it has no list, the refusal is on record."""
    listed = place(app, letter).get("circular.grounds") or [ground.value for ground in wanted]
    ground = next((ground for ground in wanted if ground.value in listed), wanted[-1])
    if unit_id is not None and app.reference.knows(Unit, unit_id):
        yield DraftCircular(
            circular_id=natural_id("Circular", source), unit_id=unit_id, ground_codes=(ground,), source_ids=(source,),
        )


def weak_case(app: Any, letter: Letter, subject: UUID | None, source: UUID, evidence: tuple[str, ...] = ()) -> Wishes:
    """A case where weak rectification is a ground (Beijing, Weihai); in Hunan it is one of a circular only."""
    listed = place(app, letter).get("accountability.grounds.tierA") or ()
    if WEAK.value not in listed:
        yield from circular(app, letter, subject, source, CircularGround.WEAK_RECTIFICATION)
    elif subject is not None:
        yield ProposeCase(
            accountability_case_id=natural_id("AccountabilityCase", source, subject), ground_codes=(WEAK,),
            subject=CaseSubject(kind=SubjectKind.UNIT, id=subject), source_ids=(source,), evidence_hashes=evidence,
        )


def interview(app: Any, letter: Letter, unit_id: UUID | None, source: UUID) -> Wishes:
    """Of the unit's heads: duties not fulfilled, or as the place words it (WH §16)."""
    listed = place(app, letter).get("interview.grounds") or ()
    duties = (InterviewGround.DUTIES_NOT_FULFILLED, InterviewGround.DUTIES_PROMINENT_PROBLEMS)
    ground = next((ground for ground in duties if ground.value in listed), duties[0])
    if unit_id is not None and app.reference.knows(Unit, unit_id):
        yield ProposeInterview(
            interview_id=natural_id("Interview", source), unit_id=unit_id, ground_codes=(ground,),
            person_ids=tuple(head.person_id for head in app.kept.below(HeadOfUnit, unit_id)),
            severity=Severity.SEVERE, source_ids=(source,),
        )


# --- rectification ----------------------------------------------------------------------------------


def remember_item(_: Any, letter: Letter) -> Wishes:
    """To which cases an item belongs."""
    event: Any = letter.event
    yield kept(Thread(case_ids=letter.head.case_ids), event.item_id)


def remember_order(_: Any, letter: Letter) -> Wishes:
    """To which cases an order belongs."""
    yield kept(Thread(case_ids=letter.head.case_ids), letter.head.stream)


def not_timely(app: Any, letter: Letter) -> Wishes:
    """P3: where nobody prescribes the order, a circular."""
    event: Any = letter.event
    if not place(app, letter).get("rectification.order.enabled"):
        wanted = (CircularGround.NOT_AS_REQUIRED, CircularGround.NOT_COMPLETED, CircularGround.WEAK_RECTIFICATION)
        yield from circular(app, letter, unit_of(letter), event.item_id, *wanted)


def not_thorough(app: Any, letter: Letter) -> Wishes:
    """P3: the same, for what was done badly."""
    event: Any = letter.event
    if not place(app, letter).get("rectification.order.enabled"):
        yield from circular(app, letter, unit_of(letter), event.item_id, CircularGround.WEAK_RECTIFICATION)


def order_lapsed(app: Any, letter: Letter) -> Wishes:
    """P4: nobody judged yet how grave it is, so a circular."""
    yield from circular(app, letter, unit_of(letter), letter.head.stream, CircularGround.WEAK_RECTIFICATION)


def order_escalated(app: Any, letter: Letter) -> Wishes:
    """P4: the body judged; whether consequences were serious is for the decision to prove."""
    event: Any = letter.event
    order, unit_id = letter.head.stream, unit_of(letter)
    if event.to.value == "CASE":
        yield from weak_case(app, letter, unit_id, order)
    elif event.to.value == "INTERVIEW":
        yield from interview(app, letter, unit_id, order)
    else:
        yield from order_lapsed(app, letter)


def false_rectification(app: Any, letter: Letter) -> Wishes:
    """P5."""
    event: Any = letter.event
    source = natural_id("FalseRectification", event.look_back_id, event.item_id)
    yield from weak_case(app, letter, event.unit_id, source, event.evidence_hashes)


def joint_liability(app: Any, letter: Letter) -> Wishes:
    """P6: the department is the subject."""
    event: Any = letter.event
    yield from weak_case(app, letter, event.department_id, letter.head.stream)


# --- findings ---------------------------------------------------------------------------------------


def evaluation_graded(app: Any, letter: Letter) -> Wishes:
    """P13; every grade is a reference."""
    event: Any = letter.event
    unit_id = event.target_id or unit_of(letter)
    yield kept(Thread(case_ids=letter.head.case_ids), event.evaluation_id)
    if unit_id is None:
        return
    if event.grade.value == "UNQUALIFIED":
        yield ProposeCase(
            accountability_case_id=natural_id("AccountabilityCase", event.evaluation_id, unit_id),
            subject=CaseSubject(kind=SubjectKind.UNIT, id=unit_id), source_ids=(event.evaluation_id,),
            ground_codes=(CaseGround.EVALUATION_UNQUALIFIED,),
        )
        yield from interview(app, letter, unit_id, event.evaluation_id)
    yield refer(unit_id, ReferenceKind.EVALUATION, event.evaluation_id)


def finding_withdrawn(app: Any, letter: Letter) -> Wishes:
    """P14."""
    event: Any = letter.event
    yield from amend(app, event.finding_id, event.reason)


POLICIES = {
    "registry.CalendarYearPublished": Policy(recalculate),
    "rectification.ItemRegistered": Policy(remember_item),
    "rectification.OrderDrafted": Policy(remember_order),
    "rectification.ItemDeadlineLapsed": Policy(not_timely),
    "rectification.ItemVerificationFailed": Policy(not_thorough),
    "rectification.OrderDeadlineLapsed": Policy(order_lapsed),
    "rectification.OrderEscalated": Policy(order_escalated),
    "rectification.FalseRectificationEstablished": Policy(false_rectification),
    "rectification.JointLiabilityEstablished": Policy(joint_liability),
    "findings.EvaluationGraded": Policy(evaluation_graded),
    "findings.FindingWithdrawn": Policy(finding_withdrawn),
    **AFTERWARDS,
}
