"""A runbook can be followed: its four sections are there, its links lead somewhere, its commands exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from services.cli.app import app
from tests.deploy.reading import compose, plan
from tests.deploy.watching import RUNBOOKS, alerts

BOOKS = sorted(RUNBOOKS.glob("*.md"))
README = RUNBOOKS.parent / "README.md"
SECTIONS = ["症状", "指标", "处理", "验证"]
PLACEHOLDERS = {"进程名", "服务-relay", "服务-subscriber", "服务-doors", "发信方-doors"}
OTHERS = {"kubectl", "promtool", "df", "grep", "amtool", "openssl", "cp", "mkdir"}
ON_A_SERVICE = {"logs", "restart", "exec", "kill", "stats", "ps", "rm", "up", "run", "stop"}
WITH_A_VALUE = {"--tail", "-s", "-U", "-c", "--user", "-e"}


def commands_in(text: str) -> list[list[str]]:
    """The words of every command in the shell blocks of a page, continued lines joined."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def complaint(words: list[str]) -> str | None:
    """Why a command cannot be run, or None."""
    if words[0] in ("dudao", "./dudao"):
        return dudao_complaint(words[1:])
    if words[:3] == ["docker", "compose", "exec"] and "services.cli" in words:
        return dudao_complaint(words[words.index("services.cli") + 1:])
    if words[:2] == ["docker", "compose"]:
        return compose_complaint(words[2:])
    return None if words[0] in OTHERS or words[0] == "docker" else f"{words[0]} is not expected on the machine"


def dudao_complaint(words: list[str]) -> str | None:
    """Whether the verb and every option of it exist in the command line."""
    found: Any = typer.main.get_command(app)
    while hasattr(found, "commands") and words:
        step = found.commands.get(words[0])
        if step is None:
            return f"no verb {words[0]}"
        found, words = step, words[1:]
    options = {option for parameter in found.params for option in parameter.opts}
    unknown = [word for word in words if word.startswith("--") and word not in options]
    return f"no option {unknown}" if unknown or hasattr(found, "commands") else None


def compose_complaint(words: list[str]) -> str | None:
    """Whether the services named are in docker-compose.yml."""
    known = compose()["services"].keys() | PLACEHOLDERS
    rest = iter(words[1:])
    for word in rest if words[0] in ON_A_SERVICE else ():
        if word in WITH_A_VALUE:
            next(rest)
        elif not word.startswith("-"):
            if word not in known:
                return f"no service {word}"
            if words[0] in ("exec", "run"):
                return None
    return None


@pytest.mark.parametrize("book", [*BOOKS, README], ids=lambda book: book.stem)
def test_every_command_exists(book: Path) -> None:
    commands = commands_in(book.read_text())
    assert commands
    assert {" ".join(words): said for words in commands if (said := complaint(words))} == {}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_runbook_has_its_four_sections_and_its_links_lead_somewhere(book: Path) -> None:
    text = book.read_text()
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS
    assert text.startswith(f"# {book.stem}\n")
    assert all((RUNBOOKS / link).exists() for link in re.findall(r"\]\(([^)]+)\)", text))
    assert set(re.findall(r"\[(\w+)\]\(\w+\.md\)", text)) <= alerts().keys()


@pytest.mark.parametrize("wrong", [
    "dudao letters burn", "dudao letters retry --servce registry", "dudao letters", "frobnicate --all",
    "docker compose logs registry-door", "docker compose exec findings-doors python -m services.cli leters list",
])
def test_a_command_that_does_not_exist_is_found(wrong: str) -> None:
    assert complaint(shlex.split(wrong)) is not None


def test_processes_named_in_runbooks_run() -> None:
    named = {word for book in BOOKS for words in commands_in(book.read_text()) for word in words
             if re.fullmatch(r"[a-z]+-(doors|relay|subscriber|projection)", word)}
    assert named and named <= plan().keys()
