"""ReformTask (改革任务): what a clause asks of its lead unit, reported and checked (domain 3.2.8, WH §5, §19)."""

from typing import Any
from uuid import UUID

from contracts.scheduling import reform_task as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, body, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.scheduling.domain.guards import evidence_hash_missing


@refuses("须写明条款")
def clause_missing(_: Any, command: Any, __: Facts) -> bool:
    """On what the task rests."""
    return not command.clause.strip()


@refuses("牵头单位不得同时列为配合单位")
def lead_among_others(_: Any, command: Any, __: Facts) -> bool:
    """The first named leads, the others help (domain 5, row 57)."""
    return command.lead_unit_id in command.co_unit_ids


@refuses("只有牵头单位可以报告进展")
def not_the_lead(task: Any, _: Any, facts: Facts) -> bool:
    """Whoever leads answers for it; the body that assigned it may write down what it was told."""
    mine = {facts.actor.unit_id, body(facts)}
    return task.lead_unit_id is not None and not mine & {task.lead_unit_id, facts.origin.owner_body}




REFORM = LifeCycle("task", "改革任务", "ASSIGNED REPORTED CHECKED DONE", (
    row(NEW, said.AssignReformTask, {said.ReformTaskAssigned: "ASSIGNED"}, when=[clause_missing, lead_among_others]),
    row("ASSIGNED, REPORTED, CHECKED", said.ReportReformTask, {said.ReformTaskReported: "REPORTED"},
        who=[not_the_lead], when=[evidence_hash_missing]),
    row("REPORTED", said.CheckReformTask, {said.ReformTaskChecked: "CHECKED or DONE"},
        fills={"checker_id": person}),
))


class ReformTask(Aggregate, kw_only=True):
    """One task of one clause; done when its completion passed the check, else it is reported again."""

    life_cycles = (REFORM,)
    lead_unit_id: UUID | None = None
    co_unit_ids: tuple[UUID, ...] = ()
    status: said.ReformStatus = said.ReformStatus.NOT_STARTED

    def on_reform_task_checked(self, _: Any, event: said.ReformTaskChecked) -> None:
        """Passed and complete is done."""
        done = event.result is said.ReformCheck.PASSED and self.status is said.ReformStatus.DONE
        self.state = "DONE" if done else "CHECKED"
