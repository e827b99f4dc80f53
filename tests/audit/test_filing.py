"""A store in trouble is tried again for ever; a letter in trouble stops its line; the casebook's head is measured."""

import sqlite3
from collections.abc import Sequence

import pytest
from eventsourcing.persistence import PersistenceError
from pymongo.errors import AutoReconnect

from contracts.letter import Letter
from services.audit.casebook import Audit
from services.audit.filing import Filing, FilingMeters
from services.chassis.casebook import Contradiction
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.metrics import Meters
from tests.audit.silence import silent
from tests.audit.test_hearing import talk
from tests.letters import START


class Troubled(MemoryCasebook):
    """A casebook whose store fails as often as it is told."""

    def __init__(self, *trouble: Exception) -> None:
        super().__init__()
        self.trouble = list(trouble)

    def file(self, letters: Sequence[Letter]) -> int:
        if self.trouble:
            raise self.trouble.pop()
        return super().file(letters)


@pytest.mark.parametrize("trouble", [AutoReconnect("gone"), sqlite3.OperationalError("locked")])
def test_what_the_store_raises_is_raised_as_the_librarys_and_filed_when_tried_again(trouble: Exception) -> None:
    casebook, letters = Troubled(trouble), talk(3).letters
    filing = Filing(Audit(casebook, silent, HandClock(START)))
    with pytest.raises(PersistenceError):
        filing.hear(letters)
    assert filing.heard("rectification") == 0
    assert filing.hear(letters) == filing.heard("rectification") == 3


def test_a_sender_that_contradicts_itself_is_no_trouble_of_the_store() -> None:
    filing = Filing(Audit(MemoryCasebook(), silent, HandClock(START)))
    last = talk(3).letters[-1]
    filing.hear(talk(3).letters)
    with pytest.raises(Contradiction):
        filing.hear([Letter(last.sender, last.position, last.previous, last.topic, talk(1).letters[0].record)])


def test_the_head_and_every_senders_position_are_measured() -> None:
    casebook, meters = MemoryCasebook(), Meters("audit", "subscriber")
    casebook.file(talk(3, step=4).letters)
    FilingMeters(meters, casebook, ("rectification", "findings")).turn()
    text = meters.text().decode()
    assert 'dudao_casebook_head_number{service="audit"} 3.0' in text
    position = talk(3, step=4).letters[-1].position
    assert f'dudao_casebook_position{{sender="rectification",service="audit"}} {float(position)}' in text
    assert 'dudao_casebook_position{sender="findings",service="audit"} 0.0' in text
