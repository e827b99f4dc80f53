"""A story that goes on in Python: a scenario's world, its words for commands, and what cannot be written in a step."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from contracts.letter import Letter
from services.chassis.life_cycle import Refused
from services.chassis.pages import Scope
from services.cli.founding import ADMINISTRATORS, administrator
from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario
from services.cli.scenario.writing import command
from services.reporting.views.ask import cells_of

JOURNEYS = Path(__file__).parent.parent / "journeys"
HEAD = "title: {title}\npolicy: [{policy}]\nclock: {clock}\nworld: {world}.world.yaml\nsteps: {steps}\n"
TRAINED = """
- {{as: li, do: personnel.RegisterCandidate, with: {{person: {who}, category: {category}, origin: TEACHER, employmentStatus: IN_SERVICE}}}}
- {{as: li, do: personnel.GrantQualification, with: {{person: {who}, batch: b1}}}}
- {{as: li, do: personnel.ApplyForCredential, with: {{credential: card_{who}, inspector: {who}}}}}
- {{as: li, do: personnel.IssueCredential, with: {{credential: card_{who}, issuerBody: office, validFrom: 2026-01-01, validTo: 2031-12-31}}}}
- {{as: li, do: personnel.EngageInspector, with: {{inspector: {who}, engagingBody: {by}, category: {category}, functions: [SCHOOL], employmentStatus: IN_SERVICE, selectedOn: 2026-02-01}}}}
- {{as: li, do: personnel.ConfirmPreServiceTraining, with: {{inspector: {who}, course: c1, hours: 24, level: CITY}}}}
"""  # noqa: E501


class Story(Player):
    """A town with a world of the journeys; `steps` are played first."""

    def __init__(
        self, world: str, policy: str = "", steps: str = "[]", clock: str = "2026-03-02T09:00:00+08:00",
    ) -> None:
        text = HEAD.format(title=f"{world}/{policy}", policy=policy, world=world, clock=clock, steps=steps)
        super().__init__(scenario(text, JOURNEYS))
        self.play()
        self._told = 0

    def does(self, who: str, name: str, /, **said: Any) -> Sequence[Letter]:
        """What follows when a person of the world sends a command; raises Refused."""
        begun = len(self.chronicle.letters)
        self._told += 1
        known = self.names.known(who)
        if known is None and who in ADMINISTRATORS:
            identity = administrator(who)
        else:
            at_body = said.pop("at_body", None)
            identity = self.town.directory.identity(
                self.names.existing(who), self.names.existing(at_body) if at_body else None)
        made = command(self.names, name, said)
        self.town.submit(identity, made, command_id=self.names.minted("told", self._told))
        return self.chronicle.letters[begun:]

    def is_refused(self, who: str, name: str, /, **said: Any) -> Refused:
        """The refusal of a command that must not happen."""
        with pytest.raises(Refused) as refusal:
            self.does(who, name, **said)
        return refusal.value

    def rows(self, view: str, scope: Scope, where: Mapping[str, object] | None = None) -> list[Mapping[str, Any]]:
        """What a view shows within a scope; `where` names cells that are to be so."""
        return list(cells_of(self.deployment.library.ask.view(view, scope, where=where)))

    def at(self, place: str) -> Scope:
        """Everything at and below a place."""
        return Scope(paths=(self.deployment.library.reference.path_of(place),))

    def of_unit(self, unit: str) -> Scope:
        """What the users of a unit may see."""
        key = self.names.existing(unit)
        return Scope(paths=(self.deployment.library.reference.unit_path(key),), party=str(key))


def trained(*people: str, by: str = "committee", category: str = "PART_TIME") -> str:
    """Steps that make inspectors on duty of these people."""
    return "".join(TRAINED.format(who=who, by=by, category=category) for who in people)
