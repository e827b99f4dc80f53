"""PolicyDocument (政策文件): the values a document of a place sets; every edition is one event."""

from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Value


class PolicyStatus(Enum):
    """效力：现行、试行、失效。"""

    IN_FORCE = "in-force"
    TRIAL = "trial"
    EXPIRED = "expired"


class Modality(Enum):
    """要求的强度：必须、原则上、可以、鼓励、宣示。"""

    MUST = "M"
    IN_PRINCIPLE = "P"
    MAY = "O"
    ENCOURAGED = "E"
    DECLARED = "D"


class PolicySource(Enum):
    """出处：文件原文、文件之外的公开背景、本地自定（不作为法规展示）。"""

    DOCUMENT = "document"
    BACKGROUND = "background"
    LOCAL = "local"


class Citation(Value, kw_only=True):
    """An instrument that the document says it carries out."""

    title: str
    number: str
    note: str | None = None


class PublishedValue(Value, kw_only=True):
    """One line of a document; `v` null means that the text leaves the key open."""

    key: str
    v: Any = None
    modality: Modality = Modality.DECLARED
    clause: str | None = None
    levels: tuple[str, ...] = ()
    source: PolicySource | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    reason: str | None = None


# --- commands ---------------------------------------------------------------------------------


class PublishPolicy(Command, kw_only=True):
    """发布一个地方的一份政策文件的取值；再次发布即为新的版本。"""

    roles = BODY | SYSTEM
    stream_key = ("document_id",)
    natural_key = ("jurisdiction", "document")
    document_id: UUID
    jurisdiction: str
    document: str
    status: PolicyStatus
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    kind: str | None = None
    title: str | None = None
    source: PolicySource = PolicySource.DOCUMENT
    note: str | None = None
    cites: tuple[Citation, ...] = ()
    values: tuple[PublishedValue, ...]


# --- events -----------------------------------------------------------------------------------


class PolicyPublished(Event, kw_only=True):
    """政策文件的一个版本已发布。"""

    document_id: UUID
    jurisdiction: str
    document: str
    version: int
    valid_from: date | None = None
    status: PolicyStatus
    values: tuple[PublishedValue, ...]
    valid_to: date | None = None
    parent: str | None = None
    kind: str | None = None
    title: str | None = None
    source: PolicySource = PolicySource.DOCUMENT
    note: str | None = None
    cites: tuple[Citation, ...] = ()
