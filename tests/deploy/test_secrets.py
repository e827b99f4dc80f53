"""Secrets are minted once, each for itself, and given by file."""

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.chassis.life_cycle import Refused
from services.chassis.secret_files import told
from services.chassis.settings import DEFAULT_PASSWORDS
from services.cli.app import app
from services.cli.secret_files import Hosts, minted


def test_a_folder_is_minted_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert CliRunner().invoke(app, ["secrets", "mint", str(folder)]).exit_code == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = {file.name: file.read_text() for file in folder.iterdir()}
    assert before.keys() == minted(Hosts()).keys()
    assert CliRunner().invoke(app, ["secrets", "mint", str(folder)]).exit_code == 5
    assert {file.name: file.read_text() for file in folder.iterdir()} == before


def test_no_password_is_a_default_one_or_shared() -> None:
    found = minted(Hosts())
    passwords = [found[name] for name in ("postgres_owner_password", "postgres_writer_password", "mongo_password")]
    assert len(set(passwords)) == 3 and not DEFAULT_PASSWORDS & set(passwords)
    assert all(len(password) >= 32 for password in passwords)
    assert minted(Hosts())["log_url"] != found["log_url"]
    assert '"d"' not in found["gateway_key.public.json"]


def test_a_setting_is_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://a:b@c/d\n")
    assert told({"DUDAO_LOG_URL_FILE": str(tmp_path / "url")})["DUDAO_LOG_URL"] == "postgresql://a:b@c/d"
    for wrong, code in (
        ({"DUDAO_LOG_URL_FILE": str(tmp_path / "url"), "DUDAO_LOG_URL": "x"}, "SETTING_AMBIGUOUS"),
        ({"DUDAO_LOG_URL_FILE": str(tmp_path / "none")}, "SECRET_UNREADABLE"),
    ):
        with pytest.raises(Refused) as refused:
            told(wrong)
        assert refused.value.code == code
