"""Discarding: a parked letter that will never be obeyed is given up by two persons, and the log says so for ever.

What is discarded belongs where the letter belongs: the same place, unit, cases and confidentiality.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.post import parked_letter as said
from contracts.record import Command, Event, record_hash
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, Origin
from services.chassis.life_cycle import NEW, LifeCycle, Refused, refuses, row
from services.chassis.loading import origin_of
from services.chassis.memos import Memo, Memos
from services.chassis.parked import Parked, parked_at, place_at, settled

DISCARDED = b"discarded"


@refuses("作废信件须写明理由")
def reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """Whoever reads the case in ten years must learn why nobody acted."""
    return not command.reason.strip()


@refuses("作废信件须由另一人确认")
def second_person_missing(letter: "ParkedLetter", _: Any, facts: Facts) -> bool:
    """Nobody gives up alone what the law may require."""
    return letter.requested_by_id == facts.actor.person_id


DISCARD = LifeCycle("letter", "作废请求", "REQUESTED DISCARDED", (
    row(f"{NEW}, REQUESTED", said.RequestDiscard, {said.DiscardRequested: "REQUESTED"}, when=[reason_missing],
        fills={"requested_by_id": lambda facts: facts.actor.person_id, "requested_at": lambda facts: facts.at}),
    row("REQUESTED", said.ConfirmDiscard, {said.LetterDiscarded: "DISCARDED"}, who=[second_person_missing]),
))


class ParkedLetter(Aggregate, kw_only=True):
    """One letter at one listener; the last request is the one that is confirmed."""

    life_cycles = (DISCARD,)
    reason: str | None = None
    requested_by_id: UUID | None = None
    requested_at: datetime | None = None

    def confirm_discard(self, _: Any, command: Any, facts: Facts) -> said.LetterDiscarded:
        """With what was requested, by whom and when; who confirms stands in the head."""
        requested = {name: getattr(self, name) for name in ("reason", "requested_by_id", "requested_at")}
        return fill(said.LetterDiscarded, command, facts, **requested)


def parked_of(app: Any, command: Any) -> tuple[str, Parked]:
    """Place and parked letter that a command names; raises Refused LETTER_NOT_PARKED."""
    place = place_at(command.sender, command.position)
    parked = parked_at(app.memos, place) if command.listener == app.name else None
    if parked is None:
        named = f"{command.listener}:{command.sender}/{command.position}"
        raise Refused("LETTER_NOT_PARKED", f"没有搁置的信件“{named}”")
    return place, parked


def what_is_parked(app: Any, _: Any, command: Any, __: Facts) -> dict[str, Any]:
    """Which letter it is, and why it was parked; not in the error's own words, which may hold what is sealed."""
    place, parked = parked_of(app, command)
    letter = parked.letter(place)
    return {
        "event_name": letter.name, "record_hash": record_hash(letter.record, letter.head.algorithm),
        "parked_because": parked.code,
    }


def belonging_of(app: Any, command: Command) -> Origin | None:
    """To whom a discard belongs: to whom the letter does; None for any other command."""
    if type(command) not in GATHERERS:
        return None
    place, parked = parked_of(app, command)
    return origin_of(parked.letter(place).head)


def out_of_its_line(memos: Memos, event: Event) -> list[Memo]:
    """What the commit of a discard takes away beside it; nothing for any other event."""
    if not isinstance(event, said.LetterDiscarded):
        return []
    place = place_at(event.sender, event.position)
    parked = parked_at(memos, place)
    return settled(place, parked, DISCARDED) if parked else []


GATHERERS: dict[type[Command], Any] = {said.RequestDiscard: what_is_parked, said.ConfirmDiscard: what_is_parked}
