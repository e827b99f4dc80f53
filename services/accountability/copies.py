"""Which small copies each event changes (domain 3.0, 3.5)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from services.accountability.domain.accountability_case import AccountabilityCase
from services.accountability.domain.circular import Circular
from services.accountability.recalculation import REMEMBERED
from services.accountability.remembered import (
    Blemish,
    Evaluation,
    Exposed,
    Filed,
    Handed,
    HeadOfUnit,
    Item,
    Leadership,
    Ledger,
    Listed,
    Order,
    Overturned,
    Profile,
)
from services.chassis.copies import kept
from services.chassis.memos import Memo


def gone(memos: Iterator[Memo]) -> Iterator[Memo]:
    """The same copies, no longer there."""
    return (memo._replace(value=None) for memo in memos)


def _profile(_: Any, event: Any) -> Iterator[Memo]:
    profile = Profile(valid_from=event.valid_from, ownership=event.ownership.value)
    yield kept(profile, event.unit_id, event.valid_from)


def _leadership(_: Any, event: Any) -> Iterator[Memo]:
    led = Leadership(party=event.party_committee_body_id, government=event.government_body_id)
    yield kept(led, event.body_id)


def _head(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(HeadOfUnit(person_id=event.person_id), event.unit_id, event.person_id)


def _ledger(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Ledger(unit_id=event.unit_id), event.ledger_id)


def _item(app: Any, event: Any) -> Iterator[Memo]:
    unit_id = app.kept.find(Ledger, event.ledger_id).unit_id
    severe = event.severity.value in {"SEVERE", "DANGER"}
    yield kept(Item(item_id=event.item_id, unit_id=unit_id, severe=severe), event.item_id)
    yield _listed(unit_id, event)


def _listed(unit_id: UUID, event: Any) -> Memo:
    return kept(Listed(item_id=event.item_id), unit_id, event.item_id)


def _item_is(state: str) -> Callable[[Any, Any], Iterator[Memo]]:
    def move(app: Any, event: Any) -> Iterator[Memo]:
        item = app.kept.find(Item, event.item_id)
        item.state = state
        yield kept(item, event.item_id)

    return move


def _item_goes(app: Any, event: Any) -> Iterator[Memo]:
    item = app.kept.find(Item, event.item_id)
    yield from gone(iter([_listed(item.unit_id, event)]))
    item.unit_id = event.to_unit_id
    yield _listed(item.unit_id, event)
    yield kept(item, event.item_id)


def _order(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Order(item_ids=event.item_ids), event.order_id)


def _grade(_: Any, event: Any) -> Iterator[Memo]:
    grade = getattr(event.grade, "value", event.grade)
    yield kept(Evaluation(grade=str(grade)), event.evaluation_id)


def _overturned(field: str) -> Callable[[Any, Any], Iterator[Memo]]:
    return lambda _, event: iter([kept(Overturned(), getattr(event, field))])


def _case(app: Any, event: Any) -> Iterator[Memo]:
    case_id = event.accountability_case_id
    case = app.load(AccountabilityCase, case_id)
    yield kept(Blemish(source_id=case_id), case.against.id, "CASE", case_id)


def _case_over(app: Any, event: Any) -> Iterator[Memo]:
    yield from gone(_case(app, event))


def _case_corrected(app: Any, event: Any) -> Iterator[Memo]:
    yield from _case_over(app, event)
    yield kept(Overturned(), event.accountability_case_id)


def _circular(_: Any, event: Any) -> Iterator[Memo]:
    persons = {person for suggestion in event.suggestions for person in suggestion.person_ids}
    for subject in [event.unit_id, *sorted(persons)]:
        yield kept(Blemish(source_id=event.circular_id), subject, "CIRCULAR", event.circular_id)


def _circular_over(app: Any, event: Any) -> Iterator[Memo]:
    yield from gone(_circular(app, app.load(Circular, event.circular_id)))


def _filed(_: Any, event: Any) -> Iterator[Memo]:
    filed = Filed(file_id=event.file_id, reference_id=event.reference_id)
    yield kept(filed, event.source_id, event.reference_id)


def _exposed(_: Any, event: Any) -> Iterator[Memo]:
    if event.accountability_case_id is not None:
        yield kept(Exposed(exposure_id=event.exposure_id), event.accountability_case_id, event.exposure_id)


def _handed(_: Any, event: Any) -> Iterator[Memo]:
    for source in event.source_ids:
        yield kept(Handed(transfer_id=event.transfer_id), source, event.transfer_id)


COPIES: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    **REMEMBERED,
    "registry.SchoolProfileChanged": _profile,
    "registry.LeadershipRosterChanged": _leadership,
    "registry.PrincipalTermStarted": _head,
    "registry.PrincipalTermEnded": lambda app, event: gone(_head(app, event)),
    "rectification.LedgerOpened": _ledger,
    "rectification.ItemRegistered": _item,
    "rectification.ItemVerified": _item_is("VERIFIED"),
    "rectification.ItemWrittenOff": _item_is("DONE"),
    "rectification.ItemCancelled": _item_is("DONE"),
    "rectification.ItemReopened": _item_is("OPEN"),
    "rectification.ItemRepointed": _item_goes,
    "rectification.OrderDrafted": _order,
    "rectification.FalseRectificationEstablished": _overturned("unit_id"),
    "findings.FindingWithdrawn": _overturned("finding_id"),
    "findings.EvaluationGraded": _grade,
    "accountability.CaseOpened": _case,
    "accountability.CaseCorrected": _case_corrected,
    "accountability.CaseArchived": _case_over,
    "accountability.CircularIssued": _circular,
    "accountability.CircularLifted": _circular_over,
    "accountability.ReferenceAdded": _filed,
    "accountability.ExposureProposed": _exposed,
    "accountability.TransferProposed": _handed,
}
