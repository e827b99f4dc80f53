"""SchoolListing (责任督学挂牌): whose name stands at the gate of a school (domain 3.1.8)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.personnel import school_listing as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.guards import evidence_missing, reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.personnel.domain.guards import inspector_not_active
from services.personnel.domain.listing_guards import (
    credential_not_valid,
    former_school,
    not_a_school,
    not_responsible_category,
    public_fields_missing,
    same_inspector,
    school_already_listed,
    school_out_of_scope,
)

MAY_BE_LISTED = [inspector_not_active, credential_not_valid, not_responsible_category, former_school]

LISTING = LifeCycle("listing", "责任督学挂牌", "ASSIGNED PUBLISHED WITHDRAWN", (
    row(NEW, said.AssignListing, {said.ListingAssigned: "ASSIGNED"},
        when=[not_a_school, school_out_of_scope, school_already_listed, *MAY_BE_LISTED]),
    row("ASSIGNED", said.PublishListing, {said.SchoolListed: "PUBLISHED"},
        when=[public_fields_missing, evidence_missing, inspector_not_active, credential_not_valid]),
    row("PUBLISHED", said.ReplaceListing, {said.ListingReplaced: "PUBLISHED"},
        when=[reason_missing, same_inspector, *MAY_BE_LISTED]),
    row("ASSIGNED, PUBLISHED", said.WithdrawListing, {said.ListingWithdrawn: "WITHDRAWN"}, when=[reason_missing]),
))


class SchoolListing(Aggregate, kw_only=True):
    """The plate of one school."""

    life_cycles = (LISTING,)
    school_id: UUID | None = None
    inspector_id: UUID | None = None

    def publish_listing(self, _: Any, command: Any, facts: Facts) -> said.SchoolListed:
        """With the school and the inspector, as the public reads it."""
        return fill(said.SchoolListed, command, facts, school_id=self.school_id, inspector_id=self.inspector_id,
                    published_at=facts.at)

    def replace_listing(self, _: Any, command: Any, facts: Facts) -> said.ListingReplaced:
        """Old and new; the time of the change ends the one and begins the other."""
        return fill(said.ListingReplaced, command, facts, school_id=self.school_id,
                    old_inspector_id=self.inspector_id, at=facts.at)

    def withdraw_listing(self, _: Any, command: Any, facts: Facts) -> said.ListingWithdrawn:
        """From now on the school is without a listing."""
        return fill(said.ListingWithdrawn, command, facts, school_id=self.school_id, at=facts.at)

    def on_listing_replaced(self, _: Any, event: said.ListingReplaced) -> None:
        """The new one answers for the school."""
        self.inspector_id = event.new_inspector_id

    def entity_keys(self) -> Iterator[str]:
        """Found by its school and by its inspector."""
        yield f"SchoolListing|{self.school_id}|{self.stream}"
        yield f"SchoolListing|{self.inspector_id}|{self.stream}"
