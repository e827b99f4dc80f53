"""MajorMatterFiling (向上报告): what is owed to the body above, by when, and whether it came (domain 3.2.8)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.scheduling import major_matter_filing as said
from contracts.values import CalendarKind
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, body, now
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row
from services.scheduling.domain.annual_plan import filed_elsewhere, no_upper_body, not_the_upper_body
from services.scheduling.domain.guards import document_missing, not_own_body

ON_TIME = frozenset({said.FilingKind.ANNUAL_PLAN, said.FilingKind.ANNUAL_REPORT, said.FilingKind.SELF_ASSESSMENT})
"""What is owed every year is due on time (按时); what happens is due promptly (及时)."""


def window_key(kind: said.FilingKind) -> str:
    """The policy that sets the deadline of a kind."""
    return "window.onTime" if kind in ON_TIME else "window.promptly"


@refuses("当地没有规定须报送此类事项")
def kind_not_asked(_: Any, command: Any, facts: Facts) -> bool:
    """Kinds of policy filing.kinds: HN 3, BJ 3, WH 5."""
    return command.kind.value not in (facts.policy.get("filing.kinds") or ())


FILING = LifeCycle("filing", "向上报告", "DUE FILED ACKNOWLEDGED", (
    row(NEW, said.OpenFiling, {said.FilingDue: "DUE"}, who=[not_own_body],
        when=[kind_not_asked, no_upper_body, filed_elsewhere]),
    row("DUE", said.FileUpward, {said.FiledUpward: "FILED"}, who=[not_own_body], when=[document_missing],
        fills={"filed_at": now}),
    row("FILED", said.AcknowledgeFiling, {said.FilingAcknowledged: "ACKNOWLEDGED"}, who=[not_the_upper_body],
        fills={"by_body_id": body}),
    row("DUE", said.LapseFiling, {said.FilingLapsed: SAME}),
    row("DUE", said.RecalculateFilingDeadline, {said.FilingDeadlineRecalculated: SAME}),
))


class MajorMatterFiling(Aggregate, kw_only=True):
    """One thing to report; late, it is still owed."""

    life_cycles = (FILING,)
    body_id: UUID | None = None
    to_body_id: UUID | None = None
    due_at: datetime | None = None
    provisional: bool = False
    lapsed: bool = False

    def open_filing(self, _: Any, command: Any, facts: Facts) -> said.FilingDue:
        """The deadline named is a natural date, else policy's word for it says when."""
        due = facts.due(window_key(command.kind))
        return fill(
            said.FilingDue, command, facts, to_body_id=facts["upper_body_id"],
            due_at=command.due_at or due.due_at, provisional=due.provisional and command.due_at is None,
            calendar=CalendarKind.NATURAL_DATE if command.due_at else due.calendar,
        )

    def lapse_filing(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when another deadline holds."""
        holds = not self.lapsed and self.due_at == command.due_at <= facts.at
        return (fill(said.FilingLapsed, command, facts),) if holds else ()

    def recalculate_filing_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        holds = self.provisional and self.due_at == command.old_due_at
        return (fill(said.FilingDeadlineRecalculated, command, facts),) if holds else ()

    def on_filing_deadline_recalculated(self, _: Any, event: said.FilingDeadlineRecalculated) -> None:
        """From provisional to final."""
        self.due_at, self.provisional = event.new_due_at, False

    def on_filing_lapsed(self, _: Any, __: said.FilingLapsed) -> None:
        """It lapses once."""
        self.lapsed = True

    def timers(self) -> Timers:
        """Until it is filed or has lapsed."""
        if self.state == "DUE" and self.due_at is not None and not self.lapsed:
            yield self.due_at, said.LapseFiling(filing_id=self.stream, due_at=self.due_at)
