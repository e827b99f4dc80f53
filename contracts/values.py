"""The small values that commands, events and heads share: who acts, where, under which policy."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, dataclass_transform
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

DUDAO = uuid5(NAMESPACE_URL, "urn:dudao")
"""Namespace of every id that is derived from a natural key."""

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment; one without an offset from UTC is refused at the door."""


Year = Annotated[int, msgspec.Meta(ge=1949, le=2199)]
"""A calendar year that a government document can be about."""


class Role(Enum):
    """What a person may be towards a body or a unit (domain 3.0, role model)."""

    OFFICE_STAFF = "office_staff"
    INSPECTOR = "inspector"
    TEAM_LEADER = "team_leader"
    LIAISON = "liaison"
    UNIT_USER = "unit_user"
    DEPARTMENT_USER = "department_user"
    ORGANISATION_READER = "organisation_reader"
    PERFORMANCE_READER = "performance_reader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    POLICY = "policy"
    TIMER = "timer"


BODY = frozenset({Role.OFFICE_STAFF})
"""Staff of a supervision body."""
FIELD = frozenset({Role.OFFICE_STAFF, Role.INSPECTOR, Role.TEAM_LEADER})
"""Staff and inspectors of a supervision body."""
UNIT = frozenset({Role.UNIT_USER})
"""Users of the supervised unit."""
DEPARTMENT = frozenset({Role.DEPARTMENT_USER, Role.LIAISON})
"""Users of a competent department or member unit."""
REGISTRAR = frozenset({Role.SYSTEM_ADMINISTRATOR})
"""Keepers of the reference data."""
SYSTEM = frozenset({Role.POLICY, Role.TIMER})
"""Service identities: process managers and timers."""


class Tier(Enum):
    """Level of the body that owns a record."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    TOWNSHIP = "township"
    SCHOOL = "school"


class Confidentiality(Enum):
    """Who may read a record beside its owner (domain 3.0)."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    RESTRICTED = "RESTRICTED"
    SEALED_UNTIL = "SEALED_UNTIL"


class CalendarKind(Enum):
    """How the days of a deadline are counted (domain 3.0, clocks)."""

    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    NATURAL_DATE = "NATURAL_DATE"


class Severity(Enum):
    """Weight of a problem."""

    GENERAL = "GENERAL"
    SEVERE = "SEVERE"
    DANGER = "DANGER"


class MeasureModality(Enum):
    """措施的强度：可以、应当。"""

    MAY = "MAY"
    MUST = "MUST"


class PublicationChannel(Enum):
    """公开渠道：政府门户网站、报刊、广播电视、公众号、微博。"""

    PORTAL = "PORTAL"
    PRESS = "PRESS"
    BROADCAST = "BROADCAST"
    OFFICIAL_ACCOUNT = "OFFICIAL_ACCOUNT"
    MICROBLOG = "MICROBLOG"


class Function(Enum):
    """职能: 督政, 督学, 评估监测."""

    GOV = "GOV"
    SCHOOL = "SCHOOL"
    MON = "MON"


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Root of every frozen value on the wire; unknown fields are refused."""


Ciphertext = str
"""What must not stand in clear in an event; its key can be destroyed without touching a hash."""


class Actor(Value, kw_only=True):
    """Who acted: a person in a role at a body or unit, possibly acting for another body."""

    person_id: UUID
    role: Role
    body_id: UUID | None = None
    unit_id: UUID | None = None
    acts_for: UUID | None = None


class Window(Value, kw_only=True):
    """The days within which something is to happen, both included."""

    from_: date = msgspec.field(name="from")
    to: date


class PolicyRef(Value, kw_only=True):
    """A policy value that a decision applied, or looked for and did not find (domain 1.7)."""

    key: str
    asked_for: str
    found_at: str | msgspec.UnsetType = msgspec.UNSET
    version: int | None = None
    digest: str | None = None
    clause: str | None = None


def natural_id(kind: str, *parts: object) -> UUID:
    """The id that follows from a natural key: "one per unit and year" holds by construction.

    An enum stands in it as its value, the way it is written on the wire.
    """
    texts = (str(part.value if isinstance(part, Enum) else part) for part in parts)
    return uuid5(DUDAO, "/".join([kind, *texts]))


def case_id(source_id: object, unit_id: object) -> UUID:
    """The case (案卷) of one unit in one activity, visit or lead (architecture 6)."""
    return natural_id("case", source_id, unit_id)
