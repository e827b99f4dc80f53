"""The live town: commands go by RPC to the services' doors, letters by the broker; here they are only waited for.

Everything is quiet when every log's head was heard by everyone who hears it and no timer is due: facts, read from all
logs at one moment. Nothing is concluded from time that passed.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from eventsourcing.persistence import PersistenceError

from contracts.correspondence import HEARS, WRITERS
from contracts.letter import Letter
from contracts.record import Receipt
from contracts.submission import Submission
from services.chassis.announcing import all_letters
from services.chassis.asking import Asker
from services.chassis.clock import HandClock
from services.chassis.identity import TokenSigner
from services.chassis.log_postgres_standing import Standing, Standings
from services.chassis.replies import NoAnswer
from services.chassis.timers import Timers
from services.chassis.town import REGISTRY, Hearer, Town
from services.cli.live.order import carried
from services.cli.speaking import Wrong

LOOK, PAUSE, PATIENCE = 0.015, 0.5, 180.0  # seconds
HEARERS = {name: senders for name, senders in HEARS.items() if name in WRITERS}


class Wires(NamedTuple):
    """What leads to the cluster: questions and commands, a look at all its logs, whether its pages have followed."""

    asker: Asker
    standings: Standings
    pages_behind: Callable[[Mapping[str, int]], str]


class LiveTown(Town):
    """As the town, for one driver of one stage; a process that dies meanwhile is waited for until it is back."""

    def __init__(
        self, services: Mapping[str, Any], signer: TokenSigner, clock: HandClock, hearers: Iterable[Hearer],
        wires: Wires,
    ) -> None:
        self._wires, self._hearers = wires, list(hearers)
        self._read_to: dict[str, int] = dict.fromkeys(services, 0)
        self._lags = ""
        super().__init__(services, signer, clock)

    def obeyed(self, service: str, submission: Submission) -> Receipt:
        """Asked again under the same id for as long as nobody answers: at most once it is obeyed."""
        self.service_named(service)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._wires.asker.execute(service, submission)
            except NoAnswer as error:
                if time.monotonic() > deadline:
                    raise Wrong("SERVICE_SILENT", f"“{service}”一直没有答复：{error}") from error
                time.sleep(LOOK)

    def settle(self) -> None:
        """Wait until everything is quiet, then let those who listen here hear what was written."""
        standing = self._waited(self._standing_of_quiet)
        self._waited(lambda: self._told(standing))

    def _fire(self, timers: Timers) -> None:
        """The subscriber of that service sees the time and fires; what is due is waited for."""

    def pages_follow(self) -> None:
        """Wait until the casebook has every letter and every view has folded the whole casebook."""
        heads = self._waited(self._standing_of_quiet).heads

        def behind() -> bool:
            self._lags = self._wires.pages_behind(heads)
            return not self._lags
        self._waited(behind)

    def _standing_of_quiet(self) -> Standing | None:
        standing = self._wires.standings.look(self.clock.now)
        self._lags = "；".join(standing.behind())
        return None if self._lags else standing

    def _waited(self, look: Callable[[], Any]) -> Any:
        """What `look` gives as soon as it gives anything; raises Wrong NOT_QUIET when nothing moves any more."""
        seen, deadline = "", time.monotonic() + PATIENCE
        while True:
            try:
                if found := look():
                    return found
            except PersistenceError as error:
                self._lags = repr(error)
                time.sleep(PAUSE)
            if self._lags != seen:
                seen, deadline = self._lags, time.monotonic() + PATIENCE
            if time.monotonic() > deadline:
                raise Wrong("NOT_QUIET", f"集群停滞不前：{seen}")
            time.sleep(LOOK)

    def _told(self, standing: Standing) -> bool:
        """Every hearer hears; the registry's copy and the directory are brought up to date. True when it is done."""
        moved = [sender for sender, head in standing.heads.items() if head > self._read_to[sender]]
        if REGISTRY in moved:
            self.services[REGISTRY].reference.follow()
        letters = [letter for sender in moved for letter in self._new(sender, standing.heads[sender])]
        self._learn_people(standing.heads[REGISTRY])
        self._read_to.update(standing.heads)
        for _, run in groupby(carried(letters, WRITERS), key=lambda letter: letter.sender):
            heard = list(run)
            for hearer in self._hearers:
                hearer.hear(heard)
        return True

    def _new(self, sender: str, head: int) -> list[Letter]:
        found = all_letters(self.services[sender].recorder, sender, self._read_to[sender])
        return [letter for letter in found if letter.position <= head]

    def close(self) -> None:
        """Close what leads to the cluster; the cluster goes on."""
        super().close()
        self._wires.asker.close()
        self._wires.standings.close()
