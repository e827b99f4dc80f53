"""Leads in a small county: no record has the words or the informant, and a destroyed key leaves every hash valid."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.findings import public_lead as said
from contracts.record import command_digest, record_hash
from contracts.values import Actor, Confidentiality, Role
from services.chassis.announcing import all_letters
from services.chassis.life_cycle import Refused
from services.chassis.town import Town
from services.findings.application import Findings
from services.findings.domain.public_lead import PublicLead
from services.findings.lead_desk import LeadDesk
from tests.kit.cases import uid
from tests.kit.county import GUARD, LI, WANG, ZHAO, grant, settle_county, town_of

LEAD, SCHOOL, OFFICE = uid("lead"), uid("s1"), uid("office")
SOURCE, TEXT = "13800000000", "食堂收回扣"


@pytest.fixture
def town() -> Town:
    return settle_county(town_of(Findings))


def receiving(lead: Any = LEAD, text: str = TEXT, source: str | None = SOURCE) -> said.ReceiveLead:
    return said.ReceiveLead(
        lead_id=lead, school_id=SCHOOL, channel=said.LeadChannel.LISTED_PHONE, category=said.LeadCategory.FOOD,
        source=source, text=text)


def letters(town: Town) -> list[Any]:
    return list(all_letters(town.services["findings"].recorder, "findings"))


def kept_bytes(town: Town) -> bytes:
    """Everything a log holds: records, and memos of every kind."""
    memos = town.services["findings"].memos
    kinds = ("command", "outcome", "due", "copy/Informed", "parked", "entity")
    rows = [row.value or b"" for kind in kinds for row in memos.scan(kind)]
    return b"".join([*rows, *(letter.record for letter in letters(town))])


def carry_through(town: Town, lead: Any = LEAD, **how: Any) -> None:
    town.submit_as(WANG, receiving(lead, **how))
    town.submit_as(LI, said.TriageLead(lead_id=lead, scope=said.LeadScope.IN_SCOPE), at_body=OFFICE)
    town.submit_as(WANG, said.VerifyLead(lead_id=lead, outcome=said.LeadOutcome.SUBSTANTIATED))


def state(town: Town, lead: Any = LEAD) -> str:
    found = town.services["findings"].load(PublicLead, lead)
    return found.state if found else "-"


def test_neither_words_nor_informant_stand_anywhere_in_the_log(town: Town) -> None:
    carry_through(town)
    held = kept_bytes(town)
    assert SOURCE.encode() not in held
    assert TEXT.encode() not in held


def test_what_scheduling_hears_names_school_and_category_and_nothing_of_the_source(town: Town) -> None:
    carry_through(town)
    (heard,) = [letter.event for letter in letters(town) if letter.name == "findings.LeadSubstantiated"]
    assert heard == said.LeadSubstantiated(lead_id=LEAD, school_id=SCHOOL, category=said.LeadCategory.FOOD)


def test_a_lead_is_restricted_and_lies_outside_the_scope_of_its_school(town: Town) -> None:
    town.submit_as(WANG, receiving(), confidentiality=Confidentiality.PUBLIC)
    head = letters(town)[-1].head
    assert (head.unit_path, head.confidentiality) == (None, Confidentiality.RESTRICTED)
    grant(town, ZHAO, Role.INSPECTOR, unit_id=SCHOOL)
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        town.submit_as(ZHAO, said.VerifyLead(lead_id=LEAD, outcome=said.LeadOutcome.SUBSTANTIATED))


def test_a_repeated_command_has_the_same_receipt_and_other_words_are_another_command(town: Town) -> None:
    key = uuid4()
    first = town.submit_as(WANG, receiving(), command_id=key)
    assert town.submit_as(WANG, receiving(), command_id=key) == first
    with pytest.raises(Refused, match="COMMAND_ID_REUSED"):
        town.submit_as(WANG, receiving(text="别的"), command_id=key)
    with pytest.raises(Refused, match="SAID_OTHERWISE"):
        town.submit_as(WANG, receiving(text="别的"))


def test_the_stored_digest_cannot_be_guessed_from_the_words(town: Town) -> None:
    key = uuid4()
    town.submit_as(WANG, receiving(), command_id=key)
    memo = town.services["findings"].memos.memo("command", str(key))
    actor = Actor(person_id=WANG, role=Role.INSPECTOR, body_id=OFFICE)
    guesses = {command_digest("findings.ReceiveLead", receiving(), actor)}
    assert memo is not None and memo.value.decode() not in guesses


def test_the_desk_reads_it_until_the_key_is_destroyed_and_then_every_hash_still_holds(town: Town) -> None:
    carry_through(town)
    before = [record_hash(letter.record, letter.head.algorithm) for letter in letters(town)]
    desk, reader = LeadDesk(town.services["findings"]), town.directory.identity(WANG)
    assert (desk.read(reader, LEAD).text, desk.read(reader, LEAD).source) == (TEXT, SOURCE)
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        desk.forget(reader, LEAD)
    desk.forget(GUARD, LEAD)
    with pytest.raises(Refused, match="SEAL_DESTROYED"):
        desk.read(reader, LEAD)
    assert [record_hash(letter.record, letter.head.algorithm) for letter in letters(town)] == before
    chain = [letter.head.previous_hash for letter in letters(town) if letter.head.stream == LEAD]
    assert chain == [None, *before[:len(chain) - 1]]
    assert state(town) == "VERIFIED"
    town.submit_as(WANG, said.AnswerLead(lead_id=LEAD))


def test_what_nobody_can_be_answered_about_closes_itself(town: Town) -> None:
    carry_through(town, uid("anonymous"), source=None)
    assert state(town, uid("anonymous")) == "CLOSED"
