"""Where a deployment moves to: the words after `--to`, read into a place for each log, the casebook and the files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from services.chassis.mongo import SCHEMES
from services.cli.speaking import Wrong
from services.cli.wiring import SERVICES

LOGS = frozenset({"postgresql", "postgres"})
CASEBOOKS = SCHEMES | {"sqlite"}


class Targets(NamedTuple):
    """The URL of each service's log, the URL of the casebook, and the folder for what no server holds."""

    logs: Mapping[str, str]
    casebook: str
    folder: Path
    rehearsal: bool = False


def read_targets(words: Sequence[str], services: Iterable[str]) -> Targets:
    """Each word is a URL, a folder, or `service=URL` for the log of one service; raises Wrong TARGET_INVALID."""
    logs: dict[str, str] = {}
    casebooks, folders, everyones = list[str](), list[str](), list[str]()
    for word in words:
        service, scheme = word.partition("=")[0], urlsplit(word).scheme
        if service in SERVICES and urlsplit(word.partition("=")[2]).scheme in LOGS:
            logs[service] = word.partition("=")[2]
        elif scheme in LOGS:
            everyones.append(word)
        elif scheme in CASEBOOKS:
            casebooks.append(word)
        else:
            folders.append(_path(word, scheme))
    folder = _one(folders, "一个文件夹（封存密钥、简称等不入服务器的内容）")
    if set(services) - set(logs):
        logs = {name: _one(everyones, "日志的 postgresql://…") for name in services} | logs
    beside = f"sqlite://{Path(folder).resolve() / 'casebook.sqlite'}"
    casebook = _one(casebooks, "案卷总账的去处") if casebooks else beside
    return Targets({name: logs[name] for name in services}, casebook, Path(folder))


def _path(word: str, scheme: str) -> str:
    if scheme not in ("", "file"):
        ways = "postgresql://…、服务=postgresql://…、mongodb://…、文件夹"
        raise Wrong("TARGET_INVALID", f"不认识去处“{scheme}://…”；可写 {ways}")
    return urlsplit(word).path if scheme == "file" else word


def _one(found: Sequence[str], what: str) -> str:
    if len(found) != 1:
        raise Wrong("TARGET_INVALID", f"须用 --to 给出且只给出{what}")
    return found[0]
