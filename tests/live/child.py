"""A process of the live tests: doors, relay, subscriber or audit, with a fault or a naivety built in if asked for.

`python -m tests.live.child ROLE [VARIANT [COUNT]]`; a fault kills the process the COUNT-th time it gets there.
"""

if __name__ == "__main__":
    import os
    import sys

    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"

    if sys.argv[1] == "doors":
        import warnings

        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
        import eventlet

        eventlet.monkey_patch()

import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pika

from contracts.letter import Letter
from services.audit.adapters.subscriber import NEEDS, serve_audit
from services.audit.casebook import Audit
from services.chassis import processes
from services.chassis.asking import Asker
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.line import Line
from services.chassis.listening import Listener
from services.chassis.outbox import Outbox
from services.chassis.relay_session import RelaySession
from services.chassis.signals import until_told
from tests.live.parish import Mirror, declare_mirror


def dies_before(function: Callable[..., Any], count: int) -> Callable[..., Any]:
    """SIGKILL instead of the COUNT-th call."""
    left = [count]

    def dying(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)

    return dying


def dies_after(function: Callable[..., Any], count: int) -> Callable[..., Any]:
    """SIGKILL right after the COUNT-th call."""
    left = [count]

    def dying(*arguments: Any, **named: Any) -> Any:
        found = function(*arguments, **named)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    return dying


def naive_relay(_: int) -> None:
    """The control: notes what it is about to send, and trusts that it will arrive."""
    letters = Outbox.letters

    def noted_at_once(self: Outbox, after: int, limit: int) -> list[Letter]:
        found = letters(self, after, min(limit, 5))
        if found:
            self.mark(found[-1].position)
        return found

    Outbox.letters = noted_at_once  # type: ignore[method-assign]


def naive_listener(_: int) -> None:
    """The control: obeys what comes, remembers in memory, commits no position, sees no gap."""

    def hear(self: Listener, letters: Sequence[Letter]) -> int:
        for letter in letters:
            self.app.append(self.obeyed(letter))
            HEARD[letter.sender] = letter.position
        return HEARD.get(letters[0].sender, 0)

    def take(self: Line, _: int) -> None:
        if self._pending:
            self._hearer.hear([letter for letter, _ in self._pending])

    Listener.hear, Listener.heard, Line._take = hear, lambda self, sender: HEARD.get(sender, 0), take  # type: ignore[method-assign,assignment]


def naive_audit(_: int) -> None:
    """The control: letters are taken off the queue when they arrive, and nobody asks for what is missing."""
    arrived = Line.arrived

    def taken(self: Line, message: Any) -> None:
        message.ack()
        arrived(self, message)

    def file(self: SQLiteCasebook, letters: Sequence[Letter]) -> int:
        told = [Letter(one.sender, one.position, 0, one.topic, one.record) for one in letters]
        return filed(self, told)

    filed = SQLiteCasebook.file
    Line.arrived, SQLiteCasebook.file = taken, file  # type: ignore[method-assign]
    Audit.catch_up = lambda self, sender, upto=None: self.heard(sender)  # type: ignore[method-assign]
    Asker.announcements = lambda *_: []  # type: ignore[method-assign,assignment]
    Line._acknowledge = lambda self: self._pending.clear()  # type: ignore[method-assign]
    Line._take = naive_take  # type: ignore[method-assign]


def naive_take(self: Line, _: int) -> None:
    """What arrived is heard as it is."""
    if self._pending:
        self._hearer.hear([letter for letter, _ in self._pending])


def deaf(_: int) -> None:
    """The control: nobody's SIGTERM is heard."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal = lambda *_: None  # type: ignore[assignment,misc]
    print("deaf", flush=True)


def not_mandatory(_: int) -> None:
    """The control: the broker may drop what nobody has a queue for."""
    publish = pika.channel.Channel.basic_publish

    def unasked(self: Any, *arguments: Any, mandatory: bool = False, **named: Any) -> Any:
        return publish(self, *arguments, **named)

    pika.channel.Channel.basic_publish = unasked


HEARD: dict[str, int] = {}
VARIANTS: dict[str, Callable[[int], None]] = {
    "relay-before-publish": lambda n: setattr(RelaySession, "_publish", dies_before(RelaySession._publish, n)),
    "relay-before-confirm": lambda n: setattr(RelaySession, "_confirmed", dies_before(RelaySession._confirmed, n)),
    "relay-before-mark": lambda n: setattr(Outbox, "mark", dies_before(Outbox.mark, n)),
    "relay-after-mark": lambda n: setattr(Outbox, "mark", dies_after(Outbox.mark, n)),
    "subscriber-before-commit": lambda n: setattr(Mirror, "append", dies_before(Mirror.append, n)),
    "subscriber-after-commit": lambda n: setattr(Mirror, "append", dies_after(Mirror.append, n)),
    "audit-before-commit": lambda n: setattr(SQLiteCasebook, "file", dies_before(SQLiteCasebook.file, n)),
    "audit-after-commit": lambda n: setattr(SQLiteCasebook, "file", dies_after(SQLiteCasebook.file, n)),
    "naive-audit": naive_audit,
    "naive-relay": naive_relay,
    "deaf": deaf,
    "not-mandatory": not_mandatory,
    "naive-listener": naive_listener,
}


def main(role: str, variants: str = "", count: str = "1") -> None:
    """Run one role; variants are joined by `+`."""
    declare_mirror()
    for variant in filter(None, variants.split("+")):
        VARIANTS[variant](int(count))
    if role == "doors":
        from services.chassis import hosting

        hosting.main("services.registry.adapters.entrypoints")
    elif role == "audit":
        until_told(serve_audit, NEEDS)
    elif role == "relay":
        processes.relay(processes_registry())
    else:
        processes.subscriber(Mirror)


def processes_registry() -> Any:
    """The registry itself: its relay and doors are the real ones."""
    from services.registry.application import Registry

    return Registry


if __name__ == "__main__":
    main(*sys.argv[1:])
