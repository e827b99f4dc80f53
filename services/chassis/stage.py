"""A stage of a rehearsal: the same processes on fresh stores, at a time of its own.

DUDAO_STAGE_FILE names a JSON object of settings that go before those of the environment. Whoever writes another one
sends SIGHUP; each process tells at /healthz on which stage it is.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from services.chassis.life_cycle import Refused

STAGE_FILE = "DUDAO_STAGE_FILE"


def on_stage(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The environment with the stage's settings, if it names any; raises Refused STAGE_UNREADABLE."""
    named = environment.get(STAGE_FILE)
    if not named:
        return environment
    try:
        return {**environment, **msgspec.json.decode(Path(named).read_bytes(), type=dict[str, str])}
    except (OSError, msgspec.DecodeError) as error:
        raise Refused("STAGE_UNREADABLE", f"读不出演练的场次文件“{named}”：{error}") from None
