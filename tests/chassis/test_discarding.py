"""A parked letter is given up by two persons, and the listener's log says so in the commit that ends its parking."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from contracts.letter import Letter
from contracts.post import parked_letter as said
from contracts.record import Command, record_hash
from contracts.values import Actor, Confidentiality, Role
from services.chassis.announcing import all_letters
from services.chassis.application import ServiceApplication
from services.chassis.directory import root
from services.chassis.discarding import ParkedLetter, belonging_of
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.parked import parked_at, parked_letters, parking_memos
from services.chassis.parking import Parking
from tests.chassis.test_parking import SIGNER, letters_of, mend, mirror_of, registry_with
from tests.kit.cases import AT, Case, suite, uid
from tests.live import parish
from tests.live.parish import bodies_in

LETTER = {"listener": "mirror", "sender": "registry", "position": 1}
LOOKED_UP = {"event_name": parish.PLACE, "record_hash": "ab" * 32, "parked_because": "ZeroDivisionError"}
KEEPER = Actor(person_id=uid("keeper"), role=Role.SYSTEM_ADMINISTRATOR)
GUARD = Actor(person_id=uid("guard"), role=Role.SECURITY_ADMINISTRATOR)
WHY: dict[str, Any] = {"reason": "重复登记", "requested_by_id": uid("keeper"), "requested_at": AT}
REQUEST = said.RequestDiscard(reason="重复登记", **LETTER)
REQUESTED = said.DiscardRequested(**LETTER, **LOOKED_UP, **WHY)
BLANK = {"when": said.RequestDiscard(reason=" ", **LETTER)}

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ParkedLetter, [
    Case(when=REQUEST, then=[REQUESTED], by=KEEPER, looked_up=LOOKED_UP, refused={"REASON_MISSING": BLANK}),
    Case(given=[REQUESTED], when=said.ConfirmDiscard(**LETTER), by=GUARD, looked_up=LOOKED_UP,
         then=[said.LetterDiscarded(**LETTER, **LOOKED_UP, **WHY)],
         refused={"SECOND_PERSON_MISSING": {"by": msgspec.structs.replace(GUARD, person_id=uid("keeper"))}}),
])


def sent(app: ServiceApplication, command: Command, name: str, role: Role = Role.SECURITY_ADMINISTRATOR) -> int:
    """A command at the door of the listener, as a person signs it."""
    return app.execute(SIGNER.signed(root(uid(name), role), command)).position


def refusal(app: ServiceApplication, command: Command, name: str, role: Role = Role.SECURITY_ADMINISTRATOR) -> str:
    with pytest.raises(Refused) as refused:
        sent(app, command, name, role)
    return refused.value.code


def with_two_waiting() -> Listener:
    """A mirror in which the first letter failed and the second waits behind it."""
    mirror = mirror_of()
    mirror.hear(letters_of(registry_with(parish.NAMED_TO_FAIL, "乙")))
    return mirror


def facts_of(app: Any) -> list[Letter]:
    return [letter for letter in all_letters(app.recorder, "mirror") if letter.name.startswith("post.")]


def test_one_person_is_not_enough_two_are_and_the_letters_behind_go_on() -> None:
    app = with_two_waiting().app
    place, parked = parked_letters(app.memos)[0]
    sent(app, REQUEST, "keeper", Role.SYSTEM_ADMINISTRATOR)
    assert parked_at(app.memos, place) is not None
    assert refusal(app, said.ConfirmDiscard(**LETTER), "keeper") == "SECOND_PERSON_MISSING"
    assert refusal(app, said.ConfirmDiscard(**LETTER), "wu", Role.SYSTEM_ADMINISTRATOR) == "ROLE_NOT_ALLOWED"
    sent(app, said.ConfirmDiscard(**LETTER), "guard")
    assert Parking(app).retry_all() == 1
    assert [*bodies_in(app.recorder)] == ["100002"]
    asked, discarded = facts_of(app)
    event: Any = discarded.event
    assert (event.record_hash, event.parked_because) == (record_hash(parked.record, "sha256"), "ZeroDivisionError")
    assert (event.requested_by_id, event.requested_at) == (asked.head.actor.person_id, asked.head.occurred_at)
    assert (discarded.head.actor.person_id, event.reason, event.event_name) == (uid("guard"), "重复登记", parish.PLACE)


def test_a_waiting_letter_may_be_given_up_as_well() -> None:
    app = with_two_waiting().app
    second = {**LETTER, "position": 2}
    sent(app, said.RequestDiscard(reason="撤销", **second), "keeper")
    sent(app, said.ConfirmDiscard(**second), "guard")
    assert [letter.event.parked_because for letter in facts_of(app)] == ["WAITS", "WAITS"]  # type: ignore[attr-defined]
    assert [place[-1] for place, _ in parked_letters(app.memos)] == ["1"]


def test_what_is_not_parked_here_is_not_discarded() -> None:
    app = with_two_waiting().app
    elsewhere = (3, "registry", "mirror"), (1, "findings", "mirror"), (1, "registry", "findings")
    for position, sender, listener in elsewhere:
        named = {"position": position, "sender": sender, "listener": listener}
        assert refusal(app, said.RequestDiscard(reason="错", **named), "keeper") == "LETTER_NOT_PARKED"
        assert refusal(app, said.ConfirmDiscard(**named), "guard") == "LETTER_NOT_PARKED"
    assert refusal(app, said.ConfirmDiscard(**LETTER), "guard") == "NOT_FOUND"
    assert facts_of(app) == []


def test_what_was_obeyed_meanwhile_is_not_discarded(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_two_waiting().app
    sent(app, REQUEST, "keeper")
    mend(monkeypatch)
    assert Parking(app).retry_all() == 2
    assert refusal(app, said.ConfirmDiscard(**LETTER), "guard") == "LETTER_NOT_PARKED"
    assert [*bodies_in(app.recorder)] == ["100001", "100002"]


def test_a_retry_at_the_same_moment_loses_against_the_discard(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_two_waiting().app
    sent(app, REQUEST, "keeper")
    (place, parked), mended = parked_letters(app.memos)[0], Parking(app)
    sent(app, said.ConfirmDiscard(**LETTER), "guard")
    mend(monkeypatch)
    mended._obey(place, parked)  # it looked before the discard was stored
    assert [*bodies_in(app.recorder)] == []
    assert [letter.name for letter in facts_of(app)] == ["post.DiscardRequested", "post.LetterDiscarded"]


def test_the_same_wish_twice_is_one_event_and_another_reason_replaces_the_first() -> None:
    app, again = with_two_waiting().app, uuid4()
    wish = SIGNER.signed(root(uid("keeper"), Role.SYSTEM_ADMINISTRATOR), REQUEST, again)
    assert app.execute(wish) == app.execute(wish)
    sent(app, REQUEST, "keeper", Role.SYSTEM_ADMINISTRATOR)
    assert len(facts_of(app)) == 1
    sent(app, said.RequestDiscard(reason="写错了", **LETTER), "guard")
    assert refusal(app, said.ConfirmDiscard(**LETTER), "guard") == "SECOND_PERSON_MISSING"
    sent(app, said.ConfirmDiscard(**LETTER), "wu")
    assert facts_of(app)[-1].event.reason == "写错了"  # type: ignore[attr-defined]


def test_a_discard_belongs_where_its_letter_belongs_and_is_as_secret() -> None:
    app, letter = mirror_of().app, letters_of(registry_with("甲"))[0]
    head = msgspec.structs.replace(
        letter.head, case_ids=(UUID(int=7),), unit_path="990000/s1", confidentiality=Confidentiality.RESTRICTED,
    )
    sealed = b"\n".join((msgspec.json.encode(head), letter.record.partition(b"\n")[2]))
    restricted = Letter("registry", 1, 0, letter.topic, sealed)
    app.memos.insert_events([], memos=parking_memos(app.memos, restricted, "k", "KeyError('x')"))
    home: Any = belonging_of(app, REQUEST)
    assert (home.case_ids, home.owner_path, home.unit_path) == (head.case_ids, head.owner_path, head.unit_path)
    assert home.confidentiality is Confidentiality.RESTRICTED
