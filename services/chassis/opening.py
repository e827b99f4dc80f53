"""Opening a service's log and application in a process that shares them with others."""

from pathlib import Path
from typing import TypeVar

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.chassis.application import ServiceApplication
from services.chassis.clock import Clock, FileClock, system_clock
from services.chassis.identity import TokenReader
from services.chassis.life_cycle import Refused
from services.chassis.log_postgres import PostgresLogs
from services.chassis.settings import Settings
from services.chassis.vault import SQLiteRows

App = TypeVar("App", bound=ServiceApplication)


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or the one that a rehearsal's processes share."""
    return FileClock(Path(settings.clock_file)) if settings.clock_file else system_clock


def open_logs(settings: Settings, service: str) -> PostgresLogs:
    """The log that all processes of a service share: a schema of its own, named like the service."""
    return PostgresLogs(settings.log_url, clock_of(settings), schema=service)


def opened(application: type[App], settings: Settings) -> App:
    """The application on its shared log, with the public key its tokens are read by."""
    clock = clock_of(settings)
    tokens = TokenReader(read_key(Path(settings.token_key)), clock)
    keys = SQLiteRows(Path(settings.seal_keys)) if settings.seal_keys else None
    return application(open_logs(settings, application.name), tokens, clock, settings.algorithm, keys)


def read_key(path: Path) -> OKPKey:
    """A key from its JWK file; raises Refused TOKEN_KEY_UNREADABLE."""
    try:
        return OKPKey.import_key(msgspec.json.decode(path.read_bytes()))
    except (OSError, ValueError, JoseError) as error:
        raise Refused("TOKEN_KEY_UNREADABLE", f"读不出验证登录凭据的公钥“{path.name}”：{error}") from None
