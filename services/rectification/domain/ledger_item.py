"""LedgerItem: what is remembered of one problem on the list; it is never deleted and never re-numbered."""

from datetime import datetime
from uuid import UUID

from services.chassis.aggregates import Entity

ITEM_STATES = (
    "OPEN ASSIGNED PLANNED IN_PROGRESS OVERDUE UNDER_ORDER REPORTED VERIFIED WRITTEN_OFF REOPENED SUSPENDED CANCELLED"
)
ANY_OPEN = "OPEN ASSIGNED PLANNED IN_PROGRESS OVERDUE UNDER_ORDER REPORTED VERIFIED REOPENED"
LAPSABLE = frozenset({"OPEN", "ASSIGNED", "PLANNED", "IN_PROGRESS", "REOPENED"})


class LedgerItem(Entity, kw_only=True):
    """`lapsed_at` is the deadline last missed, `to_unit_id` the unit last taken over by."""

    item_id: UUID | None = None
    number: str | None = None
    issuing_body_id: UUID | None = None
    competent_department_id: UUID | None = None
    managed_by_at_finding: UUID | None = None
    delegates: list[UUID] = []
    due_at: datetime | None = None
    provisional: bool = False
    lapsed_at: datetime | None = None
    extensions: int = 0
    failed: bool = False
    plan_id: UUID | None = None
    order_id: UUID | None = None
    look_back_id: UUID | None = None
    verifier_id: UUID | None = None
    to_unit_id: UUID | None = None

    @property
    def open(self) -> bool:
        """Whether the unit still has something to do about it."""
        return self.state in ANY_OPEN.split()
