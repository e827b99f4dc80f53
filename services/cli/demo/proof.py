"""The demonstration proves itself: pages are the fold, chains are whole, draws can be computed again, one digest."""

from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from contracts import verify_draw
from services.chassis.announcing import all_letters
from services.cli.speaking import Wrong
from services.cli.wiring import Embedded
from services.reporting.views import VIEWS


class Proof(NamedTuple):
    """What was proved: how many records, one digest over all of them."""

    records: int
    views: int
    digest: str
    draws: int = 0


def proved(deployment: Embedded) -> Proof:
    """Raises Wrong PAGE_DIFFERS, CHAIN_BROKEN or DRAW_UNPROVEN."""
    for name in VIEWS:
        if (difference := deployment.library.projector.verify(name)) is not None:
            raise Wrong("PAGE_DIFFERS", f"视图 {name} 的“{difference.key}”与案卷重算的不一致")
    if (fault := deployment.library.audit.verify()) is not None:
        raise Wrong("CHAIN_BROKEN", f"案卷总号 {fault.number}：{fault.sentence}")
    return _digested(deployment)._replace(draws=_drawn(deployment))


def _digested(deployment: Embedded) -> Proof:
    whole, records = sha256(), 0
    for sender, service in deployment.town.services.items():
        for letter in all_letters(service.recorder, sender):
            whole.update(letter.record)
            records += 1
    return Proof(records, len(VIEWS), whole.hexdigest())


def _drawn(deployment: Embedded) -> int:
    """Every draw that was made is computed again, from its records alone; an abandoned one has no result."""
    told: dict[UUID, list[Any]] = {}
    for letter in all_letters(deployment.town.services["scheduling"].recorder, "scheduling"):
        if letter.name.startswith("scheduling.Draw"):
            told.setdefault(letter.head.stream, []).append(letter)
    made = {stream: letters for stream, letters in told.items()
            if any(letter.name == "scheduling.DrawExecuted" for letter in letters)}
    for stream, letters in made.items():
        content = b"".join(letter.record for letter in letters).decode()
        if wrong := [sentence for untrue, sentence in verify_draw.faults(content) if untrue]:
            raise Wrong("DRAW_UNPROVEN", f"抽取 {stream}：{'、'.join(wrong)}")
    return len(made)
