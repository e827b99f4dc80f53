"""What a step expects, held against what came; a check answers with a mismatch or None."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import inspect

from contracts.letter import Letter
from services.cli.scenario.format import Expected, Step
from services.cli.scenario.names import Names
from services.cli.scenario.writing import Writer

ACCEPTED = "命令被受理"


class Answer(NamedTuple):
    """How a command was turned down, and whether by the door or by the service."""

    code: str
    sentence: str
    at_the_door: bool


class Difference(NamedTuple):
    """Expected one thing, got another."""

    expected: str
    got: str


def wrong_answer(step: Step, answer: Answer | None) -> Difference | None:
    """Whether the command was accepted or turned down as expected."""
    expected = step.refused or step.expect_error
    right = answer is not None and answer.code == expected and not (step.refused and answer.at_the_door)
    if (answer is None and expected is None) or right:
        return None
    how = "refused" if step.refused else "expect_error"
    got = ACCEPTED if answer is None else f"{_how(answer)}: {answer.code}（{answer.sentence}）"
    return Difference(f"{how}: {expected}" if expected else ACCEPTED, got)


def wrong_events(step: Step, letters: Sequence[Letter], names: Names) -> Difference | None:
    """Whether the events that followed are those named."""
    if step.refused or step.expect_error:
        return _unless(not letters, "没有事件", letters)
    if step.then_only is not None:
        whole = len(letters) == len(step.then_only)
        return _unless(whole and in_order(step.then_only, letters, names), f"只有 {_listed(step.then_only)}", letters)
    if step.then is None:
        return None
    if not step.then:
        return _unless(not letters, "没有事件", letters)
    return _unless(in_order(step.then, letters, names), f"依次有 {_listed(step.then)}", letters)


def in_order(expected: Iterable[Expected], letters: Iterable[Letter], names: Names) -> bool:
    """Whether the expected events stand among the letters in this order."""
    rest = iter(letters)
    return all(any(_is(one, letter, names) for letter in rest) for one in expected)


def _is(expected: Expected, letter: Letter, names: Names) -> bool:
    if isinstance(expected, str):
        return letter.name == expected
    ((name, fields),) = expected.items()
    return letter.name == name and _has(letter.event, name, fields, names)


def _has(event: Any, name: str, said: dict[str, Any], names: Names) -> bool:
    """Whether the event has these fields; a new short id is bound to the id that stands there."""
    writer, kind = Writer(names, name), type(event)
    fields = inspect.type_info(kind).fields  # type: ignore[attr-defined]
    words, found = writer.named(fields, said), msgspec.to_builtins(event)
    for word, short in words.items():
        if isinstance(short, str) and names.known(short) is None and _is_id(found.get(word)):
            names.bind(short, UUID(found[word]))
    wanted = {**found, **writer.body(fields, words)}
    return bool(msgspec.convert(wanted, kind, strict=False) == event)


def _is_id(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return False


def _unless(right: bool, expected: str, letters: Iterable[Letter]) -> Difference | None:
    return None if right else Difference(expected, _listed([letter.name for letter in letters]))


def _listed(expected: Iterable[Expected]) -> str:
    return "、".join(map(_named, expected)) or "没有事件"


def _named(one: Expected) -> str:
    if isinstance(one, str):
        return one
    ((name, fields),) = one.items()
    return f"{name} {{{', '.join(f'{field}: {value}' for field, value in fields.items())}}}"


def _how(answer: Answer) -> str:
    return "expect_error" if answer.at_the_door else "refused"
