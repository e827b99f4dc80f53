"""Clients at the doors: each sends one command after the other, and again under the same id until it is answered."""

import threading
from typing import Self
from uuid import uuid4

from services.chassis.asking import Asker
from services.chassis.replies import NoAnswer
from tests.live.parish import place, submission
from tests.live.village import Village

FIRST, APART = 200_000, 100_000  # numbers of the places, so that no two clients register the same
TIMEOUT = 3.0  # seconds


class Clients:
    """`promised` are the codes that got a receipt, with their positions; `again` counts "try again later"."""

    def __init__(self, village: Village, count: int = 3, *, patient: bool = True) -> None:
        self._village, self._patient, self._ending = village, patient, threading.Event()
        self.promised: dict[str, int] = {}
        self.given_up: list[str] = []
        self.again = 0
        self._threads = [threading.Thread(target=self._send, args=(number,)) for number in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _send(self, number: int) -> None:
        asker = Asker(self._village.amqp_url, "mirror", timeout=TIMEOUT)
        code = FIRST + number * APART
        while not self._ending.is_set():
            code += 1
            self._until_answered(asker, code)
        asker.close()

    def _until_answered(self, asker: Asker, code: int) -> None:
        said = submission(self._village.signer, place(code), uuid4())
        while True:
            try:
                self.promised[f"{code:06d}"] = asker.execute("registry", said).position
            except NoAnswer:
                self.again += 1
                if self._patient:
                    continue
                self.given_up.append(f"{code:06d}")
            return

    def lost(self) -> list[str]:
        """What was acknowledged and is not in the log."""
        return sorted({*self.promised} - {*self._village.wanted})
