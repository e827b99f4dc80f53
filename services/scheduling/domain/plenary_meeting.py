"""PlenaryMeeting (全体会议) of a supervision committee: convened, held, minuted, or not held (domain 3.2.8, WH §4)."""

from typing import Any
from uuid import UUID

from contracts.scheduling import plenary_meeting as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.chassis.policy_values import china_day, fraction
from services.scheduling.domain.guards import document_missing


@refuses("只能召集本地督导委员会的全体会议")
def not_own_committee(_: Any, __: Any, facts: Facts) -> bool:
    """Of the same place as whoever convenes it."""
    return facts["committee_place"] != facts.origin.jurisdiction


@refuses("须记录出席人员")
def attendance_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody held it, it was not held."""
    return not command.attendance


@refuses("会议日期尚未到")
def not_yet(meeting: Any, _: Any, facts: Facts) -> bool:
    """Nothing is held before its day."""
    return meeting.date is not None and china_day(facts.at) < meeting.date


@refuses("须列出议定事项")
def decisions_missing(_: Any, command: Any, __: Facts) -> bool:
    """Minutes say what was decided."""
    return not any(decision.strip() for decision in command.decisions)


MEETING = LifeCycle("meeting", "全体会议", "CONVENED HELD MINUTED NOT_HELD", (
    row(NEW, said.ConveneMeeting, {said.MeetingConvened: "CONVENED"}, when=[not_own_committee]),
    row("CONVENED", said.HoldMeeting, {said.MeetingHeld: "HELD"}, when=[not_yet, attendance_missing]),
    row("HELD", said.FileMinutes, {said.MinutesFiled: "MINUTED"}, when=[document_missing, decisions_missing]),
    row("CONVENED", said.CancelMeeting, {said.MeetingCancelled: "NOT_HELD"}, when=[reason_missing]),
))


class PlenaryMeeting(Aggregate, kw_only=True):
    """One meeting; without its quorum it does not count as the year's."""

    life_cycles = (MEETING,)
    body_id: UUID | None = None
    date: Any = None
    quorum_met: bool = False

    def hold_meeting(self, _: Any, command: Any, facts: Facts) -> said.MeetingHeld:
        """Members who came, against the share of the committee's seats that policy asks for."""
        came = len({one.person_id for one in command.attendance})
        share, seats = facts.policy.get("committee.plenary.quorum"), facts.get("seats")
        met = bool(came) if share is None or seats is None else came >= fraction(share) * seats
        return fill(said.MeetingHeld, command, facts, quorum_met=met)
