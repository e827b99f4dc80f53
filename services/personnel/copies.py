"""What personnel remembers: credentials and numbers of its own, teams, results and school types of others."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.personnel import credential
from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day


class Card(msgspec.Struct, kw_only=True):
    """A credential, listed under its inspector."""

    credential_id: UUID


class Register(msgspec.Struct, kw_only=True):
    """The last number that an issuer gave in a year."""

    last: int


class Team(msgspec.Struct, kw_only=True):
    """Who inspects together, under the activity."""

    people: tuple[UUID, ...]


class Joined(msgspec.Struct, kw_only=True):
    """An activity, under each person who was ever in its team."""

    activity_id: UUID


class Fieldwork(msgspec.Struct, kw_only=True):
    """How many days an activity took."""

    days: int


class Closed(msgspec.Struct, kw_only=True):
    """In which year an activity was closed."""

    year: int


class Noted(msgspec.Struct, kw_only=True):
    """Who recorded a finding, in which activity."""

    by: UUID
    activity_id: UUID


class Result(msgspec.Struct, kw_only=True):
    """A substantiated finding, under the person who recorded it."""

    activity_id: UUID


class Profile(msgspec.Struct, kw_only=True):
    """The type of a school."""

    school_type: str


class Unlisted(msgspec.Struct, kw_only=True):
    """SCHOOL_WITHOUT_LISTING: the duty to list a school again, open until somebody is assigned."""

    school_id: UUID
    since: str
    reason: str


Copying = Callable[[Any, Any], Iterator[Memo]]


def listed(_: Any, event: credential.CredentialApplied) -> Iterator[Memo]:
    """Under its inspector."""
    yield kept(Card(credential_id=event.credential_id), event.inspector_id, event.credential_id)


def numbered(_: Any, event: credential.CredentialIssued) -> Iterator[Memo]:
    """A number is taken once: whoever comes second decides afresh, so the register has neither gap nor double."""
    year, last = map(int, event.number.removeprefix("督学证〔").removesuffix("号").split("〕"))
    yield kept(Register(last=last), event.issuer_body_id, year)
    yield Memo("number", f"{event.issuer_body_id}|{event.number}", b"", fresh=True)


def unlisted(_: Any, event: Any) -> Iterator[Memo]:
    """The duty to list again opens."""
    duty = Unlisted(school_id=event.school_id, since=event.at.isoformat(), reason=event.reason)
    yield kept(duty, event.school_id)


def listed_again(_: Any, event: Any) -> Iterator[Memo]:
    """The duty to list again is done."""
    yield Memo("copy/Unlisted", str(event.school_id), None)


def team(_: Any, event: Any) -> Iterator[Memo]:
    """The team as it now is."""
    people = tuple(dict.fromkeys((event.leader_id, *(member.inspector_id for member in event.members))))
    yield kept(Team(people=people), event.activity_id)
    for person in people:
        yield kept(Joined(activity_id=event.activity_id), person, event.activity_id)


def fieldwork(_: Any, event: Any) -> Iterator[Memo]:
    """Its days."""
    yield kept(Fieldwork(days=event.days), event.activity_id)


def noted(_: Any, event: Any) -> Iterator[Memo]:
    """A finding belongs to whoever recorded it."""
    if event.recorded_by is not None and event.activity_id is not None:
        yield kept(Noted(by=event.recorded_by, activity_id=event.activity_id), event.finding_id)


def substantiated(app: Any, event: Any) -> Iterator[Memo]:
    """It counts as a result."""
    note = app.kept.find(Noted, event.finding_id)
    if note is not None:
        yield kept(Result(activity_id=note.activity_id), note.by, event.finding_id)


def withdrawn(app: Any, event: Any) -> Iterator[Memo]:
    """It counts no longer."""
    note = app.kept.find(Noted, event.finding_id)
    if note is not None:
        yield Memo("copy/Result", f"{note.by}|{event.finding_id}", None)


def profile(_: Any, event: Any) -> Iterator[Memo]:
    """The type of a school."""
    yield kept(Profile(school_type=event.school_type.value), event.unit_id)


def closed(_: Any, letter: Letter) -> Iterator[Memo]:
    """An activity counts in the year in which it was closed, as the calendar in China has it."""
    event: Any = letter.event
    yield kept(Closed(year=china_day(letter.head.occurred_at).year), event.activity_id)


def work_done(app: Any, person: UUID, years: range) -> dict[str, int]:
    """Closed activities in which a person was in the team, their days, and what the person found there."""
    ended = set()
    for joined in app.kept.below(Joined, person):
        found, members = app.kept.find(Closed, joined.activity_id), app.kept.find(Team, joined.activity_id)
        if found is not None and found.year in years and members is not None and person in members.people:
            ended.add(joined.activity_id)
    held = [app.kept.find(Fieldwork, activity) for activity in ended]
    results = [result for result in app.kept.below(Result, person) if result.activity_id in ended]
    return {
        "activities": len(ended), "days": sum(days.days for days in held if days is not None),
        "findings": len(results),
    }


def shared_activities(app: Any, one: UUID | None, other: UUID) -> list[UUID]:
    """The activities in whose team both are or were."""
    mine = {joined.activity_id for joined in app.kept.below(Joined, one)}
    return sorted(mine & {joined.activity_id for joined in app.kept.below(Joined, other)}, key=str)


COPIES: Mapping[str, Copying] = {
    "personnel.CredentialApplied": listed,
    "personnel.CredentialIssued": numbered,
    "personnel.ListingAssigned": listed_again,
    "personnel.ListingWithdrawn": unlisted,
    "scheduling.TeamFormed": team,
    "scheduling.FieldworkFinished": fieldwork,
    "findings.FindingRecorded": noted,
    "findings.FindingSubstantiated": substantiated,
    "findings.FindingWithdrawn": withdrawn,
    "registry.SchoolProfileChanged": profile,
}
