"""InternalSupervisor (学校内部督导人员): the staff of one school and the one leader in charge (domain 3.1.9)."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.personnel import internal_supervisor as said
from contracts.personnel.internal_supervisor import InternalPost
from contracts.values import Role
from services.chassis.aggregates import Aggregate, Entity, Timers, fill
from services.chassis.facts import Facts
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import LifeCycle, refuses, row
from services.personnel.domain.guards import dates_reversed, end_of

UNIVERSITY = "HIGHER_EDUCATION"


@refuses("学校须先明确负责内部督导的校级领导")
def leader_missing(_: Any, __: Any, facts: Facts) -> bool:
    """A school-level leader is in charge before anybody is (000 §二(一))."""
    return facts.whole.leader_id is None


@refuses("同一时间只能有一名内部督导负责人")
def leader_not_unique(register: Any, command: Any, _: Facts) -> bool:
    """A new leader begins after the one before began, whose time ends with it."""
    return register.leader_from is not None and bool(command.from_ <= register.leader_from)


@refuses("该岗位与学校类别不符，中小学为视导员，高校为督导员")
def post_not_for_school(_: Any, command: Any, facts: Facts) -> bool:
    """As the register of units describes the school (000 §二(四)); unknown, nothing is objected."""
    school_type = facts.get("school_type")
    wanted = InternalPost.SUPERVISOR if school_type == UNIVERSITY else InternalPost.VISITING_SUPERVISOR
    return school_type is not None and command.post_type is not wanted


LEADER = LifeCycle("internal_leader", "内部督导负责人", "LED", (
    row("-, LED", said.AppointLeader, {said.InternalLeaderAppointed: "LED"}, when=[leader_not_unique]),
))


class Member(Entity, kw_only=True):
    """Somebody engaged by the school."""

    person_id: UUID | None = None
    to: date | None = None


STAFF = LifeCycle("internal_supervisor", "内部督导人员", "ENGAGED ENDED", (
    row("-, ENDED", said.EngageInternal, {said.InternalSupervisorEngaged: "ENGAGED"},
        when=[leader_missing, dates_reversed, post_not_for_school]),
    row("ENGAGED", said.EndInternal, {said.InternalSupervisorEnded: "ENDED"}, when=[reason_missing]),
), entities=("staff", "person_id", Member))


class InternalSupervisor(Aggregate, kw_only=True):
    """The register of one school."""

    life_cycles = (LEADER, STAFF)
    school_id: UUID | None = None
    leader_id: UUID | None = None
    leader_from: date | None = None
    staff: dict[str, Member] = {}

    def engage_internal(self, _: Member, command: Any, facts: Facts) -> said.InternalSupervisorEngaged:
        """Part-time unless said otherwise."""
        return fill(said.InternalSupervisorEngaged, command, facts, full_time=command.full_time)

    def end_internal(self, member: Member, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The clock is quiet before the last day is over."""
        early = facts.actor.role is Role.TIMER and (member.to is None or facts.at < end_of(member.to))
        ended = fill(said.InternalSupervisorEnded, command, facts, school_id=self.school_id, at=facts.at)
        return () if early else (ended,)

    def on_internal_leader_appointed(self, _: Any, event: said.InternalLeaderAppointed) -> None:
        """The one before leaves office."""
        self.leader_id, self.leader_from = event.person_id, event.from_

    def timers(self) -> Timers:
        """An engagement with an end ends by itself."""
        for member in self.staff.values():
            if member.state == "ENGAGED" and member.to is not None and member.person_id is not None:
                yield end_of(member.to), said.EndInternal(
                    register_id=self.stream, person_id=member.person_id, reason="聘期届满")
