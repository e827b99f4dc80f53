"""Settings that stand in files: DUDAO_LOG_URL_FILE names the file that holds DUDAO_LOG_URL; no password is told."""

from collections.abc import Mapping
from pathlib import Path

from services.chassis.life_cycle import Refused

SUFFIX = "_FILE"
SECRETS = ("DUDAO_LOG_URL", "DUDAO_AMQP_URL", "DUDAO_CASEBOOK_URL", "DUDAO_PAGES_URL")


def told(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The environment with what its files hold; raises Refused SETTING_AMBIGUOUS, SECRET_UNREADABLE."""
    read = {name: _read(name, environment) for name in SECRETS if environment.get(name + SUFFIX)}
    return {**environment, **read}


def _read(name: str, environment: Mapping[str, str]) -> str:
    if environment.get(name):
        raise Refused("SETTING_AMBIGUOUS", f"{name} 与 {name}{SUFFIX} 只能给一个")
    try:
        return Path(environment[name + SUFFIX]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("SECRET_UNREADABLE", f"读不出 {name}{SUFFIX} 所指的文件：{error}") from None
