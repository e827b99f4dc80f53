"""A life cycle as one readable table: it is the guard, the documentation and the diagram."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from contracts.record import Command, Event

NEW = "-"
SAME = "same"

Objection = Callable[[Any, Any, Any], object]
Fill = Callable[[Any], object]


class Refused(Exception):
    """A command that must not happen: a stable code and a sentence in Chinese."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


class Guard(NamedTuple):
    """A reason to refuse; the code is the name of the function in capitals."""

    code: str
    sentence: str
    objection: Objection

    def check(self, subject: object, command: Command, facts: object) -> None:
        """Refuse when the objection holds; what it names is added to the sentence."""
        found = self.objection(subject, command, facts)
        if found:
            named = "" if found is True else f"：{_named(found)}"
            raise Refused(self.code, f"{self.sentence}{named}")


def refuses(sentence: str) -> Callable[[Objection], Guard]:
    """Make a guard of a function (subject, command, facts) that returns what speaks against it."""
    return lambda objection: Guard(getattr(objection, "__name__", "").upper(), sentence, objection)


class Row(NamedTuple):
    """From `source`, `command` leads to one of `outcome` – unless a guard refuses.

    `who` guards ask who may do it at all and speak before the state does; `when` guards after it.
    `fills` says which fields of the event the system takes from the facts.
    """

    source: str
    command: type[Command]
    outcome: Mapping[type[Event], str]
    who: tuple[Guard, ...] = ()
    when: tuple[Guard, ...] = ()
    fills: Mapping[str, Fill] = {}


def row(
    source: str,
    command: type[Command],
    outcome: Mapping[type[Event], str],
    *,
    who: Iterable[Guard] = (),
    when: Iterable[Guard] = (),
    fills: Mapping[str, Fill] | None = None,
) -> Row:
    """One line of a life-cycle table, written as in the domain's tables."""
    return Row(source, command, outcome, tuple(who), tuple(when), fills or {})


class LifeCycle:
    """The table of one aggregate, or of the entities it holds (`entities` = attribute, key field, class).

    `apart` names events whose fields are not taken over by name, because they mean something else there.
    """

    def __init__(
        self,
        subject: str,
        label: str,
        states: str,
        rows: Iterable[Row],
        *,
        entities: tuple[str, str, type[Any]] | None = None,
        any_open: str = "",
        apart: Iterable[type[Event]] = (),
    ) -> None:
        self.subject = subject
        self.label = label
        self.states = tuple(states.split())
        self.any_open = tuple(any_open.split())
        self.entities = entities
        self.rows = tuple(rows)
        self.apart = frozenset(apart)
        self._sources: dict[str, frozenset[str]] = {}

    def sources(self, line: Row) -> frozenset[str]:
        """The states a row may start from; `any`, `any open` and `A..B` as in domain 3.0.1, 8."""
        if line.source not in self._sources:
            parts = [part.strip() for part in line.source.split(",")]
            self._sources[line.source] = frozenset(state for part in parts for state in self._expand(part))
        return self._sources[line.source]

    def _expand(self, part: str) -> Iterable[str]:
        if part == "any":
            return self.states
        if part == "any open":
            return self.any_open
        first, dots, last = part.partition("..")
        if dots:
            return self.states[self.states.index(first) : self.states.index(last) + 1]
        return (part,)

    def key_of(self, said: Command | Event) -> str:
        """Which entity a command or event speaks of; empty for the aggregate itself."""
        if self.entities is None:
            return ""
        return str(getattr(said, self.entities[1], None) or getattr(said, "subject_id", ""))


def _named(found: object) -> str:
    if isinstance(found, str):
        return found
    return "、".join(sorted(map(str, found))) if isinstance(found, Iterable) else str(found)
