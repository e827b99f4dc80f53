"""The small copies that accountability keeps: heads and items of units, and what stands against whom."""

from datetime import date
from uuid import UUID

import msgspec


class Profile(msgspec.Struct, kw_only=True):
    """A school's ownership from a day on."""

    valid_from: date
    ownership: str


class Leadership(msgspec.Struct, kw_only=True):
    """The Party committee and the government that a supervision body answers to."""

    party: UUID
    government: UUID


class HeadOfUnit(msgspec.Struct, kw_only=True):
    """A principal in office."""

    person_id: UUID


class Ledger(msgspec.Struct, kw_only=True):
    """Whose problem list it is."""

    unit_id: UUID


class Item(msgspec.Struct, kw_only=True):
    """A problem on a list: OPEN, VERIFIED, or DONE."""

    item_id: UUID
    unit_id: UUID
    severe: bool
    state: str = "OPEN"


class Listed(msgspec.Struct, kw_only=True):
    """A problem, listed under its unit."""

    item_id: UUID


class Order(msgspec.Struct, kw_only=True):
    """The items of a supervision order."""

    item_ids: tuple[UUID, ...]


class Thread(msgspec.Struct, kw_only=True):
    """The cases (案卷) that an item, order or evaluation belongs to."""

    case_ids: tuple[UUID, ...]


class Evaluation(msgspec.Struct, kw_only=True):
    """A grade."""

    grade: str


class Overturned(msgspec.Struct, kw_only=True):
    """What was found false or wrong, by the id of the unit or of the result."""


class Blemish(msgspec.Struct, kw_only=True):
    """An open case or a circular in force, listed under the unit or person it stands against."""

    source_id: UUID


class Filed(msgspec.Struct, kw_only=True):
    """A reference, listed under its source."""

    file_id: UUID
    reference_id: UUID


class Exposed(msgspec.Struct, kw_only=True):
    """An exposure, listed under the case it stands on."""

    exposure_id: UUID


class Handed(msgspec.Struct, kw_only=True):
    """A transfer, listed under what it hands over."""

    transfer_id: UUID


class Provisional(msgspec.Struct, kw_only=True):
    """A case of which a deadline lies, or lay, beyond the official calendar."""

    accountability_case_id: UUID
