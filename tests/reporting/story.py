"""A story of units and items, told by a registry and a rectification log, for tests of views."""

from datetime import date, datetime, timedelta

from contracts.letter import Letter
from contracts.record import Event
from contracts.rectification import problem_ledger as ledger
from contracts.rectification.supervision_order import OrderClosed, SupervisionOrderIssued
from contracts.registry.supervised_unit import (
    SupervisedUnitRegistered,
    UnitClosed,
    UnitKind,
    UnitManagementChanged,
    UnitRenamed,
)
from contracts.values import CalendarKind, Severity
from services.chassis.casebook import Casebook
from tests.letters import COUNTY, OFFICE, START, Sender, id_of

DUE = START + timedelta(days=10)
LATER = START + timedelta(days=40)


class Story:
    """Two senders and the words they need; items stand on the list `ledger-<unit>`."""

    def __init__(self) -> None:
        self.registry, self.rectification = Sender("registry"), Sender("rectification")
        self._where: dict[str, tuple[str, str]] = {}

    def unit(self, unit: str, name: str, place: str = COUNTY) -> Letter:
        event = SupervisedUnitRegistered(
            unit_id=id_of(unit), kind=UnitKind.SCHOOL, name=name, located_in=place.split("/")[-2]
        )
        return self.registry.says(event, unit, None, owner_path=place)

    def managed(self, unit: str, body: str, department: str) -> Letter:
        event = UnitManagementChanged(
            unit_id=id_of(unit), managed_by=id_of(body),
            competent_department_id=id_of(department), valid_from=date(2026, 1, 1),
        )
        return self.registry.says(event, unit, unit)

    def renamed(self, unit: str, name: str) -> Letter:
        event = UnitRenamed(unit_ids=(id_of(unit),), name=name, valid_from=date(2026, 1, 1))
        return self.registry.says(event, unit, unit)

    def closed(self, unit: str) -> Letter:
        return self.registry.says(
            UnitClosed(unit_ids=(id_of(unit),), valid_from=date(2026, 1, 1)), unit, unit
        )

    def item(
        self, item: str, unit: str = "s1", text: str = "食堂食品留样记录不全", *,
        place: str = COUNTY, at: datetime | None = None, due_at: datetime | None = None,
        department: str | None = None,
    ) -> Letter:
        stream = f"ledger-{unit}"
        self._where[item] = (stream, unit)
        event = ledger.ItemRegistered(
            item_id=id_of(item), ledger_id=id_of(stream), issuing_body_id=OFFICE, text=text,
            source=ledger.ItemSource.CONFIRMED_FINDING, severity=Severity.GENERAL, due_at=due_at,
            competent_department_id=id_of(department) if department else None,
        )
        return self.rectification.says(event, stream, unit, place=place, at=at)

    def says(self, item: str, kind: type[Event], **fields: object) -> Letter:
        stream, unit = self._where[item]
        event = kind(item_id=id_of(item), **fields)
        reason = fields.get("reason")
        return self.rectification.says(event, stream, unit, reason=str(reason) if reason else None)

    def assigned(self, item: str, due_at: datetime = DUE) -> Letter:
        return self.says(
            item, ledger.ItemAssigned, person_id=id_of("zhao"), due_at=due_at, basis="办法第12条",
            calendar=CalendarKind.WORKING_DAYS,
        )

    def lapsed(self, item: str, due_at: datetime = DUE) -> Letter:
        return self.says(item, ledger.ItemDeadlineLapsed, due_at=due_at)

    def extended(self, item: str, new_due_at: datetime = LATER) -> Letter:
        return self.says(
            item, ledger.DeadlineExtended, old_due_at=DUE, new_due_at=new_due_at, count=1,
            reason="设备到货延迟", approver_id=id_of("wang"),
        )

    def reported(self, item: str) -> Letter:
        return self.says(
            item, ledger.CompletionReported, measures_done=("补齐记录",), evidence_hashes=("h",),
            reported_by=id_of("zhao"),
        )

    def written_off(self, item: str) -> Letter:
        self.says(
            item, ledger.ItemVerified, verifier_id=id_of("wang"), method="现场", evidence_hashes=()
        )
        return self.says(item, ledger.ItemWrittenOff, by_body_id=OFFICE)

    def reopened(self, item: str, due_at: datetime = LATER) -> Letter:
        return self.says(
            item, ledger.ItemReopened, look_back_id=id_of("look"), due_at=due_at,
            cause=ledger.ReopenCause.FALSE_RECTIFICATION,
        )

    def ordered(self, *items: str, number: str = "示教督〔2026〕3号") -> None:
        _, unit = self._where[items[0]]
        event = SupervisionOrderIssued(
            order_id=id_of("order"), number=number, unit_id=id_of(unit), due_at=LATER,
            item_ids=tuple(id_of(item) for item in items), calendar=CalendarKind.WORKING_DAYS,
            legal_basis=("办法第20条",),
        )
        self.rectification.says(event, "order", unit)
        for item in items:
            self.says(item, ledger.ItemPutUnderOrder, order_id=id_of("order"))

    def order_closed(self, unit: str = "s1") -> Letter:
        return self.rectification.says(OrderClosed(order_id=id_of("order")), "order", unit)

    def repointed(self, item: str, unit: str, state: str) -> Letter:
        stream, before = self._where[item]
        self._where[item] = (stream, unit)
        event = ledger.ItemRepointed(
            item_id=id_of(item), from_unit_id=id_of(before), to_unit_id=id_of(unit),
            reason="学校合并", state=state, due_at=DUE,
        )
        return self.rectification.says(event, stream, unit)

    def file_into(self, casebook: Casebook) -> Casebook:
        casebook.file(self.registry.letters)
        casebook.file(self.rectification.letters)
        return casebook
