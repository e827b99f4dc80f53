"""SchoolListing (责任督学挂牌): whose name stands at the gate of a school, and what is public of it."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant


class PublicField(Enum):
    """公开内容：姓名、照片、联系方式、督导事项；须公开哪些由政策取值决定。"""

    NAME = "name"
    PHOTO = "photo"
    CONTACT = "contact"
    INSPECTION_MATTERS = "inspectionMatters"


# --- commands ---------------------------------------------------------------------------------


class _OfListing(Command, kw_only=True):
    stream_key = ("listing_id",)
    listing_id: UUID


class AssignListing(_OfListing, kw_only=True):
    """为一所学校确定责任督学。"""

    roles = BODY
    school_id: UUID
    inspector_id: UUID


class PublishListing(_OfListing, kw_only=True):
    """在学校挂牌公开，写明公开内容，附证据。"""

    roles = BODY
    public_fields: tuple[PublicField, ...]
    evidence_hash: str


class ReplaceListing(_OfListing, kw_only=True):
    """更换责任督学，写明理由。"""

    roles = BODY
    new_inspector_id: UUID
    reason: str


class WithdrawListing(_OfListing, kw_only=True):
    """因督学退出、暂停履职或学校撤销，撤下挂牌，写明理由。"""

    roles = BODY | SYSTEM
    reason: str


# --- events -----------------------------------------------------------------------------------


class ListingAssigned(Event, kw_only=True):
    """责任督学已确定。"""

    listing_id: UUID
    school_id: UUID
    inspector_id: UUID


class SchoolListed(Event, kw_only=True):
    """学校已挂牌。"""

    listing_id: UUID
    school_id: UUID
    inspector_id: UUID
    public_fields: tuple[PublicField, ...]
    published_at: Instant
    evidence_hash: str


class ListingReplaced(Event, kw_only=True):
    """责任督学已更换。"""

    listing_id: UUID
    school_id: UUID
    old_inspector_id: UUID
    new_inspector_id: UUID
    at: Instant
    reason: str


class ListingWithdrawn(Event, kw_only=True):
    """挂牌已撤下。"""

    listing_id: UUID
    school_id: UUID
    at: Instant
    reason: str
