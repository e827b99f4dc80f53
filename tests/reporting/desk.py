"""A desk: a tale, its pages and whoever asks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.chassis.as_of import Moment
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views.ask import Ask
from tests.letters import START, id_of
from tests.reporting.tale_of_problems import ProblemTale

NOW = START + timedelta(days=60)


class Desk(ProblemTale):
    """Whatever is asked is asked of what has been told so far."""

    def __init__(self) -> None:
        super().__init__()
        self.casebook, self.pages, self.clock = MemoryCasebook(), MemoryPages(), HandClock(NOW)
        self.ask = Ask(self.casebook, self.pages, self.clock)

    def publish(self) -> int:
        self.file_into(self.casebook)
        return Projector(self.casebook, self.pages).follow()

    def rows(self, view: str, scope: Scope = WHOLE, at: Moment = None) -> Mapping[str, Mapping[str, Any]]:
        self.publish()
        return {line.key: line.cells for line in self.ask.view(view, scope, at=at).lines}

    def row(self, view: str, *names: str, scope: Scope = WHOLE) -> Mapping[str, Any]:
        """By the short names its key is made of, or by the key itself."""
        found = self.rows(view, scope)
        key = "/".join(str(id_of(name)) for name in names)
        return found[key] if key in found else found["/".join(names)]

    def letters_behind(self, view: str, key: str, scope: Scope = WHOLE) -> list[str]:
        self.publish()
        return [filed.letter.name.partition(".")[2] for filed in self.ask.behind(view, scope, key)]


def cells(found: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names)
