"""The way of every problem from the list to the write-off, as far as its fate takes it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

from contracts.letter import Letter
from services.cli.demo.county import PROBLEMS, County, head_of
from services.cli.demo.fates import LATE, QUICK, RETURNS, Fate, deck
from services.cli.demo.ledgers import Item, Ledger
from services.cli.demo.scales import Tour
from services.cli.demo.stage import Stage

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
PATIENT = "2026-12-18T00:00:00+08:00"
"""The deadline of what is still in time on the last day."""
MEASURES = {problem.text: problem.measure for problem in PROBLEMS}


class Rectifying:
    """Hears what is registered and lets people act on it."""

    def __init__(self, stage: Stage, county: County, tours: Sequence[Tour], rng: Random) -> None:
        self.stage, self.county = stage, county
        self.items: dict[str, Item] = {}
        self.ledgers: dict[str, Ledger] = {}
        self._decks = [deck(tour.deck, rng) for tour in tours]
        for name, call in {
            "ItemRegistered": self.registered, "PlanRequested": self.plan_requested, "PlanSubmitted": self.submitted,
            "ItemPlanned": self.planned, "ItemStarted": self.started, "CompletionReported": self.completed,
            "ItemVerificationFailed": self.failed, "ItemVerified": self.verified,
            "RectificationReported": self.reported, "RectificationPublished": self.published,
            "ItemWrittenOff": self.written_off,
        }.items():
            stage.on(f"rectification.{name}", county.code, call)

    def registered(self, letter: Letter) -> None:
        """A card is drawn; somebody at the school becomes responsible."""
        event: Any = letter.event
        school = self.stage.short_of((letter.head.unit_path or "").rpartition("/")[2])
        fate = self._decks[letter.head.occurred_at > SUMMER].pop()
        ledger = self.ledgers.setdefault(str(event.ledger_id), Ledger(school))
        item = Item(
            id=str(event.item_id), number=event.number or "", school=school, ledger=str(event.ledger_id), fate=fate,
            due_at=event.due_at, text=event.text,
        )
        self.items[item.id] = item
        ledger.items.append(item)
        self.stage.names.bind(item.number, event.item_id)
        later = {} if fate in (QUICK | LATE) - {Fate.TWICE} else {"dueAt": PATIENT}
        self.stage.in_days(1, 2, lambda: self.stage.says(
            self.county.staff, "rectification.AssignItem", item=item.id, person=head_of(school),
            basis="整改工作会议", **later))

    def plan_requested(self, letter: Letter) -> None:
        """The school writes its plan for everything on the list."""
        event: Any = letter.event
        ledger = self.ledgers[str(event.ledger_id)]
        ledger.plan = str(event.plan_id)
        self.stage.in_days(4, 7, lambda: self.stage.says(
            head_of(ledger.school), "rectification.SubmitPlan", plan=ledger.plan, items=[
                {"item": item.id, "measures": [MEASURES[item.text]], "person": head_of(ledger.school),
                 "dueAt": item.due_at.isoformat()} for item in ledger.items
            ], extensionAnswers=[{"group": "同类问题", "method": "逐班逐室排查"}]))

    def submitted(self, letter: Letter) -> None:
        """The office accepts it."""
        plan = str(letter.head.stream)
        self.stage.in_days(1, 2, lambda: self.stage.says(
            self.county.staff, "rectification.AcceptPlan", plan=plan,
            departmentInformedAt=self.stage.town.clock.now.isoformat()))

    def planned(self, letter: Letter) -> None:
        """Work begins, where it does."""
        item = self._item(letter)
        if item.fate is not Fate.PLANNED:
            self.stage.in_days(1, 1, lambda: self.stage.says(
                head_of(item.school), "rectification.StartItem", item=item.id))

    def started(self, letter: Letter) -> None:
        """And is done in time, where it is."""
        item = self._item(letter)
        if item.fate in QUICK or item.fate is Fate.REPORTED:
            self.complete(item, 2, 4)

    def complete(self, item: Item, least: int, most: int) -> None:
        """The school reports that it is done."""
        self.stage.in_days(least, most, lambda: self.stage.says(
            head_of(item.school), "rectification.ReportCompletion", item=item.id, measuresDone=[MEASURES[item.text]],
            evidenceHashes=[f"{self.stage.rng.getrandbits(64):016x}"]))

    def completed(self, letter: Letter) -> None:
        """An inspector looks; once, one sends a school back to work."""
        item = self._item(letter)
        if item.fate is Fate.REPORTED:
            return
        inspector = self.county.inspector_of(item.school)
        if item.returned < RETURNS.get(item.fate, 0):
            item.returned += 1
            self.stage.in_days(1, 1, lambda: self.stage.says(
                inspector, "rectification.RejectCompletion", item=item.id, reason="现场与所报不符"))
            return
        self.stage.in_days(1, 2, lambda: self.stage.says(
            inspector, "rectification.VerifyItem", item=item.id, method="现场核实",
            evidenceHashes=[f"{self.stage.rng.getrandbits(64):016x}"]))

    def failed(self, letter: Letter) -> None:
        """The second time it is right."""
        self.complete(self._item(letter), 2, 3)

    def verified(self, letter: Letter) -> None:
        """When everything it will report on is verified, the school reports."""
        event: Any = letter.event
        item = self._item(letter)
        item.verifier = self.stage.short_of(event.verifier_id)
        ledger = self.ledgers[item.ledger]
        if ledger.published:
            self._write_off(item)
        elif not ledger.reported and not ledger.waits():
            ledger.reported = True
            self.stage.in_days(1, 1, lambda: self.stage.says(
                head_of(ledger.school), "rectification.ReportRectification", plan=ledger.plan,
                documentHash=f"{self.stage.rng.getrandbits(64):016x}"))

    def reported(self, letter: Letter) -> None:
        """And publishes."""
        ledger = self._ledger_of_plan(letter)
        self.stage.in_days(1, 1, lambda: self.stage.says(
            head_of(ledger.school), "rectification.PublishRectification", plan=ledger.plan, channel="校门口公告栏"))

    def published(self, letter: Letter) -> None:
        """Then the office writes off what was verified."""
        ledger = self._ledger_of_plan(letter)
        ledger.published = True
        for item in ledger.items:
            if item.verifier:
                self._write_off(item)

    def written_off(self, letter: Letter) -> None:
        """From now on it may be looked back at."""
        self._item(letter).written_off = True

    def _write_off(self, item: Item) -> None:
        self.stage.in_days(1, 2, lambda: self.stage.says(self.county.staff, "rectification.WriteOffItem", item=item.id))

    def _item(self, letter: Letter) -> Item:
        event: Any = letter.event
        return self.items[str(event.item_id)]

    def _ledger_of_plan(self, letter: Letter) -> Ledger:
        return next(one for one in self.ledgers.values() if one.plan == str(letter.head.stream))
