"""Settings of a process: DUDAO_* of its environment, read once in its main; what is unsafe does not start."""

import faulthandler
import logging
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from services.chassis.brokers import addresses
from services.chassis.life_cycle import Refused
from services.chassis.secret_files import told

PREFIX = "DUDAO_"
REFUSED = 7  # exit code, as in README.md
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
DEFAULT_PASSWORDS = frozenset({"", "guest", "dudao", "postgres", "password", "changeme", "secret", "123456"})
LOG_SCHEMES = frozenset({"postgresql", "postgres"})
WRITING = ("log_url", "amqp_url")
"""What the processes of a service that writes need to be told."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`rehearsal` permits what only a trial on one machine may have; seconds and counts as named.

    `amqp_url` names one broker, or all nodes of a cluster with commas between.
    `seal_keys` is the file of the keys of sealed texts, apart from the log; without it none is accepted.
    `look_seconds` is how long an idle loop waits before it looks again. `stage` numbers a rehearsal's stages, and
    `clock_file` is the clock its processes share (see `chassis.stage`).
    """

    log_url: str = ""
    amqp_url: str = ""
    casebook_url: str = ""
    pages_url: str = ""
    token_key: str = ""
    seal_keys: str = ""
    mode: str = "production"
    algorithm: str = "sha256"
    health_host: str = "127.0.0.1"
    health_port: int = 0
    workers: int = 10
    relay_window: int = 1000
    idle_seconds: float = 5.0
    ask_seconds: float = 5.0
    look_seconds: float = 0.05
    stage: int = 0
    clock_file: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str], needs: Iterable[str] = WRITING) -> "Settings":
        """From DUDAO_LOG_URL and so on; raises Refused, naming the setting at fault or missing of those needed."""
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in told(environment).items()
            if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() in cls.__struct_fields__
        }
        for name in needs:
            if not given.get(name):
                raise Refused("SETTING_MISSING", f"未设置 {PREFIX}{name.upper()}")
        try:
            settings = msgspec.convert(given, cls, strict=False)
        except msgspec.ValidationError as error:
            raise Refused("SETTING_INVALID", f"设置有误：{error}") from None
        for check in CHECKS:
            check(settings)
        return settings

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a trial that nobody relies on."""
        return self.mode == "rehearsal"


def mode_is_known(settings: Settings) -> None:
    """A misspelt mode must not pass for a permission."""
    if settings.mode not in ("production", "rehearsal"):
        raise Refused("SETTING_INVALID", f"{PREFIX}MODE 只能是 production 或 rehearsal，现为“{settings.mode}”")


def log_can_be_shared(settings: Settings) -> None:
    """Several processes write one log: that needs a server. Its commits must be on disk when they return."""
    parts = urlsplit(settings.log_url)
    if settings.log_url and parts.scheme not in LOG_SCHEMES:
        raise Refused("LOG_NOT_SHARED", f"{PREFIX}LOG_URL 须以 postgresql:// 开头：多个进程共用一个日志，文件做不到")
    if "synchronous_commit" in unquote(parts.query) and not settings.is_rehearsal:
        raise Refused("LOG_NOT_DURABLE", "不得在连接串中放宽 synchronous_commit")


def broker_is_named(settings: Settings) -> None:
    """A URL without a virtual host leads pika and kombu to different ones."""
    for parts in map(urlsplit, filter(None, addresses(settings.amqp_url))):
        if parts.scheme not in ("amqp", "amqps") or len(parts.path) < 2:
            raise Refused("SETTING_INVALID", f"{PREFIX}AMQP_URL 须形如 amqp://用户:口令@主机:5672/%2F，多个以逗号分隔")


def passwords_are_chosen(settings: Settings) -> None:
    """Nobody's default password guards a legal record."""
    if settings.is_rehearsal:
        return
    for name, urls in (("LOG_URL", (settings.log_url,)), ("AMQP_URL", addresses(settings.amqp_url))):
        if any(unquote(urlsplit(url).password or "") in DEFAULT_PASSWORDS for url in urls if url):
            raise Refused("PASSWORD_DEFAULT", f"{PREFIX}{name} 使用了空口令或默认口令，拒绝启动")


def algorithm_is_known(settings: Settings) -> None:
    """What a record is hashed with must be named in it."""
    if settings.algorithm not in ("sha256", "sm3"):
        raise Refused("SETTING_INVALID", f"{PREFIX}ALGORITHM 只能是 sha256 或 sm3")


def time_is_real(settings: Settings) -> None:
    """A deadline that somebody can move is none: only a rehearsal may have a clock that is set by hand."""
    if (settings.clock_file or settings.stage) and not settings.is_rehearsal:
        raise Refused("CLOCK_SET_BY_HAND", f"{PREFIX}CLOCK_FILE、{PREFIX}STAGE 只能用于演练（{PREFIX}MODE=rehearsal）")


CHECKS: tuple[Any, ...] = (
    mode_is_known, log_can_be_shared, broker_is_named, passwords_are_chosen, algorithm_is_known, time_is_real,
)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Around a process's main: what refuses to start says its code and sentence and exits with 7."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    logging.getLogger("pika").setLevel(logging.WARNING)
    faulthandler.register(signal.SIGUSR1, file=sys.__stderr__ or sys.stderr)  # a process that hangs can be asked where
    try:
        yield
    except Refused as refused:
        print(refused, file=sys.stderr, flush=True)
        sys.exit(REFUSED)
