"""InternalProblem (学校内部督导的问题): the school's own list, apart from every ledger (domain 3.3.10)."""

from typing import Any
from uuid import UUID

from contracts.findings import internal_problem as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.findings.domain.guards import not_of_school, proof_missing


@refuses("须写明问题和所在部门")
def problem_incomplete(_: Any, command: Any, __: Facts) -> bool:
    """What, and where in the school."""
    return not (command.text.strip() and command.department_name.strip())


PROBLEM = LifeCycle("internal-problem", "内部问题", "OPEN FED_BACK RECTIFIED", (
    row(NEW, said.RecordInternalProblem, {said.InternalProblemRecorded: "OPEN"}, who=[not_of_school],
        when=[problem_incomplete]),
    row("OPEN", said.FeedBackInternally, {said.InternalProblemFedBack: "FED_BACK"}, who=[not_of_school],
        fills={"at": now}),
    row("FED_BACK", said.RectifyInternally, {said.InternalProblemRectified: "RECTIFIED"}, who=[not_of_school],
        when=[proof_missing]),
))


class InternalProblem(Aggregate, kw_only=True):
    """A problem that the school found itself; no supervision body verifies or writes it off."""

    life_cycles = (PROBLEM,)
    school_id: UUID | None = None
