"""Row 30: "promptly" has a local number that is marked as local, and no clause stands behind the number."""

import pytest
from typer.testing import CliRunner

from services.cli.app import app
from services.registry.policy_documents import reviewed_store
from tests.easily_missed.story import Story

WORDS = ("window.promptly", "window.onTime", "window.suitableTime", "window.startOfYear.cutoff")


@pytest.mark.parametrize("key", WORDS)
def test_row_30_the_number_is_local_and_cites_nothing(key: str) -> None:
    found = reviewed_store().find(key, ("CN", "HN"), Story("hunan").town.clock())
    assert found is not None
    assert (found.source, found.clause, found.jurisdiction) == ("local", None, "LOCAL")


def test_row_30_the_policy_verb_shows_the_number_and_that_it_is_local() -> None:
    shown = CliRunner().invoke(app, ["policy", "explain", "window.promptly", "--at", "HN", "--on", "2026-03-02"])
    assert shown.exit_code == 0
    assert "10" in shown.stdout
    assert "LOCAL" in shown.stdout or "local" in shown.stdout or "本地" in shown.stdout


def test_row_30_an_overdue_prompt_filing_cites_no_clause_for_its_number() -> None:
    story = Story("hunan", "HN")
    (due,) = story.does("li", "scheduling.OpenFiling", filing="bs", kind="MAJOR_MATTER", body="office")
    story.town.advance_to(due.event.due_at)  # type: ignore[attr-defined]
    lapsed = [each for each in story.chronicle.letters if each.name == "scheduling.FilingLapsed"]
    refs = [ref for each in (due, *lapsed) for ref in each.head.policy_refs if ref.key.startswith("window.")]
    assert lapsed and refs
    assert {(ref.found_at, ref.clause) for ref in refs} == {("LOCAL", None)}
