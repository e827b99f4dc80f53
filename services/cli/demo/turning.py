"""What turns out otherwise in a year: an inspector leaves, a draw is abandoned for it, two schools become one."""

from datetime import date
from typing import Any, NamedTuple

from contracts.letter import Letter
from services.cli.demo.county import School
from services.cli.demo.rectifying import Rectifying
from services.cli.demo.scales import Events
from services.cli.demo.stage import Act

DRAWN, TEAM, POOL = 2, 3, 30


class Lot(NamedTuple):
    """One attempt at drawing for one special inspection."""

    activity: str
    attempt: int
    pool: list[str]
    first: date

    @property
    def draw(self) -> str:
        """Its short id."""
        return f"{self.activity}-draw-{self.attempt}"


class Turning:
    """Draws at random, an exit, a merger; each on its day."""

    def __init__(self, rectifying: Rectifying, events: Events) -> None:
        self._county, self._stage, self._events = rectifying.county, rectifying.stage, events
        self._items = rectifying.items
        self._lots: dict[str, Lot] = {}
        self._fallen: set[str] = set()
        for name, call in {"DrawExecuted": self.executed, "DrawAbandoned": self.abandoned}.items():
            self._stage.on(f"scheduling.{name}", self._county.code, call)

    def begin(self, last: list[School]) -> None:
        """Put everything on the agenda; one of the `last` schools is merged into another."""
        stage, events = self._stage, self._events
        for number, (day, first) in enumerate(events.draws, 1):
            stage.at(stage.hour_of(stage.working_day(day)), self._planning(number, stage.working_day(first)))
        if events.exit is not None:
            stage.at(stage.hour_of(events.exit), self.leave)
        if events.merger is not None:
            stage.at(stage.hour_of(events.merger), lambda: self.merge(last))

    # --- draws ------------------------------------------------------------------------------------

    def _planning(self, number: int, first: date) -> Act:
        def plan() -> None:
            stage, of = self._stage, self._county.of
            there = [school.id for school in self._county.schools if school.id not in self._county.gone]
            lot = Lot(of(f"special-{number}"), 1, stage.rng.sample(there, min(POOL, len(there))), first)
            stage.says(self._county.staff, "scheduling.PlanActivity", activity=lot.activity, plan=of("plan-2026"),
                       body=of("office"), axes={"function": "SCHOOL", "target": "SCHOOL", "scope": "SPECIAL"},
                       targets=lot.pool, window={"from": f"{first}", "to": f"{first}"}, legalBasis=["条例§17"])
            self._prepare(lot)
        return plan

    def _prepare(self, lot: Lot) -> None:
        stage, staff = self._stage, self._county.staff
        stage.says(staff, "scheduling.PrepareDraw", draw=lot.draw, activity=lot.activity, attempt=lot.attempt,
                   unitPool=lot.pool, inspectorPool=[*self._county.inspectors], unitCount=DRAWN,
                   inspectorCount=TEAM)
        self._lots[str(stage.names.existing(lot.draw))] = lot
        stage.says(staff, "scheduling.CommitDraw", draw=lot.draw)
        stage.in_days(2, 3, lambda: self._execute(lot))

    def _execute(self, lot: Lot) -> None:
        if lot.draw not in self._fallen:
            thrown = "".join(str(self._stage.rng.randint(1, 6)) for _ in range(24))
            self._stage.says(self._county.staff, "scheduling.ExecuteDraw", draw=lot.draw, contributions=[
                {"party": "公证员", "method": "DICE", "value": thrown}])

    def abandoned(self, letter: Letter) -> None:
        """Drawn for again, from a register of those who are left."""
        lot = self._lots[str(letter.head.stream)]
        self._fallen.add(lot.draw)
        self._stage.in_days(1, 2, lambda: self._prepare(lot._replace(attempt=lot.attempt + 1)))

    def executed(self, letter: Letter) -> None:
        """The team and the notices follow the lot; on its day the inspection starts."""
        event: Any = letter.event
        lot, stage, staff = self._lots[str(letter.head.stream)], self._stage, self._county.staff
        leader, *members = (stage.short_of(one) for one in event.inspectors)
        units = [stage.short_of(one) for one in event.units]

        def form() -> None:
            stage.says(staff, "scheduling.FormTeam", activity=lot.activity, leader=leader, members=members)
            for unit in units:
                stage.says(staff, "scheduling.ServeNotice", activity=lot.activity, unit=unit)

        stage.in_days(1, 1, form)
        stage.at(stage.hour_of(lot.first), lambda: stage.says(
            leader, "scheduling.StartActivity", activity=lot.activity, location="校门口"))

    # --- people and schools ------------------------------------------------------------------------

    def leave(self) -> None:
        """The last of the inspectors resigns; whoever waits for the lot with them is drawn for again."""
        who = self._county.inspectors.pop()
        self._stage.says(self._county.staff, "personnel.RecordExit", inspector=who, ground="RESIGNED",
                         decidedBy=self._county.of("committee"), effectiveAt=self._stage.town.clock.now.isoformat())

    def merge(self, last: list[School]) -> None:
        """The one with the fewest open problems goes."""
        def open_at(school: School) -> int:
            return sum(item.school == school.id and not item.written_off for item in self._items.values())

        gone, heir = min(last, key=open_at), self._county.schools[0]
        self._county.gone.add(gone.id)
        self._stage.registers("registry.MergeUnits", unit=heir.id, units=[gone.id],
                              validFrom=f"{self._events.merger}")
