"""Shows what an auditor gets from a replay: state at a moment, real changes, who, when and why."""

from datetime import timedelta

import pytest

from contracts.letter import Letter
from contracts.rectification.problem_ledger import CompletionReported
from contracts.values import Actor, Confidentiality, Role, case_id
from services.audit.casebook import Audit, Subject, sentence, visible
from services.chassis.as_of import Happened
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.life_cycle import Refused
from services.chassis.pages import Scope
from tests.audit.silence import silent
from tests.letters import ACTIVITY, HOUR, START, Sender, id_of, unit_path
from tests.reporting.story import DUE, LATER, Story

CASE = case_id(ACTIVITY, id_of("s1"))
ITEM = Subject(id_of("ledger-s1"), str(id_of("i1")))
OTHER = Subject(id_of("ledger-s1"), str(id_of("i2")))


def auditing(story: Story) -> Audit:
    casebook = story.file_into(MemoryCasebook())
    return Audit(casebook, silent, HandClock(DUE))


@pytest.fixture
def story() -> Story:
    told = Story()
    told.item("i1")
    told.item("i2", text="消防通道堆物")
    told.assigned("i1")
    told.lapsed("i1")
    told.extended("i1")
    return told


def test_a_case_is_read_in_one_order_across_senders_as_of_a_moment(story: Story) -> None:
    story.renamed("s1", "示例一小")
    audit = auditing(story)
    assert [f.number for f in audit.case(CASE)] == [1, 2, 3, 4, 5, 6]
    assert [f.number for f in audit.case(CASE, 3)] == [1, 2, 3]
    third = audit.case(CASE)[2].letter.head.recorded_at
    assert [f.number for f in audit.case(CASE, third)] == [1, 2, 3]
    with pytest.raises(Refused, match="NUMBER_UNKNOWN"):
        audit.case(CASE, 99)


def test_the_items_of_one_list_have_states_of_their_own(story: Story) -> None:
    states = auditing(story).replay(CASE)
    assert states[ITEM].fields["text"].value == "食堂食品留样记录不全"
    assert states[OTHER].fields["text"].value == "消防通道堆物"
    assert states[ITEM].version == 5
    assert states[ITEM].service == "rectification"


def test_a_state_is_that_of_the_moment_asked_for(story: Story) -> None:
    audit = auditing(story)
    for number, event in [(2, "ItemRegistered"), (4, "ItemDeadlineLapsed")]:
        found = audit.replay(CASE, number)[ITEM].fields["lastEvent"]
        assert found.value == f"rectification.{event}"
    assert "personId" not in audit.replay(CASE, 2)[ITEM].fields


def test_what_happened_before_it_was_known_is_told_apart() -> None:
    story = Story()
    story.item("i1")
    event = CompletionReported(
        item_id=id_of("i1"), measures_done=("补齐",), evidence_hashes=(), reported_by=id_of("zhao")
    )
    story.rectification.says(event, "ledger-s1", at=START + 90 * HOUR, happened=START + 2 * HOUR)
    audit, instant = auditing(story), START + 3 * HOUR
    assert len(audit.case(CASE, instant)) == 1
    assert len(audit.case(CASE, Happened(instant))) == 2
    assert audit.diff(CASE, instant, Happened(instant))[0].new is not None


def test_a_difference_names_field_old_new_who_when_why_and_event(story: Story) -> None:
    rows = {row.field: row for row in auditing(story).diff(CASE, 4, 5)}
    assert set(rows) == {"lastEvent", "oldDueAt", "newDueAt", "reason", "approverId", "count"}
    row = rows["newDueAt"]
    assert (row.subject, row.old) == (ITEM, None)
    assert row.new.startswith(LATER.date().isoformat())
    assert row.said.who.person_id == id_of("li")
    assert row.said.when == START + 5 * HOUR
    assert row.said.why == "设备到货延迟"
    assert row.said.event == "rectification.DeadlineExtended"


def test_what_is_said_again_is_no_difference_and_nothing_differs_from_itself(story: Story) -> None:
    audit = auditing(story)
    assert [row.field for row in audit.diff(CASE, 3, 4)] == ["lastEvent"]
    assert audit.diff(CASE, 5, 5) == []


def test_why_leads_to_the_letter_to_which_a_field_owes_its_value(story: Story) -> None:
    audit = auditing(story)
    found = audit.why(CASE, "dueAt", ITEM)
    assert found is not None
    assert (found.number, found.letter.name) == (3, "rectification.ItemAssigned")
    assert audit.why(CASE, "dueAt", ITEM, at=2) is None
    assert audit.why(CASE, "no such field") is None
    assert audit.why(CASE, "text").number == 2  # type: ignore[union-attr]


def test_a_letter_this_version_cannot_read_is_shown_as_it_is_stored() -> None:
    story = Story()
    letter = story.item("i1")
    newer = Letter(letter.sender, 1, 0, "rectification.ItemBlessed", letter.record)
    casebook = MemoryCasebook()
    casebook.file([newer])
    audit = Audit(casebook, silent, HandClock(DUE))
    state = audit.replay(CASE)[Subject(id_of("ledger-s1"))]
    assert state.fields["text"].value == "食堂食品留样记录不全"
    assert "发生“rectification.ItemBlessed”" in sentence(newer)


def test_every_letter_is_a_sentence_in_words_of_the_office(story: Story) -> None:
    letters = story.rectification.letters
    assert sentence(letters[0]) == (
        "2026年3月2日10:00，督导机构工作人员：问题已挂账（内容：食堂食品留样记录不全；程度：一般）。"
    )
    assert sentence(letters[4]) == (
        "2026年3月2日14:00，督导机构工作人员：整改期限已延长（原期限：2026年3月12日；"
        "新期限：2026年4月11日；理由：设备到货延迟）。"
    )


def test_a_sentence_says_who_when_no_person_acted_and_when_it_was_noted_late() -> None:
    sender = Sender()
    event = CompletionReported(
        item_id=id_of("i1"), measures_done=(), evidence_hashes=(), reported_by=id_of("zhao")
    )
    letter = sender.says(
        event, "ledger-s1", happened=START, at=START + timedelta(days=3), reason="网络中断",
        actor=Actor(person_id=id_of("timer"), role=Role.TIMER),
    )
    assert sentence(letter) == (
        "2026年3月2日09:00（2026年3月5日补记），系统到期：单位已报告整改完成。理由：网络中断。"
    )


def test_sight_is_decided_letter_by_letter() -> None:
    sender, kinds = Sender(), Confidentiality
    event = CompletionReported(
        item_id=id_of("i1"), measures_done=(), evidence_hashes=(), reported_by=id_of("zhao")
    )
    for kind in kinds:
        sender.says(event, "ledger-s1", confidentiality=kind, sealed_until=DUE)
    casebook = MemoryCasebook()
    casebook.file(sender.letters)
    filed, moment = casebook.read(), START + HOUR

    def seen(scope: Scope, now: object = moment) -> set[Confidentiality]:
        return {f.letter.head.confidentiality for f in visible(filed, scope, now)}  # type: ignore[arg-type]

    unit, stranger = Scope((unit_path("s1"),)), Scope(("990000/990102/",))
    assert seen(Scope(("990000/",))) == set(kinds)
    assert seen(unit) == {kinds.PUBLIC, kinds.INTERNAL}
    assert seen(unit, DUE) == {kinds.PUBLIC, kinds.INTERNAL, kinds.SEALED_UNTIL}
    assert seen(stranger, DUE) == {kinds.PUBLIC}
