"""The demonstration proves itself: pages are what the casebook folds to, chains are whole, logs have one digest."""

from hashlib import sha256
from typing import NamedTuple

from services.chassis.announcing import all_letters
from services.cli.speaking import Wrong
from services.cli.wiring import Embedded
from services.reporting.views import VIEWS


class Proof(NamedTuple):
    """What was proved: how many records, one digest over all of them."""

    records: int
    views: int
    digest: str


def proved(deployment: Embedded) -> Proof:
    """Raises Wrong PAGE_DIFFERS or CHAIN_BROKEN."""
    for name in VIEWS:
        if (difference := deployment.library.projector.verify(name)) is not None:
            raise Wrong("PAGE_DIFFERS", f"视图 {name} 的“{difference.key}”与案卷重算的不一致")
    if (fault := deployment.library.audit.verify()) is not None:
        raise Wrong("CHAIN_BROKEN", f"案卷总号 {fault.number}：{fault.sentence}")
    return _digested(deployment)


def _digested(deployment: Embedded) -> Proof:
    whole, records = sha256(), 0
    for sender, service in deployment.town.services.items():
        for letter in all_letters(service.recorder, sender):
            whole.update(letter.record)
            records += 1
    return Proof(records, len(VIEWS), whole.hexdigest())
