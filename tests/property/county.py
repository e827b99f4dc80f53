"""A county in memory, its people, and what of it a random command may speak of."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.wire import WireError, commands
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.announcing import announcements
from services.chassis.identity import Identity
from services.chassis.life_cycle import NEW, Refused
from services.cli.founding import administrator
from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario
from tests.property.anything import Anything

WORLD = Path(__file__).with_name("county.world.yaml")
SKIPPED = frozenset({
    "registry.GrantRole", "registry.RevokeRole", "registry.PublishPolicy", "registry.PublishCalendarYear",
    "post.RequestDiscard", "post.ConfirmDiscard",
})
"""Left to tests of their own: where nobody holds a role any more, no rule stands and no letter waits, a walk proves
nothing."""
ALIASES = {
    "to_unit": "unit", "issuing_body": "body", "approver": "person", "to_member_unit": "body", "school": "unit",
    "targets": "unit", "leader": "inspector", "members": "inspector", "competent_department": "body",
}

OWN_UNIT = frozenset({"unit", "school"})


class County:
    """Tries random commands on an embedded deployment and counts what became of them."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        player = Player(scenario(WORLD.read_text("utf-8")))
        player.build()
        self.names, self.deployment, self.town = player.names, player.deployment, player.town
        self.people = [self.town.directory.identity(player.names.id_of(p.id)) for p in player.scenario.world.people]
        self.people += [one for name in ("system", "security") if (one := administrator(name))]
        self.refused, self.accepted, self.mute = Counter[str](), Counter[str](), list[str]()
        self._known: dict[str, list[UUID]] = defaultdict(list)
        self._read: dict[str, int] = defaultdict(int)
        self._streams: dict[type[Aggregate], list[UUID]] = defaultdict(list)
        self._kinds = {
            name: (kind, app) for name, command in commands().items() if name not in SKIPPED
            for app in self.town.services.values() if (kind := app.kinds.get(command)) is not None
        }
        self._names, self._acting = sorted(self._kinds), self.people[0]
        self.look_around()

    # --- what is there ------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Remember the ids that new records speak of, by the names of their fields, and new streams."""
        for name, app in self.town.services.items():
            while letters := announcements(app.recorder, name, self._read[name]):
                for letter in letters:
                    self._remember(letter)
                self._read[name] = letters[-1].position

    def _remember(self, letter: Letter) -> None:
        for field in letter.event.__struct_fields__:
            value = getattr(letter.event, field)
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, UUID) and each not in self._known[_bare(field)][-40:]:
                    self._known[_bare(field)].append(each)
        if letter.head.version == 1:
            for kind in self.town.services[letter.sender].aggregates:
                if type(letter.event) in charter_of(kind).steps:
                    self._streams[kind].append(letter.head.stream)

    def pool(self, field: str) -> Sequence[UUID]:
        """Ids that a camelCase field of this name may mean."""
        name = _bare("".join(f"_{c.lower()}" if c.isupper() else c for c in field))
        own = self._acting.unit_id if name in OWN_UNIT else self._acting.body_id if name.endswith("body") else None
        if own is not None and self.chance.random() < 0.6:
            return [own]
        for known in (name, ALIASES.get(name, ""), name.rpartition("_")[2]):
            if self._known.get(known):
                return self._known[known][-30:]
        return ()

    # --- what is tried --------------------------------------------------------------------------------

    def try_something(self) -> None:
        """One random command by a random person; a refusal has a code and a Chinese sentence."""
        name, subject = self._something()
        self._acting = who = self._somebody(commands()[name])
        made = Anything(self.chance, self.town.clock.now, self.pool).command(commands()[name], subject)
        if made is None:
            return
        try:
            self.town.submit(who, made, command_id=UUID(int=self.chance.getrandbits(128)))
        except (Refused, WireError) as refusal:
            self.refused[refusal.code] += 1
            self.mute += [] if said_in_chinese(refusal) else [f"{name}: {refusal}"]
        else:
            self.accepted[name] += 1
            self.look_around()

    def _something(self) -> tuple[str, dict[str, str]]:
        """A command and what it is about: mostly one that begins something, or finds it in a fitting state."""
        for _ in range(12):
            name = self.chance.choice(self._names)
            if name.startswith("registry.") and self.chance.random() < 0.9:
                continue
            subject = self._likely(name)
            if subject is not None:
                return name, subject
        return name, {}

    def wait(self, days: int) -> None:
        """Let time pass; timers fire."""
        self.town.advance_to(self.town.clock.now + timedelta(days=days))
        self.look_around()

    def _likely(self, name: str) -> dict[str, str] | None:
        """A subject in a state from which the command may start; None when there is none."""
        kind, app = self._kinds[name]
        cycle, rows = charter_of(kind).rows[commands()[name]]
        if self.chance.random() < 0.1 or all(line.source == NEW for line in rows):
            return {}
        wanted = frozenset(state for line in rows for state in cycle.sources(line))
        streams = self._streams[kind]
        chosen = self.chance.sample(streams, min(6, len(streams)))
        found = [app.load(kind, stream) for stream in chosen]
        fits = [one for aggregate in found if aggregate for one in _subjects(aggregate, cycle, wanted)]
        return self.chance.choice(fits) if fits else None

    def _somebody(self, kind: type[Command]) -> Identity:
        fitting = [one for one in self.people if one.roles & kind.roles]
        return self.chance.choice(fitting if fitting and self.chance.random() < 0.9 else self.people)


def said_in_chinese(refusal: Refused | WireError) -> bool:
    """A stable code in capitals and a sentence that people here can read."""
    return refusal.code == refusal.code.upper() and any("\u4e00" <= sign <= "\u9fff" for sign in refusal.sentence)


def _subjects(aggregate: Aggregate, cycle: object, wanted: frozenset[str]) -> Iterator[dict[str, str]]:
    entities = getattr(cycle, "entities", None)
    own = next((field for field in type(aggregate).__struct_fields__ if field.endswith("_id")), None)
    stream = {_camel(own): str(aggregate.stream)} if own else {}
    if entities is None:
        if aggregate.state in wanted:
            yield stream
        return
    for key, entity in getattr(aggregate, entities[0]).items():
        if entity.state in wanted:
            yield {**stream, _camel(entities[1]): key}


def _bare(field: str) -> str:
    return field.removesuffix("_ids").removesuffix("_id")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
