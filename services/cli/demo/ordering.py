"""What is overdue: some orders are issued, some are obeyed, some drafts lie where they are."""

from typing import Any

from contracts.letter import Letter
from services.cli.demo.county import head_of
from services.cli.demo.fates import ORDERED, Fate
from services.cli.demo.ledgers import Item
from services.cli.demo.rectifying import Rectifying


class Ordering:
    """Hears of drafts and of orders."""

    def __init__(self, rectifying: Rectifying) -> None:
        self._rectifying, self._stage = rectifying, rectifying.stage
        self._orders: dict[str, Item] = {}
        for name, call in {
            "OrderDrafted": self.drafted, "SupervisionOrderIssued": self.issued, "ItemVerified": self.verified,
            "OrderComplianceReported": self.complied, "OrderComplied": self.confirmed,
        }.items():
            self._stage.on(f"rectification.{name}", rectifying.county.code, call)

    def drafted(self, letter: Letter) -> None:
        """The office issues it, or leaves it."""
        event: Any = letter.event
        item, order = self._rectifying.items[str(event.item_ids[0])], str(event.order_id)
        if item.fate in ORDERED and item not in self._orders.values():
            self._orders[order] = item
            self._stage.in_days(1, 2, lambda: self._stage.says(
                self._rectifying.county.staff, "rectification.IssueOrder", order=order,
                legalBasis=["整改要求逾期未落实"]))

    def issued(self, letter: Letter) -> None:
        """The school acknowledges it, and obeys if it does."""
        order, item = self._of(letter)
        self._stage.in_days(1, 1, lambda: self._stage.says(
            head_of(item.school), "rectification.AcknowledgeOrder", order=order))
        if item.fate is Fate.ORDER_DONE:
            self._rectifying.complete(item, 3, 5)

    def verified(self, letter: Letter) -> None:
        """Then the school can say that it obeyed."""
        event: Any = letter.event
        for order, item in self._orders.items():
            if item.id == str(event.item_id):
                self._stage.in_days(1, 1, lambda order=order, item=item: self._stage.says(  # type: ignore[misc]
                    head_of(item.school), "rectification.ReportCompliance", order=order, evidenceHashes=["照片"]))

    def complied(self, letter: Letter) -> None:
        """An inspector confirms it."""
        order, item = self._of(letter)
        inspector = self._rectifying.county.inspector_of(item.school)
        self._stage.in_days(1, 1, lambda: self._stage.says(inspector, "rectification.ConfirmCompliance", order=order))

    def confirmed(self, letter: Letter) -> None:
        """The office closes it."""
        order, _ = self._of(letter)
        self._stage.in_days(1, 1, lambda: self._stage.says(
            self._rectifying.county.staff, "rectification.CloseOrder", order=order))

    def _of(self, letter: Letter) -> tuple[str, Item]:
        order = str(letter.head.stream)
        return order, self._orders[order]
