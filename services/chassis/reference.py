"""A service's own copy of reference data: places, bodies, units, policies, calendar – by date."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from services.chassis.calendar import WorkingCalendar
from services.chassis.calendar_year import CalendarYear
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo, Memos
from services.chassis.official_calendar import official_calendar
from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument
from services.chassis.reference_changes import changes_after, last_change, note_change
from services.chassis.reference_things import Body, Management, Place, Unit

__all__ = ["Body", "Management", "Place", "Reference", "Unit"]
NATION = "CN"


Copied = TypeVar("Copied", Place, Body, Unit)
COPIED: tuple[type[Any], ...] = (Place, Body, Unit, PolicyDocument, CalendarYear)
COPIED_BY_NAME = {kind.__name__: kind for kind in COPIED}


class Reference:
    """Filled by the registry's letters; each change is a memo of the letter's own commit."""

    def __init__(self, memos: Memos) -> None:
        self._memos = memos
        self.reload()

    def reload(self) -> None:
        """Forget what is in memory and read what was committed."""
        self._held: dict[type[Any], dict[str, Any]] = {kind: {} for kind in (Place, Body, Unit)}
        self.policies = PolicyStore()
        self.calendar: WorkingCalendar = official_calendar()
        self._seen = last_change(self._memos)
        for kind in COPIED:
            for key, thing in _all_of(self._memos, kind):
                self._take_in(key, thing)

    def follow(self) -> None:
        """Take in what another process of this service has committed since; one look-up when nothing was."""
        if last_change(self._memos) == self._seen:
            return
        for change in changes_after(self._memos, self._seen):
            for kind, key in change.things:
                memo = self._memos.memo(f"copy/{kind}", key)
                if memo is not None:
                    self._take_in(key, msgspec.json.decode(memo.value or b"", type=COPIED_BY_NAME[kind]))
            self._seen = change.key

    def _take_in(self, key: str, thing: Any) -> None:
        if isinstance(thing, CalendarYear):
            self.calendar = self.calendar.with_official_year(**msgspec.structs.asdict(thing))
        elif not isinstance(thing, PolicyDocument):
            self._held[type(thing)][key] = thing
        elif int(key) > len(self.policies.documents):
            self.policies = self.policies.publish(thing)

    def changed(self, position: int, memos: Iterable[Memo]) -> list[Memo]:
        """These memos, and the note by which other processes of this service learn of them."""
        copies = list(memos)
        notes = note_change(position, copies)
        self._seen = notes[0].key
        return [*copies, *notes]

    def place(self, code: str) -> Place:
        """A jurisdiction by code; raises Refused PLACE_UNKNOWN."""
        return self._find(Place, code, "PLACE_UNKNOWN", "没有登记行政区划")

    def places(self) -> list[Place]:
        """All jurisdictions, in the order in which they were registered."""
        return list(self._held[Place].values())

    def body(self, body_id: object) -> Body:
        """A body by id; raises Refused BODY_UNKNOWN."""
        return self._find(Body, body_id, "BODY_UNKNOWN", "没有登记机构")

    def body_if_known(self, body_id: object) -> Body | None:
        """A body by id, or None."""
        found: Body | None = self._held[Body].get(str(body_id))
        return found

    def unit(self, unit_id: object) -> Unit:
        """A supervised unit by id; raises Refused UNIT_UNKNOWN."""
        return self._find(Unit, unit_id, "UNIT_UNKNOWN", "没有登记被督导单位")

    def manager_of(self, unit_id: object, at: datetime) -> UUID | None:
        """Who managed a unit on that day, None when nobody is named."""
        return self.unit(unit_id).managed(at).managed_by if unit_id else None

    def bodies_at(self, place: str, *kinds: str) -> list[Body]:
        """The bodies of these kinds at a place itself, in the order of their registration."""
        return [body for body in self._held[Body].values() if body.place == place and body.kind in kinds]

    def bodies(self) -> list[Body]:
        """All bodies, in the order of their registration."""
        return list(self._held[Body].values())

    def bodies_named(self, name: str) -> list[Body]:
        """The bodies of this name, at whatever place."""
        return [body for body in self._held[Body].values() if body.name == name]

    def knows(self, kind: type[Any], key: object) -> bool:
        """Whether there is such a place, body or unit."""
        return str(key) in self._held[kind]

    def _find(self, kind: type[Copied], key: object, code: str, sentence: str) -> Copied:
        found: Copied | None = self._held[kind].get(str(key))
        if found is None:
            raise Refused(code, f"{sentence}“{key}”")
        return found

    def path_of(self, code: str) -> str:
        """The path of a place, `990000/990101/`."""
        return "".join(f"{part}/" for part in self.place(code).path)

    def unit_path(self, unit_id: object) -> str:
        """The path of a unit: its place's, then its id."""
        unit = self.unit(unit_id)
        return f"{self.path_of(unit.place)}{unit.unit_id}"

    def owner_path(self, body_id: object) -> str:
        """The path of a body: its place's, then its id."""
        body = self.body(body_id)
        return f"{self.path_of(body.place)}{body.body_id}"

    def scope_of(self, body_id: object) -> str:
        """Below which path a body may act: a supervising body in its place's subtree, others at themselves."""
        body = self.body(body_id)
        return self.path_of(body.place) if body.supervises else self.owner_path(body_id)

    def units_below(self, scope: str) -> Iterator[Unit]:
        """The units at places at or below a path, in the order in which they were registered."""
        units: Iterable[Unit] = self._held[Unit].values()
        return (unit for unit in units if self.path_of(unit.place).startswith(scope))

    def put(self, thing: Any, key: object) -> Memo:
        """Hold a copy; the memo returned must be committed with the letter that said so."""
        self._held[type(thing)][str(key)] = thing
        return Memo(f"copy/{type(thing).__name__}", str(key), msgspec.json.encode(thing))

    def publish(self, document: PolicyDocument) -> Memo:
        """The next edition of a policy document; tried again after a failed commit, it is still the same one."""
        if self.policies.documents[-1:] != (document,):
            self.policies = self.policies.publish(document)
        key = f"{len(self.policies.documents):08d}"
        return Memo("copy/PolicyDocument", key, msgspec.json.encode(document))

    def arrange(self, year: CalendarYear) -> Memo:
        """A newly published or amended year."""
        self.calendar = self.calendar.with_official_year(**msgspec.structs.asdict(year))
        return Memo("copy/CalendarYear", f"{year.year}|{year.revision}", msgspec.json.encode(year))


def _all_of(memos: Memos, kind: type[Any]) -> Iterable[tuple[str, Any]]:
    after = ""
    while rows := memos.scan(f"copy/{kind.__name__}", after):
        for memo in rows:
            yield memo.key, msgspec.json.decode(memo.value or b"", type=kind)
        after = rows[-1].key
