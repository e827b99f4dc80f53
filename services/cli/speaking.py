"""How verbs speak: data to stdout, everything else to stderr, what went wrong as a code and a sentence."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
import typer

from contracts.wire import WireError
from services.chassis.life_cycle import Refused
from services.cli.exit_codes import exit_of
from services.cli.scenario.names import Unnamed
from services.cli.scenario.yaml_tree import Unreadable

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


class Wrong(Exception):
    """A verb cannot do what was asked: a stable code and a sentence in Chinese."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def say(line: str) -> None:
    """Progress and complaints go to stderr."""
    print(line, file=sys.stderr, flush=True)


def tell(found: Any, *, as_json: bool, lines: Callable[[Any], Iterator[str]]) -> None:
    """Data goes to stdout, as JSON or as lines for people."""
    if as_json:
        print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1))
        return
    for line in lines(found):
        print(line)


@contextmanager
def answering() -> Iterator[None]:
    """Turn what went wrong into a line on stderr and the exit code that belongs to it."""
    try:
        yield
    except (Refused, WireError, Wrong) as error:
        fail(error.code, error.sentence)
    except (Unnamed, Unreadable) as error:
        fail(error.code, str(error))
    except FileNotFoundError as error:
        fail("FILE_NOT_FOUND", f"没有文件“{error.filename}”")
    except (IsADirectoryError, NotADirectoryError, PermissionError) as error:
        fail("FILE_UNREADABLE", f"不能读写“{error.filename}”")


def fail(code: str, sentence: str) -> None:
    """Say it and leave."""
    say(f"{code}：{sentence}")
    raise typer.Exit(exit_of(code))
