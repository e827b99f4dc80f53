"""Compares life cycles, events, fields and process managers with the specification; differences need a reason.

Every difference is a line `kind | subject | detail`; it must stand, with its reason, in
conformance_exceptions.yaml, and a reason for a difference that is gone is a failure too.
"""

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from easily_missed import compare_rows
from process_managers import compare_process_managers

import services
from contracts.record import Event
from contracts.wire import commands, events
from services.chassis.aggregates import Aggregate, every_kind
from services.chassis.life_cycle import LifeCycle, Row

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
TABLES = SHARED / "domain_tables.json"
Transition = tuple[str, frozenset[str], str, str]


def aggregates() -> dict[str, type[Aggregate]]:
    """Every aggregate class of the services, by name."""
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if ".domain." in found.name:
            importlib.import_module(found.name)
    return {f"{kind.__module__.split('.')[1]}.{kind.__name__}": kind for kind in every_kind()}


def plain(text: str) -> str:
    """Without remarks: `WriteOffItem (销号)`, `CLOSED {a, b}`, `ledger OPEN`, `DUTY -> accountability`."""
    text = re.sub(r"\([^)]*\)|\{[^}]*\}|`", "", text)
    text = re.sub(r"->.*|\bledger\b|without report|after failure|after overturned", "", text)
    return text.strip()


def spread(text: str) -> list[str]:
    """`A / B` as a list."""
    return [plain(part) for part in text.split(" / ")]


def specified(rows: list[dict[str, str]], cycles: tuple[LifeCycle, ...]) -> Iterator[Transition]:
    """The transitions a table of the specification asks for."""
    before = ""
    for row in rows:
        source = before if row["from"] == "same" else row["from"]
        before = source
        made, targets = spread(row["event"]), spread(row["to"])
        asked = spread(row["command"])
        for number, event in enumerate(made):
            command = asked[min(number, len(asked) - 1)]
            target = targets[min(number, len(targets) - 1)]
            yield command, states(source, cycle_of(command, cycles)), event, target


def cycle_of(command: str, cycles: tuple[LifeCycle, ...]) -> LifeCycle:
    """The table in which a command stands with us, else the first."""
    for cycle in cycles:
        if any(line.command.__name__ == command for line in cycle.rows):
            return cycle
    return cycles[0]


def states(text: str, cycle: LifeCycle) -> frozenset[str]:
    """The states a source column names, spelled out."""
    before = re.match(r"any before (\w+)", text)
    if before:
        return frozenset(cycle.states[: cycle.states.index(before[1])]) if before[1] in cycle.states else frozenset()
    try:
        return cycle.sources(Row(plain(text), None, {}))  # type: ignore[arg-type]
    except ValueError:
        return frozenset({f"unreadable: {text}"})


def built(cycles: tuple[LifeCycle, ...]) -> Iterator[Transition]:
    """The transitions our tables have."""
    for cycle in cycles:
        for line in cycle.rows:
            for event, target in line.outcome.items():
                yield line.command.__name__, cycle.sources(line), event.__name__, target


def folded(transitions: Iterator[Transition]) -> dict[tuple[str, str, str], set[str]]:
    """Sources by command, event and target; rows that differ in their source only are one."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for command, sources, event, target in transitions:
        to = "same" if sources == {target} else target
        found.setdefault((command, event, to), set()).update(sources)
    return found


def compare_tables(tables: dict[str, Any], ours: dict[str, type[Aggregate]]) -> Iterator[str]:
    """Every transition that only one side has."""
    for service, named in tables["aggregates"].items():
        for title, rows in named.items():
            for name in re.findall(r"`?(\w+)`?", title)[:1]:
                kind = ours.get(f"{service}.{name}")
                if kind is not None and "from" in rows[0]:
                    yield from compare(f"{service}.{name}", rows, kind.life_cycles)


def compare(name: str, rows: list[dict[str, str]], cycles: tuple[LifeCycle, ...]) -> Iterator[str]:
    """The differences of one aggregate."""
    wanted, found = folded(specified(rows, cycles)), folded(built(cycles))
    for key in sorted(wanted.keys() | found.keys()):
        here, there = found.get(key, set()), wanted.get(key, set())
        if here != there:
            command, event, target = key
            gone, more = sorted(there - here), sorted(here - there)
            yield f"row | {name} | {command} -> {event} -> {target}: missing {gone}, added {more}"


def compare_events(tables: dict[str, Any]) -> Iterator[str]:
    """Events and fields of the specification that the contracts lack, and events that they add."""
    known = events()
    for service, named in tables["events"].items():
        for event, text in named.items():
            kind = known.get(f"{service}.{event}")
            if kind is None:
                yield f"event | {service}.{event} | missing"
            else:
                yield from (f"field | {service}.{event} | {gone} missing" for gone in lacking(text, kind))
    wanted = {f"{service}.{event}" for service, named in tables["events"].items() for event in named}
    for extra in sorted(known.keys() - wanted):
        if not extra.startswith("registry."):
            yield f"event | {extra} | added"


def lacking(text: str, kind: type[Event]) -> list[str]:
    """Fields that a line of the events table names and the class has not."""
    text = re.sub(r"\([^)]*\)", "", text)
    while re.search(r"\{[^{}]*\}", text):
        text = re.sub(r"\{[^{}]*\}", "", text)
    named = [re.sub(r"[\[\]\s]", "", part) for part in re.split(r",| or ", text)]
    # Errata 6: a bare caseId reads conductCaseId or accountabilityCaseId.
    named = ["" if name == "caseId" and _has_own_case(kind) else name for name in named]
    have = {field.replace("_", "").lower() for field in kind.__struct_fields__}
    return [name for name in named if name and name.lower() not in have]


def _has_own_case(kind: type[Event]) -> bool:
    return bool({"conduct_case_id", "accountability_case_id"} & set(kind.__struct_fields__))


def compare_states(ours: dict[str, type[Aggregate]]) -> Iterator[str]:
    """States of a life cycle that neither a row nor the class itself leads to."""
    for name, kind in sorted(ours.items()):
        source = inspect.getsource(kind)
        for cycle in kind.life_cycles:
            targets = (target.split(" or ") for line in cycle.rows for target in line.outcome.values())
            reached = {state for states in targets for state in states}
            dead = (state for state in cycle.states if state not in reached and f'"{state}"' not in source)
            yield from (f"state | {name} | {state} is never reached" for state in dead)


def compare_commands(tables: dict[str, Any]) -> Iterator[str]:
    """Commands of the tables that the contracts lack."""
    known = {name.partition(".")[2] for name in commands()}
    for service, named in tables["aggregates"].items():
        for rows in named.values():
            for row in rows:
                asked = [row["command"]] if "command" in row else re.findall(
                    r"(\w+) ->", row.get("commands -> events", ""))
                for text in asked:
                    yield from (f"command | {service}.{c} | missing" for c in spread(text) if c not in known)


def main() -> int:
    """Print what differs without a reason, and reasons that are no longer needed."""
    tables = json.loads(TABLES.read_text("utf-8"))
    ours = aggregates()
    found = {*compare_tables(tables, ours), *compare_events(tables), *compare_commands(tables)}
    found |= {*compare_states(ours), *compare_process_managers(tables["process_managers"])}
    found |= {*compare_rows((SHARED / "domain.md").read_text("utf-8"))}
    reasons = yaml.safe_load((HERE / "conformance_exceptions.yaml").read_text("utf-8")) or {}
    unexplained, stale = sorted(found - reasons.keys()), sorted(reasons.keys() - found)
    for line in unexplained:
        print("DIFFERS   ", line)
    for line in stale:
        print("NO LONGER ", line)
    print(f"conformance: {len(found)} differences, {len(unexplained)} without a reason, {len(stale)} stale reasons")
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main())
