"""The reasons to refuse that all services share: a blank is nothing, and nothing is refused with a sentence."""

from types import SimpleNamespace
from typing import Any

import pytest

from services.chassis.guards import evidence_missing, reason_missing, reasons_missing
from services.chassis.life_cycle import Refused

NOBODY: Any = None


def said(**fields: Any) -> Any:
    return SimpleNamespace(**fields)


@pytest.mark.parametrize(("guard", "command"), [
    *((reason_missing, said(reason=text)) for text in ("", " \n", None)),
    *((reasons_missing, said(reasons=text)) for text in ("", "\t", None)),
    *((evidence_missing, said(evidence_hash=text)) for text in ("", " ")),
    *((evidence_missing, said(evidence_hashes=texts)) for texts in ((), (" ",))),
    (evidence_missing, said()),
])
def test_a_blank_is_refused_with_a_sentence(guard: Any, command: Any) -> None:
    with pytest.raises(Refused, match="须"):
        guard.check(NOBODY, command, NOBODY)


@pytest.mark.parametrize(("guard", "command"), [
    (reason_missing, said(reason="停办")), (reasons_missing, said(reasons="照片日期写错")),
    (evidence_missing, said(evidence_hash="a1")), (evidence_missing, said(evidence_hashes=("", "a1"))),
])
def test_what_says_something_passes(guard: Any, command: Any) -> None:
    guard.check(NOBODY, command, NOBODY)
