"""CivicObserver (特约教育督导员、人民教育督察员): observes and visits, does not inspect (domain 3.1.9; SH §16)."""

from datetime import date, datetime
from typing import Any

from contracts.personnel import civic_observer as said
from contracts.values import Role
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.guards import IN_SERVICE, dates_reversed, end_of


@refuses("在任督学不得同时受聘为观察员")
def serves_as_inspector(_: Any, __: Any, facts: Facts) -> bool:
    """Whoever inspects cannot watch the inspecting."""
    return facts.get("inspector_state") in IN_SERVICE


OBSERVER = LifeCycle("observer", "观察员", "INVITED ENDED", (
    row(NEW, said.InviteObserver, {said.ObserverInvited: "INVITED"}, when=[dates_reversed, serves_as_inspector]),
    row("INVITED", said.EndObserver, {said.ObserverEnded: "ENDED"}),
))


class CivicObserver(Aggregate, kw_only=True):
    """One invitation."""

    life_cycles = (OBSERVER,)
    to: date | None = None

    def end_observer(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The clock is quiet before the last day is over."""
        early = facts.actor.role is Role.TIMER and facts.at < self.ends_at()
        return () if early else (fill(said.ObserverEnded, command, facts, at=facts.at),)

    def ends_at(self) -> datetime:
        """24:00 China time of the last day."""
        return end_of(self.to or date(9999, 12, 30))

    def timers(self) -> Timers:
        """An invitation ends by itself."""
        if self.state == "INVITED":
            yield self.ends_at(), said.EndObserver(observer_id=self.stream)
