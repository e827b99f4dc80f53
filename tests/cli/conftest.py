"""A deployment with one school and one item, made once."""

from pathlib import Path

import pytest

from tests.cli.typing_verbs import SCHOOL, sent


@pytest.fixture(scope="package")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deployment's folder; tests read it, and write nothing that another would miss."""
    data = tmp_path_factory.mktemp("school")
    for line in SCHOOL:
        answer = sent(data, line)
        assert answer.exit_code == 0, answer.stderr
    return data
