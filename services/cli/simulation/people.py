"""People: each says what the story has them say, in order, and says it again under the same id until it is answered."""

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec

from contracts.record import Receipt, encode
from contracts.submission import Submission
from contracts.wire import name_of
from services.chassis.life_cycle import Refused
from services.chassis.replies import NoAnswer, receipt_in
from services.cli.simulation.story import Said

LONGEST_WAIT = 20.0  # seconds before something is said again


class Person:
    """Whoever waits at a screen."""

    def __init__(self, world: Any, said: Iterable[Said]) -> None:
        self._world, self._chance, self.to_say = world, world.chance, deque(said)
        self.name = f"person-{str(self.to_say[0].who.person_id)[:8]}"
        self.answered: dict[Any, Receipt] = {}
        self.contradictions: list[str] = []
        self.refused = list[Any]()
        self._wait_until = 0.0
        self.last_refusal, self._is_speaking = "", False

    def turn(self) -> None:
        """Say the next thing when its hour has come."""
        if self._is_speaking:
            self._hurry()
        if self._is_speaking or not self.to_say or self._world.seconds < self._wait_until:
            return
        if self.to_say[0].at <= self._world.now():
            self._is_speaking = True
            self._speak(self.to_say[0])
            self._is_speaking = False

    def _hurry(self) -> None:
        """While the first attempt is under way: whoever answers this one is not heard."""
        if self._chance.strikes("impatient", self.name):
            with suppress(NoAnswer, Refused):
                self._send(self.to_say[0])

    def _speak(self, said: Said) -> None:
        if self._chance.strikes("stranger", self.name):
            self._say_as_a_stranger(said)
        receipt = self._say(said)
        if receipt is None:
            self._wait_until = self._world.seconds + self._chance.rng.uniform(0.5, LONGEST_WAIT)
            return
        self._keep(said, receipt)
        if not self._chance.strikes("command-repeated", self.name):
            self.to_say.popleft()

    def _say(self, said: Said) -> Receipt | None:
        if self._chance.strikes("request-lost", self.name):
            return None
        try:
            receipt = self._send(said)
        except NoAnswer as error:
            self._chance.tell(self.name, f"{name_of(type(said.command))}: {error}")
            return None
        except Refused as refusal:
            self.last_refusal = str(refusal)
            self._chance.tell(self.name, f"{name_of(type(said.command))}: {refusal.code}")
            return None
        return None if self._chance.strikes("receipt-lost", self.name) else receipt

    def _send(self, said: Said) -> Receipt:
        name = name_of(type(said.command))
        submission = Submission(
            command_id=said.command_id, name=name, body=msgspec.Raw(encode(said.command)),
            token=self._world.signer.sign(said.who), occurred_at=said.at,
        )
        doors = self._world.doors_of(name.partition(".")[0])
        return receipt_in(doors.ask("execute", encode(submission).decode()))

    def _keep(self, said: Said, receipt: Receipt) -> None:
        earlier = self.answered.setdefault(said.command_id, receipt)
        self._chance.tell(self.name, f"{name_of(type(said.command))}: {receipt.position}")
        if earlier != receipt:
            self.contradictions.append(f"{said.command_id} got {earlier}, then {receipt}")

    def _say_as_a_stranger(self, said: Said) -> None:
        """The same under another id by somebody whose role does not allow it: nothing of it may be stored."""
        stranger = msgspec.structs.replace(said.who, roles=frozenset())
        wrong = said._replace(who=stranger, command_id=self._world.fresh())
        self.refused.append(wrong.command_id)
        try:
            receipt = self._send(wrong)
        except (NoAnswer, Refused):
            return
        self.contradictions.append(f"a stranger got {receipt}")
