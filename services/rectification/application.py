"""What is special about rectification: what each command is told, what is numbered, and who else may act."""

from uuid import UUID

import msgspec

from contracts.record import Command
from contracts.rectification import joint_liability, look_back, problem_ledger, rectification_plan, supervision_order
from contracts.rectification.number_register import TakeNumber
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.numbering import Numbered
from services.chassis.work import Intent
from services.rectification import ages, gathering, looking_back
from services.rectification.copies import COPIES
from services.rectification.domain.joint_liability import JointLiability
from services.rectification.domain.look_back import LookBack
from services.rectification.domain.number_register import NumberRegister
from services.rectification.domain.problem_ledger import ProblemLedger
from services.rectification.domain.rectification_plan import RectificationPlan
from services.rectification.domain.supervision_order import SupervisionOrder
from services.rectification.policies import POLICIES


def item_number(place: str, year: int, number: int) -> str:
    """`990101-2026-000417`: readable on the telephone, one series per body and year."""
    return f"{place}-{year}-{number:06d}"


def order_number(_: str, year: int, number: int) -> str:
    """`督单〔2026〕1号`, one series per body and year."""
    return f"督单〔{year}〕{number}号"


class Rectification(ServiceApplication):
    """整改."""

    name = "rectification"
    aggregates = (ProblemLedger, RectificationPlan, SupervisionOrder, LookBack, JointLiability, NumberRegister)
    copies = COPIES
    policies = POLICIES
    numbered = {
        problem_ledger.RegisterItem: Numbered("item", "item_id", item_number, TakeNumber),
        supervision_order.IssueOrder: Numbered("order", "order_id", order_number, TakeNumber),
    }
    gatherers = {
        problem_ledger.RegisterItem: gathering.managers_then,
        problem_ledger.RepointItem: ages.when_registered,
        problem_ledger.LinkPlan: gathering.whether_the_plan_covers,
        problem_ledger.ReportCompletion: gathering.the_unit_and_its_delegates,
        problem_ledger.VerifyItem: gathering.the_interested,
        problem_ledger.RejectCompletion: gathering.the_interested,
        problem_ledger.WriteOffItem: gathering.the_publication,
        problem_ledger.ExtendDeadline: gathering.the_next_body_up,
        rectification_plan.RequestPlan: gathering.the_list_to_plan_for,
        rectification_plan.SubmitPlan: gathering.the_open_items,
        rectification_plan.AcceptPlan: gathering.the_open_items,
        rectification_plan.ReportRectification: gathering.the_open_items,
        rectification_plan.ClosePlanOfRectification: gathering.what_is_not_done,
        supervision_order.DraftOrder: gathering.the_ordered_items,
        supervision_order.AcknowledgeOrder: gathering.the_ordered_items,
        supervision_order.ExtendOrder: gathering.the_next_body_up,
        supervision_order.ReportCompliance: gathering.the_ordered_items,
        supervision_order.ConfirmCompliance: gathering.the_ordered_items,
        look_back.ScheduleLookBack: looking_back.the_candidates,
        look_back.PerformLookBack: looking_back.who_verified,
        look_back.DecideSustained: looking_back.who_verified,
        look_back.DecideRebounded: looking_back.who_verified,
        look_back.AllegeFalseRectification: looking_back.who_verified,
        look_back.EstablishFalseRectification: looking_back.who_verified,
        look_back.DismissFalseRectification: looking_back.who_verified,
        joint_liability.NotifyDuty: gathering.the_duty,
        joint_liability.FindWeakRectification: gathering.the_duty,
        joint_liability.EstablishJointLiability: gathering.the_duty,
        joint_liability.DeclineJointLiability: gathering.the_duty,
    }

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """A new stream about listed problems belongs to their cases, and to their unit where they have one."""
        home = super().origin(intent, stream)
        origins = [ledger.origin for ledger in gathering.ledgers_named(self, intent.command) if ledger.origin]
        units = {origin.unit_path for origin in origins}
        cases = dict.fromkeys(case for origin in origins for case in origin.case_ids)
        return msgspec.structs.replace(
            home, case_ids=tuple(cases) or home.case_ids, unit_path=units.pop() if len(units) == 1 else home.unit_path,
        )

    def concerning(self, aggregate: Aggregate, command: Command) -> Origin | None:
        """An item that another unit took over is that unit's, whatever became of the rest of the list."""
        origin = super().concerning(aggregate, command)
        if origin is None or not isinstance(aggregate, ProblemLedger):
            return origin
        item = aggregate.items.get(str(getattr(command, "item_id", None)))
        unit = aggregate.unit_of(item) if item else None
        return msgspec.structs.replace(origin, unit_path=self.reference.unit_path(unit)) if unit else origin

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """Departments that answer for an item, members it was delegated to, heirs of a unit that is gone."""
        if isinstance(aggregate, ProblemLedger):
            items = aggregate.items.values()
            members = {unit for item in items for unit in item.delegates}
            return frozenset(map(str, members | {item.competent_department_id for item in items})) - {"None"}
        if isinstance(aggregate, JointLiability):
            return frozenset({str(aggregate.department_id)})
        if isinstance(aggregate, RectificationPlan | SupervisionOrder):
            return frozenset(map(str, gathering.heirs(self, aggregate.unit_id, self.clock())))
        return frozenset()
