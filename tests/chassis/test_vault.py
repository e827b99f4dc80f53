"""The vault: one suite on both adapters; a destroyed key is destroyed for ever, in every copy of the fields."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from services.chassis.life_cycle import Refused
from services.chassis.vault import MemoryRows, SQLiteRows, Vault, sqlite_vault
from tests.kit.cases import uid

LI, WANG = uid("li"), uid("wang")
NAME, TELEPHONE = {"name": "李明"}, {"telephone": "13800000000"}
Rows = MemoryRows | SQLiteRows


@pytest.fixture(params=["memory", "sqlite"])
def rows(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Rows]:
    if request.param == "memory":
        kept: dict[str, MemoryRows] = {}
        return lambda name: kept.setdefault(name, MemoryRows())
    return lambda name: SQLiteRows(tmp_path / f"{name}.sqlite")


@pytest.fixture
def vault(rows: Callable[[str], Rows]) -> Vault:
    return Vault(rows("fields"), rows("keys"))


def test_what_was_put_is_got_again_also_by_the_next_process(vault: Vault, rows: Callable[[str], Rows]) -> None:
    vault.put(LI, NAME)
    assert vault.get(LI) == NAME
    assert Vault(rows("fields"), rows("keys")).get(LI) == NAME


def test_of_whom_nothing_was_put_nothing_is_known(vault: Vault) -> None:
    assert vault.get(LI) == {}


def test_fields_stand_beside_those_kept_and_the_last_word_counts(vault: Vault) -> None:
    for fields in (NAME, TELEPHONE, {"name": "李鸣"}):
        vault.put(LI, fields)
    assert vault.get(LI) == {"name": "李鸣", **TELEPHONE}


def test_whoever_is_destroyed_stays_destroyed_and_the_others_stay(vault: Vault) -> None:
    for person in (LI, WANG):
        vault.put(person, NAME)
    vault.destroy(LI)
    for attempt in (lambda: vault.get(LI), lambda: vault.put(LI, NAME)):
        with pytest.raises(Refused, match="PERSON_DESTROYED"):
            attempt()
    assert vault.get(WANG) == NAME


def test_one_may_be_destroyed_before_anything_was_put(vault: Vault) -> None:
    vault.destroy(LI)
    with pytest.raises(Refused, match="PERSON_DESTROYED"):
        vault.put(LI, NAME)


def test_a_backup_of_the_fields_does_not_bring_them_back(vault: Vault, rows: Callable[[str], Rows]) -> None:
    vault.put(LI, NAME)
    backup = rows("fields").read(LI)
    vault.destroy(LI)
    assert backup is not None
    rows("fields").write(LI, backup)
    with pytest.raises(Refused, match="PERSON_DESTROYED"):
        Vault(rows("fields"), rows("keys")).get(LI)


def test_one_persons_row_is_not_read_as_anothers(vault: Vault, rows: Callable[[str], Rows]) -> None:
    for person in (LI, WANG):
        vault.put(person, NAME)
    key, sealed = rows("keys").read(LI), rows("fields").read(LI)
    assert key is not None and sealed is not None
    rows("keys").write(WANG, key)
    rows("fields").write(WANG, sealed)
    with pytest.raises(InvalidTag):
        vault.get(WANG)


def test_neither_name_nor_key_stands_in_the_files(tmp_path: Path) -> None:
    fields, keys = tmp_path / "fields.sqlite", tmp_path / "keys.sqlite"
    vault = sqlite_vault(fields, keys)
    vault.put(LI, NAME)
    key = SQLiteRows(keys).read(LI)
    assert key is not None and key in keys.read_bytes() and key not in fields.read_bytes()
    assert "李明".encode() not in fields.read_bytes() + keys.read_bytes()
    vault.destroy(LI)
    assert all(key not in path.read_bytes() for path in tmp_path.iterdir())


def test_the_files_are_for_the_owner_only_and_two(tmp_path: Path) -> None:
    sqlite_vault(tmp_path / "fields", tmp_path / "keys")
    assert [(tmp_path / name).stat().st_mode & 0o077 for name in ("fields", "keys")] == [0, 0]
    with pytest.raises(ValueError, match="keys"):
        sqlite_vault(tmp_path / "one", tmp_path / "one")
