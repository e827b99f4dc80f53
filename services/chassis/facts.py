"""What a deciding method is told: who acts, when, under which policy and calendar, and what was looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.values import Actor, CalendarKind, Confidentiality, PolicyRef, Tier
from services.chassis.calendar import Due, WorkingCalendar
from services.chassis.life_cycle import Refused
from services.chassis.policies import PolicyStore


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """To whom a stream belongs: what its records' heads repeat and what scope is decided by."""

    jurisdiction: str
    tier: Tier
    owner_body: UUID | None
    owner_path: str
    unit_path: str | None = None
    case_ids: tuple[UUID, ...] = ()
    correlation_id: UUID | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    sealed_until: datetime | None = None


class AppliedPolicy:
    """Look-ups at one place and instant; what was asked is remembered for the head of the record."""

    def __init__(self, store: PolicyStore, path: tuple[str, ...], at: datetime, tier: Tier) -> None:
        self._store, self._path, self._at, self._tier = store, path, at, tier
        self.refs: dict[str, PolicyRef] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value of the nearest level that has one, else `default`; the look-up is remembered."""
        found = self._store.find(key, self._path, self._at, self._tier.value)
        asked = self._path[-1] if self._path else ""
        if found is None:
            self.refs[key] = PolicyRef(key=key, asked_for=asked)
            return default
        self.refs[key] = PolicyRef(
            key=key, asked_for=asked, found_at=found.jurisdiction,
            version=found.version, digest=found.digest, clause=found.clause,
        )
        return found.v

    def modality(self, key: str) -> str | None:
        """How binding the value is that `get` gives: M, P, O, E or D."""
        found = self._store.find(key, self._path, self._at, self._tier.value)
        return found.modality if found else None

    def require(self, key: str) -> Any:
        """As `get`, but refused with POLICY_UNSET where no level has a value."""
        value = self.get(key)
        if value is None:
            raise Refused("POLICY_UNSET", f"本地及上级均未规定政策项“{key}”")
        return value


@dataclass(slots=True)
class Facts:
    """Plain arguments of a deciding method; `given` is what the application looked up for this command."""

    at: datetime
    actor: Actor
    policy: AppliedPolicy
    calendar: WorkingCalendar
    origin: Origin
    given: Mapping[str, Any] = field(default_factory=dict)
    whole: Any = None

    def __getitem__(self, name: str) -> Any:
        return self.given[name]

    def get(self, name: str) -> Any:
        """What was looked up under this name, or None."""
        return self.given.get(name)

    def due(self, key: str) -> Due:
        """The deadline that policy `key` ({amount, calendar}) sets from the instant of the command."""
        rule = self.policy.require(key)
        return self.calendar.due(self.at, int(rule["amount"]), CalendarKind(rule["calendar"]))


def person(facts: Facts) -> UUID:
    """Fill: the person who acts."""
    return facts.actor.person_id


def body(facts: Facts) -> UUID | None:
    """Fill: the body for which that person acts."""
    return facts.actor.acts_for or facts.actor.body_id


def now(facts: Facts) -> datetime:
    """Fill: the instant at which it happened."""
    return facts.at
