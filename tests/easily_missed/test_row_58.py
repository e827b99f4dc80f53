"""Row 58: a citation is kept as it was printed; two readings of one opinion are linked and marked as a conflict."""

import pytest

from services.registry.policy_documents import reviewed_documents

OPINION = "关于深化新时代教育督导体制机制改革的意见"
PRINTED = {"HN": "厅字〔2020〕1号", "BJ": "厅字〔2020〕1号", "SD-WH-EDZ": "厅字〔2021〕1号"}


@pytest.mark.parametrize("place", PRINTED)
def test_row_58_the_literal_stays_and_the_conflict_is_noted(place: str) -> None:
    cited = [cite for document in reviewed_documents() if document.jurisdiction == place for cite in document.cites]
    (central,) = [cite for cite in cited if cite.title == OPINION]
    assert central.number == PRINTED[place]
    assert central.note is not None
    assert central.note.startswith("CONFLICT")
    assert {"厅字〔2020〕1号", "厅字〔2021〕1号"} - {central.number} <= {
        number for number in ("厅字〔2020〕1号", "厅字〔2021〕1号") if number in central.note}
