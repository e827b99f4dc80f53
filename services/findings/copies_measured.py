"""What findings remembers for measuring: rosters, heads, school types, draws, campaigns, versions of indicators."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.copies import kept
from services.chassis.memos import Memo


class Roster(msgspec.Struct, kw_only=True):
    """The Party committee and the government that a body belongs to."""

    party_committee_body_id: UUID
    government_body_id: UUID


class Head(msgspec.Struct, kw_only=True):
    """The principal in office of a unit."""

    person_id: UUID


class Profile(msgspec.Struct, kw_only=True):
    """What kind of school a unit is."""

    school_type: str
    valid_from: date


class Drawn(msgspec.Struct, kw_only=True):
    """What a draw of scheduling drew."""

    units: tuple[UUID, ...]


class Campaign(msgspec.Struct, kw_only=True):
    """Who takes part in a monitoring campaign, and which elements it asks for."""

    participants: tuple[UUID, ...]
    elements: tuple[str, ...]


class Edition(msgspec.Struct, kw_only=True):
    """A published version of indicators; `leaves` are the codes that are scored."""

    set_id: UUID
    codes: frozenset[str]
    leaves: frozenset[str]


def _roster(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Roster(party_committee_body_id=event.party_committee_body_id,
                      government_body_id=event.government_body_id), event.body_id)


def _head(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Head(person_id=event.person_id), event.unit_id)


def _no_head(app: Any, event: Any) -> Iterator[Memo]:
    head = app.kept.find(Head, event.unit_id)
    if head is not None and head.person_id == event.person_id:
        yield kept(head, event.unit_id)._replace(value=None)


def _profile(app: Any, event: Any) -> Iterator[Memo]:
    known = app.kept.find(Profile, event.unit_id)
    if known is None or known.valid_from <= event.valid_from:
        yield kept(Profile(school_type=event.school_type.value, valid_from=event.valid_from), event.unit_id)


def _drawn(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Drawn(units=event.units), event.draw_id)


def _campaign(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Campaign(participants=event.participants, elements=event.elements), event.campaign_id)


def _edition(_: Any, event: Any) -> Iterator[Memo]:
    codes = frozenset(item.code for item in event.items)
    leaves = codes - {item.parent_code for item in event.items}
    yield kept(Edition(set_id=event.set_id, codes=codes, leaves=leaves), event.unit_type.value, event.version)


MEASURED: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    "registry.LeadershipRosterChanged": _roster,
    "registry.PrincipalTermStarted": _head,
    "registry.PrincipalTermEnded": _no_head,
    "registry.SchoolProfileChanged": _profile,
    "scheduling.DrawExecuted": _drawn,
    "scheduling.CampaignDefined": _campaign,
    "findings.IndicatorSetPublished": _edition,
}
