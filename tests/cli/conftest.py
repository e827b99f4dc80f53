"""A deployment with one school and one item, made once."""

import shutil
from pathlib import Path

import pytest

from tests.cli.typing_verbs import SCHOOL, sent


@pytest.fixture(scope="package")
def school(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deployment's folder; tests read it, and write nothing that another would miss."""
    return Path(shutil.copytree(pristine, tmp_path_factory.mktemp("school"), dirs_exist_ok=True))


@pytest.fixture(scope="package")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as it was made: nobody writes here, whoever wants to takes a copy."""
    data = tmp_path_factory.mktemp("pristine")
    for line in SCHOOL:
        answer = sent(data, line)
        assert answer.exit_code == 0, answer.stderr
    return data
