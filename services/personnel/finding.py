"""How personnel finds its own streams: by id, by what they name, and whom a stream belongs to."""

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.application import ServiceApplication
from services.chassis.policy_values import china_day
from services.personnel.copies import Card
from services.personnel.domain.credential import Credential
from services.personnel.domain.inspector import Inspector

App = ServiceApplication
Given = dict[str, Any]
Found = TypeVar("Found", bound=Aggregate)


def found(app: App, kind: type[Found], stream: UUID | None) -> Found | None:
    """The aggregate of that id, None also when the id is another kind's."""
    records: list[Any] = list(app.events.get(stream, lte=1)) if stream else []
    if not records or stream is None or type(records[0].event) not in charter_of(kind).steps:
        return None
    loaded = app.load(kind, stream)
    return loaded if isinstance(loaded, kind) else None


def naming(app: App, kind: type[Found], key: object) -> Iterator[Found]:
    """Every aggregate of a kind that names this id, or once named it."""
    after = f"{kind.__name__}|{key}|"
    upto = f"{after}~"
    while rows := app.memos.scan("entity", after, upto):
        for row in rows:
            loaded = app.load(kind, UUID((row.value or b"").decode()))
            if isinstance(loaded, kind):
                yield loaded
        after = rows[-1].key


def standing(app: App, inspector_id: UUID | None) -> Given:
    """How an inspector stands, in which category, and in whose team."""
    inspector = found(app, Inspector, inspector_id)
    if inspector is None:
        return {"inspector_state": None}
    return {
        "inspector_state": inspector.state, "home_body_id": inspector.body_id,
        "inspector_category": inspector.category.value if inspector.category else None,
    }


def cards(app: App, inspector_id: UUID) -> Iterator[Credential]:
    """The credentials of an inspector."""
    for card in app.kept.below(Card, inspector_id):
        loaded = app.load(Credential, card.credential_id)
        if isinstance(loaded, Credential):
            yield loaded


def credential_valid(app: App, inspector_id: UUID, at: Any) -> bool:
    """Whether one of them is valid on that day."""
    day = china_day(at)
    return any(
        card.state == "VALID" and card.valid_from is not None and card.valid_to is not None
        and card.valid_from <= day <= card.valid_to for card in cards(app, inspector_id)
    )
