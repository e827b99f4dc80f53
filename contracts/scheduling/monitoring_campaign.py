"""MonitoringCampaign (评估监测): every one stands in the unified register of the supervision body."""

from datetime import date
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY

# --- commands ---------------------------------------------------------------------------------


class _OfCampaign(Command, kw_only=True):
    stream_key = ("campaign_id",)
    campaign_id: UUID


class DefineCampaign(_OfCampaign, kw_only=True):
    """归口登记一项评估监测，写明指标版本、参加单位、须填报的数据项和是否试点。"""

    roles = BODY
    indicator_version: str
    participants: tuple[UUID, ...]
    pilot: bool = False
    elements: tuple[str, ...] = ()
    title: str | None = None


class OpenCampaign(_OfCampaign, kw_only=True):
    """开始采集，写明起止日期。"""

    roles = BODY
    from_: date = msgspec.field(name="from")
    to: date


class CloseCollection(_OfCampaign, kw_only=True):
    """采集结束，写明已报和未报的单位数。"""

    roles = BODY
    received: int
    missing: int


class PublishCampaign(_OfCampaign, kw_only=True):
    """公布评估监测报告。"""

    roles = BODY
    report_hash: str


# --- events -----------------------------------------------------------------------------------


class CampaignDefined(Event, kw_only=True):
    """评估监测已归口登记。"""

    campaign_id: UUID
    indicator_version: str
    participants: tuple[UUID, ...]
    pilot: bool
    elements: tuple[str, ...] = ()
    title: str | None = None


class CampaignOpened(Event, kw_only=True):
    """采集已开始。"""

    campaign_id: UUID
    from_: date = msgspec.field(name="from")
    to: date


class CampaignCollectionClosed(Event, kw_only=True):
    """采集已结束。"""

    campaign_id: UUID
    received: int
    missing: int


class CampaignPublished(Event, kw_only=True):
    """评估监测报告已公布。"""

    campaign_id: UUID
    report_hash: str
