"""Sight: which letters of a case someone may read, decided letter by letter."""

from collections.abc import Iterable
from datetime import datetime

from contracts.record import Head
from contracts.values import Confidentiality
from services.chassis.casebook import Filed
from services.chassis.pages import Scope


def visible(filed: Iterable[Filed], scope: Scope, now: datetime) -> list[Filed]:
    """Those letters that a scope may read at an instant; the rest does not exist for it."""
    return [found for found in filed if _may_read(found.letter.head, scope, now)]


def _may_read(head: Head, scope: Scope, now: datetime) -> bool:
    """Public: everyone. Internal: owner and unit. Restricted, or still sealed: the owner alone."""
    if head.confidentiality is Confidentiality.PUBLIC:
        return True
    sealed = head.confidentiality is Confidentiality.SEALED_UNTIL and (
        head.sealed_until is None or now < head.sealed_until
    )
    if sealed or head.confidentiality is Confidentiality.RESTRICTED:
        return scope.admits(head.owner_path, None, ())
    return scope.admits(head.owner_path, head.unit_path, ())
