"""MonitoringDataSet (监测数据) of one unit in one period: every element is filled in once, then reused.

An element is named by its code in the element dictionary (`students`) and has a state of its own.
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, UNIT


class ElementSource(Enum):
    """来源：单位填报、国家平台、省级平台、部门共享。"""

    FILLED_IN = "FILLED_IN"
    NATIONAL_PLATFORM = "NATIONAL_PLATFORM"
    PROVINCIAL_PLATFORM = "PROVINCIAL_PLATFORM"
    SHARED_BY_DEPARTMENT = "SHARED_BY_DEPARTMENT"


# --- commands ---------------------------------------------------------------------------------


class _OfSet(Command, kw_only=True):
    stream_key = ("data_set_id",)
    data_set_id: UUID


class _OfElement(_OfSet, kw_only=True):
    element_id: str


class CollectElement(_OfElement, kw_only=True):
    """采集一个单位一个时段的一个数据项；第一项同时开立该时段的数据集。"""

    roles = UNIT | BODY | SYSTEM
    natural_key = ("unit_id", "period")
    unit_id: UUID
    period: str
    value_hash: str
    source: ElementSource
    value: str | None = None


class ReuseElement(_OfElement, kw_only=True):
    """另一项评估监测沿用已采集的数据项，不再重复填报。"""

    roles = UNIT | BODY | SYSTEM
    campaign_id: UUID
    reused_from_event_id: UUID


class ValidateElement(_OfElement, kw_only=True):
    """审核数据项，认定有效。"""

    roles = FIELD


class RejectElement(_OfElement, kw_only=True):
    """审核数据项，不予认定，写明所依据的规则和说明。"""

    roles = FIELD | SYSTEM
    rule: str
    message: str


class FreezeDataSet(_OfSet, kw_only=True):
    """时段结束，冻结数据集。"""

    roles = BODY | SYSTEM


# --- events -----------------------------------------------------------------------------------


class DataCollected(Event, kw_only=True):
    """数据项已采集。"""

    data_set_id: UUID
    element_id: str
    unit_id: UUID
    period: str
    value_hash: str
    source: ElementSource
    value: str | None = None


class DataReused(Event, kw_only=True):
    """数据项已沿用；写明取自哪条记录。"""

    element_id: str
    unit_id: UUID
    campaign_id: UUID
    reused_from_event_id: UUID


class DataValidated(Event, kw_only=True):
    """数据项已认定有效。"""

    element_id: str
    unit_id: UUID
    validator_id: UUID


class DataRejected(Event, kw_only=True):
    """数据项未获认定。"""

    element_id: str
    unit_id: UUID
    rule: str
    message: str


class DataFrozen(Event, kw_only=True):
    """数据集已冻结；写明全部数据项的摘要值。"""

    data_set_id: UUID
    period: str
    hash: str
