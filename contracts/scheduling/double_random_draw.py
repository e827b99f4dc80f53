"""DoubleRandomDraw (双随机): units and inspectors by chance, and anyone can compute it again.

First the commitment (a hash over pools, exclusions, strata, weights, rules and algorithm) is
published, then the seed is made in public from the recorded contributions, then the result follows.
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, Instant, Value


class Pool(Enum):
    """名录：单位、督学。"""

    UNITS = "UNITS"
    INSPECTORS = "INSPECTORS"


class ExclusionReason(Enum):
    """排除理由。

    已退出、无有效督学证、应当回避、超出定额、曾任职学校、被督导单位的主管部门、督导频次已满、暂停履职、未经岗前培训。
    """

    EXITED = "EXITED"
    NO_CREDENTIAL = "NO_CREDENTIAL"
    RECUSED = "RECUSED"
    OVER_QUOTA = "OVER_QUOTA"
    FORMER_SCHOOL = "FORMER_SCHOOL"
    MANAGING_DEPARTMENT = "MANAGING_DEPARTMENT"
    BURDEN_EXHAUSTED = "BURDEN_EXHAUSTED"
    SUSPENDED = "SUSPENDED"
    NO_PRE_SERVICE_TRAINING = "NO_PRE_SERVICE_TRAINING"


class SeedMethod(Enum):
    """种子来源：当众掷骰、各方份额。"""

    DICE = "DICE"
    SHARE = "SHARE"


class SubstitutionReason(Enum):
    """替补理由（只限于此）：生病、应当回避、督学证失效、已退出、单位撤销或停课、不可抗力。"""

    ILLNESS = "ILLNESS"
    RECUSED = "RECUSED"
    NO_CREDENTIAL = "NO_CREDENTIAL"
    EXITED = "EXITED"
    UNIT_CLOSED = "UNIT_CLOSED"
    FORCE_MAJEURE = "FORCE_MAJEURE"


class Exclusion(Value, kw_only=True):
    """Who was left out of which pool, and why."""

    id: UUID
    pool: Pool
    reason: ExclusionReason


class Stratum(Value, kw_only=True):
    """A part of a pool from which a number of its own is drawn."""

    name: str
    pool: Pool
    members: tuple[UUID, ...]
    count: int


class SeedContribution(Value, kw_only=True):
    """What one party put into the seed, in the open and after the commitment."""

    party: str
    method: SeedMethod
    value: str


# --- commands ---------------------------------------------------------------------------------


class _OfDraw(Command, kw_only=True):
    stream_key = ("draw_id",)
    draw_id: UUID


class PrepareDraw(_OfDraw, kw_only=True):
    """冻结单位和督学名录，写明已知的排除及理由、分层、权重和抽取数；前一次放弃后次数加一。"""

    roles = BODY
    natural_key = ("activity_id", "attempt")
    activity_id: UUID
    attempt: int = 1
    unit_pool: tuple[UUID, ...]
    inspector_pool: tuple[UUID, ...]
    unit_count: int
    inspector_count: int
    exclusions: tuple[Exclusion, ...] = ()
    strata: tuple[Stratum, ...] = ()
    weights: dict[UUID, int] | None = None


class CommitDraw(_OfDraw, kw_only=True):
    """在产生种子之前公布承诺值。"""

    roles = BODY


class ExecuteDraw(_OfDraw, kw_only=True):
    """以各方当众给出的种子抽取；只能抽一次。"""

    roles = BODY
    contributions: tuple[SeedContribution, ...]


class SubstituteDraw(_OfDraw, kw_only=True):
    """以同一种子的下一序号替补，不得人工指定。"""

    roles = BODY | SYSTEM
    removed_id: UUID
    reason: SubstitutionReason


class RevealDraw(_OfDraw, kw_only=True):
    """公开抽取结果。"""

    roles = FIELD | SYSTEM


class AbandonDraw(_OfDraw, kw_only=True):
    """在产生种子之前放弃抽取，写明理由，记录保留。"""

    roles = BODY | SYSTEM
    reason: str


# --- events -----------------------------------------------------------------------------------


class DrawPrepared(Event, kw_only=True):
    """名录已冻结；写明全部排除及理由。"""

    draw_id: UUID
    activity_id: UUID
    attempt: int
    unit_pool: tuple[UUID, ...]
    inspector_pool: tuple[UUID, ...]
    unit_count: int
    inspector_count: int
    exclusions: tuple[Exclusion, ...]
    strata: tuple[Stratum, ...]
    weights: dict[UUID, int]


class DrawCommitted(Event, kw_only=True):
    """承诺值已公布；写明算法版本。"""

    draw_id: UUID
    commitment: str
    algorithm_version: str


class DrawExecuted(Event, kw_only=True):
    """已抽取；写明种子、各方份额和结果。"""

    draw_id: UUID
    contributions: tuple[SeedContribution, ...]
    seed: str
    units: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]


class DrawSubstituted(Event, kw_only=True):
    """已替补；写明所用的序号。"""

    draw_id: UUID
    removed_id: UUID
    reason: SubstitutionReason
    new_id: UUID
    index: int


class DrawRevealed(Event, kw_only=True):
    """抽取结果已公开。"""

    draw_id: UUID
    revealed_at: Instant


class DrawAbandoned(Event, kw_only=True):
    """抽取已放弃。"""

    draw_id: UUID
    reason: str
