"""“回头看”: in September another inspector looks at what was written off."""

from typing import Any

from contracts.letter import Letter
from services.cli.demo.fates import LOOKED_AT, Fate
from services.cli.demo.ledgers import Item
from services.cli.demo.rectifying import Rectifying
from services.cli.demo.stage import Act


class LookingBack:
    """One look-back for each school that has something to look at."""

    def __init__(self, rectifying: Rectifying) -> None:
        self._rectifying, self._stage = rectifying, rectifying.stage
        self._county = rectifying.county
        self._stage.on("rectification.ItemReopened", self._county.code, self.reopened)

    def begin(self) -> None:
        """List the items and send the inspectors out."""
        for school in self._county.schools:
            listed = [i for i in self._rectifying.items.values() if i.school == school.id and self._looked_at(i)]
            if listed:
                look = f"lookback-{school.id}"
                self._stage.says(self._county.staff, "rectification.ScheduleLookBack", lookBack=look,
                                 selection="LISTED", items=[item.id for item in listed])
                self._stage.in_days(2, 5, self._performing(look, listed))

    def _looked_at(self, item: Item) -> bool:
        return item.fate in LOOKED_AT and item.written_off and item.school not in self._county.gone

    def _performing(self, look: str, listed: list[Item]) -> Act:
        verifiers = {item.verifier for item in listed}
        checker = next(person for person in self._county.inspectors if person not in verifiers)

        def perform() -> None:
            self._stage.says(checker, "rectification.PerformLookBack", lookBack=look, methods=["ON_SITE"],
                             evidenceHashes=[f"{self._stage.rng.getrandbits(64):016x}"])
            for item in listed:
                self._decide(checker, look, item)
            self._stage.says(self._county.staff, "rectification.ReportLookBack", lookBack=look, toBodies=["city"])
        return perform

    def _decide(self, checker: str, look: str, item: Item) -> None:
        which = {"lookBack": look, "item": item.id}
        if item.fate is Fate.SUSTAINED:
            self._stage.says(checker, "rectification.DecideSustained", **which)
        elif item.fate is Fate.REBOUNDED:
            self._stage.says(checker, "rectification.DecideRebounded", description="同类问题再次出现", **which)
        else:
            self._stage.says(checker, "rectification.AllegeFalseRectification", contradictions=["照片为他校所摄"],
                             **which)
            self._stage.says(self._county.staff, "rectification.EstablishFalseRectification",
                             evidenceHashes=["照片", "证言"], heardAt=self._stage.town.clock.now.isoformat(), **which)

    def reopened(self, letter: Letter) -> None:
        """What rebounded is rectified again; what was false is still open on the last day."""
        event: Any = letter.event
        item = self._rectifying.items[str(event.item_id)]
        if item.fate is Fate.REBOUNDED:
            self._rectifying.complete(item, 5, 8)
