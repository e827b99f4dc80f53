"""A command said again is quiet; one that says more than was said is not."""

from typing import Any

import msgspec
import pytest

from contracts.accountability import interview as said
from services.accountability.domain.interview import Interview
from tests.kit.cases import AT, uid

ADDRESSEE: dict[str, Any] = {
    "interview_id": uid("stream"), "addressee_body_id": uid("party"), "addressee_kind": said.AddresseeKind.PARTY,
}


def remembered(snapshot: bool) -> Any:
    interview = Interview(stream=uid("stream"))
    interview.evolve(said.InterviewRecordFiled(filed_at=AT, **ADDRESSEE))
    return msgspec.json.decode(msgspec.json.encode(interview), type=Interview) if snapshot else interview


@pytest.mark.parametrize("snapshot", [False, True])
def test_what_an_event_leaves_out_can_still_be_said(snapshot: bool) -> None:
    cycle = Interview.life_cycles[0]
    rows = tuple(line for line in cycle.rows if line.command is said.FileRecord)
    aggregate = remembered(snapshot)
    assert aggregate._already_said(cycle, rows, said.FileRecord(**ADDRESSEE))
    assert not aggregate._already_said(cycle, rows, said.FileRecord(receipt_at=AT, **ADDRESSEE))
