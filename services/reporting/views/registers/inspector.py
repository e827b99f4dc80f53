"""Inspectors and their credentials as their events tell them; no name stands here, only the person's id."""

from datetime import date, datetime

import msgspec

from contracts.letter import Letter
from contracts.personnel import credential as card
from contracts.personnel import inspector as said
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

COUNTED = ("FULL_TIME", "PART_TIME", "RESPONSIBLE")
"""The categories that count as inspectors (domain 4.8)."""


class Service(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """A time in which someone was taken on: from when, until when, as what, by which home body."""

    since: datetime
    until: datetime | None = None
    category: str
    body: str


class Inspector(Page, kw_only=True, gc=False):
    """One person; `services` holds every time he or she was taken on, the last one last."""

    inspector: str
    state: str = ""
    pre_service_at: datetime | None = None
    exit_ground: str | None = None
    services: list[Service] = []

    @property
    def home(self) -> str | None:
        """The body that took the person on last."""
        return self.services[-1].body if self.services else None

    @property
    def category(self) -> str | None:
        """As what."""
        return self.services[-1].category if self.services else None

    @property
    def active(self) -> bool:
        """On duty, in a category that counts."""
        return self.state == "ACTIVE" and self.category in COUNTED

    def engaged(self, at: datetime) -> Service | None:
        """As what, and where, the person was engaged at an instant, in a category that counts."""
        for one in self.services:
            if one.category in COUNTED and one.since <= at and (one.until is None or at < one.until):
                return one
        return None


class Credential(Page, kw_only=True, gc=False):
    """One card."""

    inspector: str
    state: str = "APPLIED"
    number: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, day: date) -> bool:
        """Whether it could be shown on a day."""
        inside = self.valid_from is not None and self.valid_to is not None and self.valid_from <= day <= self.valid_to
        return self.state == "VALID" and inside


def _appointed(page: Inspector, event: said.InspectorAppointed, letter: Letter) -> None:
    _taken_on(page, letter, event.category, str(event.appointing_body_id))


def _engaged(page: Inspector, event: said.InspectorEngaged, letter: Letter) -> None:
    _taken_on(page, letter, event.category, str(event.engaging_body_id))


def _taken_on(page: Inspector, letter: Letter, category: said.Category, body: str) -> None:
    page.state, page.exit_ground, page.owner_path = "PENDING_TRAINING", None, letter.head.owner_path
    page.services.append(Service(since=letter.head.occurred_at, category=category.value, body=body))


def _trained(page: Inspector, _: said.PreServiceTrainingCompleted, letter: Letter) -> None:
    page.state, page.pre_service_at = "ACTIVE", letter.head.occurred_at


def _exited(page: Inspector, event: said.InspectorExited, _: Letter) -> None:
    page.state, page.exit_ground = "EXITED", event.ground.value
    if page.services:
        page.services[-1].until = event.effective_at


def _issued(page: Credential, event: card.CredentialIssued, _: Letter) -> None:
    page.state, page.number = "VALID", event.number
    page.valid_from, page.valid_to = event.valid_from, event.valid_to


def _card(letter: Letter, _: str) -> Credential | None:
    holder = getattr(letter.event, "inspector_id", None)
    return Credential(inspector=str(holder), **owned(letter)) if holder else None


HAPPENINGS: Happenings = {
    said.InspectorAppointed: _appointed,
    said.InspectorEngaged: _engaged,
    said.PreServiceTrainingCompleted: _trained,
    said.InspectorSuspended: moves("SUSPENDED"),
    said.InspectorReinstated: moves("ACTIVE"),
    said.InspectorExited: _exited,
}
CARDS: Happenings = {
    card.CredentialApplied: moves("APPLIED"),
    card.CredentialIssued: _issued,
    card.CredentialSuspended: moves("SUSPENDED"),
    card.CredentialRestored: moves("VALID"),
    card.CredentialRevoked: moves("REVOKED"),
    card.CredentialExpired: moves("EXPIRED"),
}

INSPECTORS = View(
    name="inspectors", title="督学登记", fold_version=1, page=Inspector, listens=names_of(HAPPENINGS),
    keys=keyed_by("inspector_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: Inspector(inspector=key, **owned(letter))),
)
CREDENTIALS = View(
    name="credentials", title="督学证登记", fold_version=1, page=Credential, listens=names_of(CARDS),
    keys=keyed_by("credential_id"), fold=told_by(CARDS, _card), show=plainly,
)
