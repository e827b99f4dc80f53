"""A random year played twice, with and without what a school must not know, and all that the school can reach of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from contracts.findings import public_lead
from contracts.letter import Letter
from contracts.personnel import credential, inspector
from contracts.record import Command, seal
from contracts.scheduling import annual_plan, double_random_draw, inspection_activity
from contracts.values import Function, Role, Tier, Window, natural_id
from contracts.wire import WireError, commands
from services.audit.casebook import visible
from services.chassis.casebook import each
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.pages import scope_of
from services.cli.scenario.names import Names
from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario
from services.cli.wiring import Embedded
from services.reporting.views.ask import ASKED, cells_of
from tests.property.anything import Anything
from tests.property.county import WORLD, County

Doing = tuple[datetime, Identity, Command, UUID]
HOUR = timedelta(hours=1)
UNIT_WORDS = [kind for kind in commands().values() if Role.UNIT_USER in kind.roles]
"""Every command that somebody of a school may send at all."""


class Sight(NamedTuple):
    """What one person can reach: rows of views by name and moment, letters of cases, answers at the doors."""

    views: Mapping[str, str]
    letters: tuple[bytes, ...]
    answers: tuple[str, ...]


class Known:
    """The short names of the world."""

    def __init__(self, names: Names, deployment: Embedded) -> None:
        self.of, self.town, self.deployment = names.id_of, deployment.town, deployment

    def person(self, name: str) -> Identity:
        """Somebody of the world."""
        return self.town.directory.identity(self.of(name))


def world() -> Known:
    """The county before anything happened."""
    player = Player(scenario(WORLD.read_text("utf-8")))
    player.build()
    return Known(player.names, player.deployment)


# --- the year --------------------------------------------------------------------------------------


def year(seed: int, steps: int) -> list[Doing]:
    """Everything anybody tried in a random year, with the instant; what was refused too."""
    county, tried = County(seed), list[Doing]()
    founded(Known(county.names, county.deployment))
    county.look_around()
    sending: Callable[..., Any] = county.town.submit

    def noting(who: Identity, command: Command, *, command_id: UUID) -> Any:
        tried.append((county.town.clock.now, who, command, command_id))
        return sending(who, command, command_id=command_id)

    county.town.submit = noting  # type: ignore[assignment]
    for _ in range(steps):
        county.try_something()
        if county.chance.random() < 0.1:
            county.wait(county.chance.randrange(1, 9))
    county.deployment.close()
    return tried


def play(known: Known, tried: list[Doing], secrets: Mapping[int, list[tuple[Identity, Command]]]) -> list[str]:
    """The year again, secrets before the steps they are numbered by; the answers that people of schools got."""
    told = list[str]()
    for number, (at, who, command, command_id) in enumerate(tried):
        for place, (whose, secret) in enumerate(secrets.get(number, ())):
            known.town.advance_to(at - HOUR)
            known.town.submit(whose, secret, command_id=UUID(int=1 << 110 | number << 8 | place))
        known.town.advance_to(max(at, known.town.clock.now))
        answer = _answer(known, who, command, command_id)
        if who.unit_id is not None:
            told.append(answer)
    return told


def _answer(known: Known, who: Identity, command: Command, command_id: UUID) -> str:
    try:
        known.town.submit(who, command, command_id=command_id)
    except (Refused, WireError) as refusal:
        return f"{refusal.code} {refusal.sentence}"
    return "accepted"


# --- what is there to be hidden ----------------------------------------------------------------------


def founded(known: Known) -> Known:
    """Two inspectors with valid cards and a plan on which something can be planned."""
    office, li = known.of("office"), known.person("li")
    for number, command in enumerate(_founding(known, office)):
        known.town.submit(li, command, command_id=UUID(int=1 << 120 | number))
    return known


def _founding(known: Known, office: UUID) -> Iterator[Command]:
    at_work, part_time = inspector.EmploymentStatus.IN_SERVICE, inspector.Category.PART_TIME
    for name in ("wang", "sun"):
        person, card = known.of(name), known.of(f"card-{name}")
        yield inspector.RegisterCandidate(
            person_id=person, category=part_time, origin=inspector.Origin.TEACHER, employment_status=at_work)
        yield inspector.GrantQualification(person_id=person, batch_id=known.of("batch"))
        yield credential.ApplyForCredential(credential_id=card, inspector_id=person)
        yield credential.IssueCredential(
            credential_id=card, issuer_body_id=office, valid_from=date(2026, 1, 1), valid_to=date(2028, 12, 31))
        yield inspector.EngageInspector(
            inspector_id=person, engaging_body_id=known.of("committee"), category=part_time,
            functions=(Function.SCHOOL,), employment_status=at_work, selected_on=date(2026, 2, 1))
        yield inspector.ConfirmPreServiceTraining(
            inspector_id=person, course_id=known.of("course"), hours=24, level=Tier.CITY)
    yield annual_plan.DraftPlan(plan_id=natural_id("AnnualPlan", office, 2027), body_id=office, year=2027)


def axes(visibility: str) -> inspection_activity.Axes:
    """An inspection of a school, seen by nobody beforehand."""
    return inspection_activity.Axes(
        function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL,
        visibility=inspection_activity.Visibility(visibility))


def hidden(known: Known, now: datetime) -> Iterator[tuple[str, Command]]:
    """A flying inspection under seal, a covert one with a draw, one called off, and three open leads, about s1."""
    office, s1 = known.of("office"), known.of("s1")
    day = (now + timedelta(days=9)).date()
    members = (known.of("sun"),)
    common: dict[str, Any] = {"body_id": office, "legal_basis": ("条例§17",), "window": Window(from_=day, to=day)}
    out: dict[str, Any] = {"cause": inspection_activity.OutOfPlanCause.EMERGENCY, "reason": "安全", **common}
    yield "li", inspection_activity.PlanActivity(
        activity_id=known.of("flying"), plan_id=natural_id("AnnualPlan", office, 2027), targets=(s1,),
        axes=axes("FLYING"), **common)
    yield "li", inspection_activity.FormTeam(
        activity_id=known.of("flying"), leader_id=known.of("wang"), members=members)
    yield "li", inspection_activity.SealActivity(
        activity_id=known.of("flying"), sealed_until=now + timedelta(days=30), audience=(known.of("wang"),))
    yield "li", inspection_activity.ProposeOutOfPlan(
        activity_id=known.of("covert"), targets=(s1, known.of("s2")), axes=axes("COVERT"), **out)
    yield from (("li", command) for command in _drawn(known))
    yield "li", inspection_activity.ProposeOutOfPlan(
        activity_id=known.of("off"), targets=(s1,), axes=axes("FLYING"), **out)
    yield "li", inspection_activity.CancelActivity(activity_id=known.of("off"), reason="泄密")
    yield from _leads(known, s1)


def _drawn(known: Known) -> Iterator[Command]:
    draw = natural_id("DoubleRandomDraw", known.of("covert"), 1)
    yield double_random_draw.PrepareDraw(
        draw_id=draw, activity_id=known.of("covert"), unit_pool=(known.of("s1"), known.of("s2")),
        inspector_pool=(known.of("wang"), known.of("sun")), unit_count=1, inspector_count=1)
    yield double_random_draw.CommitDraw(draw_id=draw)
    dice = double_random_draw.SeedContribution(
        party="公证员", method=double_random_draw.SeedMethod.DICE, value="41625 53142 66123 25416")
    yield double_random_draw.ExecuteDraw(draw_id=draw, contributions=(dice,))


def _leads(known: Known, school: UUID) -> Iterator[tuple[str, Command]]:
    for name in ("received", "triaged", "forwarded"):
        yield "wang", public_lead.ReceiveLead(
            lead_id=known.of(name), school_id=school, channel=public_lead.LeadChannel.LISTED_PHONE,
            category=public_lead.LeadCategory.FOOD, source="13800000000", text="食堂收回扣")
    for name, what in (("triaged", "IN_SCOPE"), ("forwarded", "OUT_OF_SCOPE")):
        yield "li", public_lead.TriageLead(lead_id=known.of(name), scope=public_lead.LeadScope(what))
    yield "li", public_lead.ForwardLead(lead_id=known.of("forwarded"), to_department_id=known.of("edu"))


def secrets_of(known: Known, tried: list[Doing]) -> dict[int, list[tuple[Identity, Command]]]:
    """Each secret an hour before a step that time passed before, so that no other record has its instant."""
    found = list(hidden(known, tried[0][0]))
    waited = [number for number in range(1, len(tried)) if tried[number][0] - tried[number - 1][0] > HOUR]
    return {number: [(known.person(name), command)] for number, (name, command) in zip(waited, found, strict=False)}


def names_of_secrets(known: Known) -> list[UUID]:
    """The ids that nobody of the school may meet anywhere."""
    draws = [natural_id("DoubleRandomDraw", known.of("covert"), 1)]
    return draws + [known.of(name) for name in ("flying", "covert", "off", "received", "triaged", "forwarded")]


# --- what a person can reach -------------------------------------------------------------------------


def sight(known: Known, who: Identity, answers: list[str], moments: list[datetime], ids: list[UUID]) -> Sight:
    """Every row, letter and answer; total numbers are left out, for they count the whole deployment."""
    library, now = known.deployment.library, known.town.clock.now
    mine, views = scope_of(who), dict[str, str]()
    for name in ASKED:
        for at in (None, *moments):
            found = msgspec.to_builtins([dict(cells) for cells in cells_of(library.ask.view(name, mine, at=at))],
                                        enc_hook=str)
            views[f"{name} {at or 'now'}"] = repr(found)
    letters = tuple(told(filed.letter) for filed in visible(each(library.audit.casebook), mine, now))
    return Sight(views, letters, (*answers, *probes(known, who, ids)))


def told(letter: Letter) -> bytes:
    """A letter to the second: where the clock stands still, microseconds order the records of a whole log."""
    head = msgspec.structs.replace(
        letter.head, recorded_at=letter.head.recorded_at.replace(microsecond=0), previous_hash=None)
    return seal(head, letter.event)


def probes(known: Known, who: Identity, ids: list[UUID]) -> Iterator[str]:
    """What every command that a school may send is answered when it names what is hidden, id by id."""
    for place, hidden_id in enumerate(ids):
        for number, kind in enumerate(UNIT_WORDS):
            made = Anything(Random(number), known.town.clock.now, lambda _, one=hidden_id: (one,)).command(  # type: ignore[misc]
                kind, {_camel(kind.stream_key[0]): str(hidden_id)} if len(kind.stream_key) == 1 else {})
            if made is not None:
                yield f"{kind.__name__} {_answer(known, who, made, UUID(int=1 << 100 | place << 16 | number))}"


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
