"""Committee (教育督导委员会): seats belong to posts, persons come and go (domain 3.1.9)."""

from typing import Any
from uuid import UUID

from contracts.personnel import committee as said
from contracts.personnel.committee import SeatRole
from services.chassis.aggregates import Aggregate, Entity, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("席位须写明所属职务")
def post_missing(_: Any, command: Any, __: Facts) -> bool:
    """A seat belongs to a post."""
    return any(not seat.post.strip() for seat in command.seats)


@refuses("席位编号或职务重复")
def seat_twice(_: Any, command: Any, __: Facts) -> bool:
    """Every seat once, every post once."""
    ids, posts = {seat.seat_id for seat in command.seats}, {seat.post.strip() for seat in command.seats}
    return min(len(ids), len(posts)) < len(command.seats)


@refuses("须有且只有一名主任")
def director_not_unique(_: Any, command: Any, __: Facts) -> bool:
    """One director (HN §1, BJ §二(一)¶1, WH §3)."""
    return sum(seat.role is SeatRole.DIRECTOR for seat in command.seats) != 1


@refuses("成员单位少于当地规定，至少须有")
def composition_too_small(_: Any, command: Any, facts: Facts) -> str:
    """The place names its member units; the lists are open at the end (policy committee.members.min)."""
    least = facts.policy.get("committee.members.min") or 0
    members = sum(seat.role is SeatRole.MEMBER for seat in command.seats)
    return f"{least} 个，现有 {members} 个" if members < least else ""


COMMITTEE = LifeCycle("committee", "督导委员会", "FORMED", (
    row(NEW, said.FormCommittee, {said.CommitteeFormed: "FORMED"},
        when=[post_missing, seat_twice, director_not_unique, composition_too_small]),
), apart=(said.CommitteeFormed,))


class HeldSeat(Entity, kw_only=True):
    """A seat and whoever sits there now."""

    seat_id: UUID | None = None
    post: str = ""
    role: SeatRole | None = None
    member_unit_id: UUID | None = None
    person_id: UUID | None = None


SEAT = LifeCycle("seat", "席位", "VACANT OCCUPIED", (
    row("VACANT", said.OccupySeat, {said.SeatOccupied: "OCCUPIED"}),
    row("OCCUPIED", said.VacateSeat, {said.SeatVacated: "VACANT"}),
), entities=("seats", "seat_id", HeldSeat), apart=(said.SeatVacated,))


class Committee(Aggregate, kw_only=True):
    """The committee of one body."""

    life_cycles = (COMMITTEE, SEAT)
    body_id: UUID | None = None
    seats: dict[str, HeldSeat] = {}

    def vacate_seat(self, seat: HeldSeat, command: Any, facts: Facts) -> said.SeatVacated:
        """Whoever leaves; the post stays."""
        return fill(said.SeatVacated, command, facts, person_id=seat.person_id, at=now(facts))

    def on_committee_formed(self, _: Any, event: said.CommitteeFormed) -> None:
        """All seats are empty at first."""
        self.body_id = event.body_id
        self.seats = {
            str(seat.seat_id): HeldSeat(state="VACANT", seat_id=seat.seat_id, post=seat.post, role=seat.role,
                                        member_unit_id=seat.member_unit_id)
            for seat in event.seats
        }

    def on_seat_vacated(self, seat: HeldSeat, _: said.SeatVacated) -> None:
        """Nobody sits there."""
        seat.person_id = None
