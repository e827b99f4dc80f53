"""IndicatorSet (指标体系) for one kind of unit; versions are never mixed, only mapped."""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Value, Year


class IndicatorUnitType(Enum):
    """适用对象：政府、部门、乡镇街道、幼儿园、中小学、中职、高校、特教、培训机构。"""

    GOVERNMENT = "GOVERNMENT"
    DEPARTMENT = "DEPARTMENT"
    TOWNSHIP = "TOWNSHIP"
    KINDERGARTEN = "KINDERGARTEN"
    PRIMARY_SECONDARY = "PRIMARY_SECONDARY"
    VOCATIONAL = "VOCATIONAL"
    HIGHER_EDUCATION = "HIGHER_EDUCATION"
    SPECIAL_EDUCATION = "SPECIAL_EDUCATION"
    TRAINING_INSTITUTION = "TRAINING_INSTITUTION"


SCHOOLS_APART = frozenset({"KINDERGARTEN", "VOCATIONAL", "HIGHER_EDUCATION", "SPECIAL_EDUCATION"})
"""School types with indicators of their own; other schools share those of primary and secondary schools."""


def indicators_for(unit_kind: str, school_type: str | None) -> str:
    """For which kind of unit the indicators are that a unit is measured by, an `IndicatorUnitType` as on the wire."""
    if unit_kind != "SCHOOL":
        return unit_kind
    return school_type if school_type in SCHOOLS_APART else IndicatorUnitType.PRIMARY_SECONDARY.value


class Indicator(Value, kw_only=True):
    """One indicator: its code, what it asks, where it hangs, what it weighs (a decimal as text)."""

    code: str
    text: str
    parent_code: str | None = None
    content_code: str | None = None
    weight: str | None = None


class IndicatorMapping(Value, kw_only=True):
    """One line of a crosswalk between two versions or systems."""

    from_code: str
    to_code: str
    note: str | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfIndicatorSet(Command, kw_only=True):
    stream_key = ("set_id",)
    set_id: UUID


class DraftIndicatorSet(_OfIndicatorSet, kw_only=True):
    """拟制一套指标体系，写明适用对象和制定机构。"""

    roles = BODY
    unit_type: IndicatorUnitType
    owner_body_id: UUID
    title: str | None = None


class PublishIndicatorSet(_OfIndicatorSet, kw_only=True):
    """发布指标体系，写明版本、各项指标和施行日期。"""

    roles = BODY
    version: str
    items: tuple[Indicator, ...]
    valid_from: date


class ReleaseStandardYear(_OfIndicatorSet, kw_only=True):
    """发布一年的标准并公示数据，写明异议截止时间。"""

    roles = BODY
    year: Year
    objection_until: Instant


class MapIndicators(_OfIndicatorSet, kw_only=True):
    """确定与另一版本或体系的对应关系。"""

    roles = BODY
    from_version: str
    to_version: str
    map: tuple[IndicatorMapping, ...]


class SupersedeIndicatorSet(_OfIndicatorSet, kw_only=True):
    """新的指标体系已发布，旧的不再使用。"""

    roles = BODY | SYSTEM
    by: UUID


# --- events -----------------------------------------------------------------------------------


class IndicatorSetDrafted(Event, kw_only=True):
    """指标体系已拟制。"""

    set_id: UUID
    unit_type: IndicatorUnitType
    owner_body_id: UUID
    title: str | None = None


class IndicatorSetPublished(Event, kw_only=True):
    """指标体系已发布。"""

    set_id: UUID
    version: str
    unit_type: IndicatorUnitType
    items: tuple[Indicator, ...]
    valid_from: date


class StandardYearReleased(Event, kw_only=True):
    """一年的标准已发布。"""

    set_id: UUID
    year: int
    objection_until: Instant


class IndicatorCrosswalkDefined(Event, kw_only=True):
    """对应关系已确定。"""

    set_id: UUID
    from_version: str
    to_version: str
    map: tuple[IndicatorMapping, ...]


class IndicatorSetSuperseded(Event, kw_only=True):
    """指标体系已被取代。"""

    set_id: UUID
    version: str
    by: UUID
