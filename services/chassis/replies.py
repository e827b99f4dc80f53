"""What a door answers, as data: a receipt, letters, or a refusal – never a traceback."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.letter import Letter
from contracts.record import Receipt
from services.chassis.life_cycle import Refused

Reply = dict[str, Any]
PAGE = 500  # letters of one answer, so that no door is busy for long


class NoAnswer(Exception):
    """The service could not be reached, was too slow, or could not reach its log; what it did is unknown."""


def receipt_reply(receipt: Receipt) -> Reply:
    """The answer to a command that was obeyed."""
    return {"receipt": {"service": receipt.service, "position": receipt.position}}


def refusal_reply(code: str, sentence: str) -> Reply:
    """The answer to what must not happen."""
    return {"refused": {"code": code, "sentence": sentence}}


def trouble_reply(sentence: str) -> Reply:
    """The answer when the service itself is in trouble; the same question may be asked again."""
    return {"trouble": sentence}


def letters_reply(letters: Iterable[Letter]) -> Reply:
    """The records as text, unchanged: they are UTF-8."""
    return {"letters": [[each.position, each.previous, each.topic, each.record.decode()] for each in letters]}


def receipt_in(reply: Mapping[str, Any]) -> Receipt:
    """The receipt; raises Refused or NoAnswer."""
    return Receipt(**_answer(reply, "receipt"))


def letters_in(reply: Mapping[str, Any], sender: str) -> list[Letter]:
    """The letters; raises Refused or NoAnswer."""
    rows = _answer(reply, "letters")
    return [Letter(sender, position, previous, topic, record.encode()) for position, previous, topic, record in rows]


def _answer(reply: Mapping[str, Any], kind: str) -> Any:
    if "refused" in reply:
        raise Refused(**reply["refused"])
    if kind not in reply:
        raise NoAnswer(str(reply.get("trouble", reply)))
    return reply[kind]
