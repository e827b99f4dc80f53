"""How the logs of one database stand to each other, all seen at one instant: heads, letters heard, timers due."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from services.chassis.log_postgres_connections import Connections
from services.chassis.log_postgres_schema import checked_name
from services.chassis.work import instant_key

HEAD = "SELECT 'head', '{0}', '', coalesce(max(position), 0) FROM {0}.stored_events"
HEARD = (
    "SELECT 'heard', '{0}', '{1}', coalesce(max(notification_id), 0) FROM {0}.tracking WHERE application_name = '{1}'"
)
DUE = "SELECT 'due', '{0}', '', count(*) FROM {0}.memos WHERE kind = 'due' AND key <= %b"


class Standing(NamedTuple):
    """Position of each log's last record; what each listener heard of each sender; how many timers are due."""

    heads: Mapping[str, int]
    heard: Mapping[tuple[str, str], int]
    due: Mapping[str, int]

    def behind(self) -> Iterator[str]:
        """Whoever still has something to do, in words; nobody when everything is quiet."""
        for (listener, sender), position in self.heard.items():
            if position < self.heads[sender]:
                yield f"{listener} heard {position} of {self.heads[sender]} from {sender}"
        for name, count in self.due.items():
            if count:
                yield f"{name} has {count} timers due"


class Standings:
    """Looks at the schemas of every sender and listener in one statement, which sees one moment of them all."""

    def __init__(self, url: str, hears: Mapping[str, tuple[str, ...]]) -> None:
        names = [checked_name(name) for name in hears]
        parts = [HEAD.format(name) for name in names] + [DUE.format(name) for name in names]
        parts += [HEARD.format(name, checked_name(sender)) for name in names for sender in hears[name]]
        self._statement, self._count = " UNION ALL ".join(parts), len(names)
        self._connections = Connections(url, names[0])

    def look(self, now: datetime) -> Standing:
        """The standing at this moment; raises PersistenceError."""
        due = f"{instant_key(now)}|~"
        rows = self._connections.ask(self._statement, [due] * self._count)
        told: dict[str, dict[tuple[str, str], int]] = {"head": {}, "heard": {}, "due": {}}
        for kind, name, sender, value in rows:
            told[kind][name, sender] = int(value)
        alone = {kind: {name: value for (name, _), value in told[kind].items()} for kind in ("head", "due")}
        return Standing(alone["head"], told["heard"], alone["due"])

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()
