"""Typing a verb as a person would, without a process of its own."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from services.cli.app import app

ITEM = "unit=s1 issuingBody=office source=CONFIRMED_FINDING severity=GENERAL"
SCHOOL = (
    "registry.RegisterJurisdiction code=990000 name=示例省 kind=PROVINCE --as system",
    "registry.RegisterBody body=office kind=OFFICE tier=PROVINCE placement=990000 name=督导室 --as system",
    "registry.RegisterBody body=edu kind=DEPARTMENT tier=PROVINCE placement=990000 name=教育局 --as system",
    "registry.RegisterUnit unit=s1 kind=SCHOOL name=示例一小 locatedIn=990000 --as system",
    "registry.ChangeUnitManagement unit=s1 managedBy=edu competentDepartment=edu validFrom=2020-01-01 --as system",
    "registry.GrantRole person=li role=office_staff body=office --as security",
    "registry.GrantRole person=zhao role=unit_user unit=s1 --as security",
    f"rectification.RegisterItem item=i1 {ITEM} text=食堂 --as li",
    "rectification.AssignItem item=i1 person=li basis=会议 --as li --reason 分工",
)
"""A school with one item, command by command."""


def dudao(*words: str) -> Result:
    """What the verb answers."""
    return CliRunner().invoke(app, list(words))


def sent(data: Path, line: str, *more: str) -> Result:
    """What `dudao do` answers."""
    return dudao("do", *line.split(), *more, "--data", str(data))


def found(*words: str) -> Any:
    """The data that a verb gives to programs."""
    answer = dudao(*words, "--json")
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)
