"""Reads the reviewed YAML files: documents, the catalogue of keys, the index of clauses."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import msgspec
import yaml

from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from services.registry.domain.policy_keys import KeySpec
from services.registry.domain.policy_rules import Clauses

FOLDER = Path(__file__).parent / "policies"
LIMIT = 200_000
"""Characters in one file; the largest reviewed one has a tenth of that."""
DEPTH = 12
OPEN = ("unset", "inherit")
"""Words by which a document leaves a value open; they become None."""


class PolicyUnreadable(ValueError):
    """The text is not a policy file; the message is a Chinese sentence for the person who wrote it."""


class _Loader(yaml.CSafeLoader):
    """Refuses a key written twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(names)) < len(node.value):
            raise PolicyUnreadable(f"第 {node.start_mark.line + 1} 行起有重复的键。")
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """Plain data from text; refused if too long, too deep, with aliases (which can explode) or malformed."""
    if len(text) > LIMIT:
        raise PolicyUnreadable(f"文件超过 {LIMIT} 字。")
    try:
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader)
    except PolicyUnreadable:
        raise
    except (yaml.YAMLError, ValueError) as error:
        raise PolicyUnreadable(f"不是有效的 YAML：{error}") from error


def _refuse_traps(text: str) -> None:
    # Before anything is built: the C loader recurses by depth and would take the process down with it.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH or isinstance(event, yaml.AliasEvent):
            raise PolicyUnreadable(f"政策文件不得使用 YAML 引用，嵌套不得超过 {DEPTH} 层。")


def read_document(text: str) -> PolicyDocument:
    """One document from YAML; unknown header fields are refused, `copies` is not followed here."""
    plain = read_yaml(text)
    if not isinstance(plain, dict) or not isinstance(plain.get("values", {}), dict):
        raise PolicyUnreadable("政策文件应以表头开始，values 之下逐项列出。")
    for entry in plain.get("values", {}).values():
        if isinstance(entry, dict) and entry.get("v") in OPEN:
            entry["v"] = None
    try:
        return msgspec.convert(plain, PolicyDocument)
    except msgspec.ValidationError as error:
        raise PolicyUnreadable(f"政策文件的写法有误：{error}") from error


def copied(header: PolicyDocument, original: PolicyDocument) -> PolicyDocument:
    """The header's place with the original's values, each marked local and stripped of its clause.

    For fictional places: what is law in the original is only a chosen number there; the note keeps where it came from.
    """
    values = {key: _as_local(entry, original) for key, entry in original.values.items()}
    return msgspec.structs.replace(header, source="local", values=values)


def _as_local(entry: PolicyEntry, original: PolicyDocument) -> PolicyEntry:
    origin = f"照抄 {original.jurisdiction}{entry.clause or ''}"
    note = f"{origin}；{entry.note}" if entry.note else origin
    return msgspec.structs.replace(entry, source="local", clause=None, note=note)


def reviewed_documents(folder: Path = FOLDER) -> list[PolicyDocument]:
    """All documents in the repository, upper levels first, so that each finds its parent published."""
    read = [_read_file(path) for path in sorted(folder.glob("*.yaml")) if path.stem not in ("keys", "clauses")]
    parents = {document.jurisdiction: document.parent for document in read}
    return sorted(read, key=lambda document: (_depth(document.jurisdiction, parents), document.jurisdiction))


def reviewed_store(folder: Path = FOLDER) -> PolicyStore:
    """A store with every reviewed document published once; unchecked here, a test checks each."""
    store = PolicyStore()
    for document in reviewed_documents(folder):
        store = store.publish(document)
    return store


def reviewed_keys(folder: Path = FOLDER) -> dict[str, KeySpec]:
    """The catalogue of keys; a type that names a shape takes the shape's fields."""
    plain = read_yaml((folder / "keys.yaml").read_text("utf-8"))
    for spec in plain["keys"].values():
        _take_shape(spec, plain["shapes"])
    return msgspec.convert(plain["keys"], dict[str, KeySpec])


def _take_shape(spec: dict[str, Any], shapes: dict[str, Any]) -> None:
    if spec["type"] in shapes:
        spec.update(type="record", fields=shapes[spec["type"]])
    for part in spec.get("fields", {}).values():
        _take_shape(part, shapes)


def reviewed_clauses(folder: Path = FOLDER) -> Clauses:
    """The clauses of the five texts, and the background instruments that defaults are taken from."""
    return msgspec.convert(read_yaml((folder / "clauses.yaml").read_text("utf-8")), dict[str, dict[str, str]])


def _read_file(path: Path) -> PolicyDocument:
    text = path.read_text("utf-8")
    plain = read_yaml(text)
    if "copies" not in plain:
        return read_document(text)
    original = path.with_name(plain.pop("copies"))
    return copied(msgspec.convert(plain, PolicyDocument), _read_file(original))


def _depth(jurisdiction: str | None, parents: dict[str, str | None]) -> int:
    depth = 0
    while jurisdiction is not None and depth <= len(parents):
        jurisdiction, depth = parents.get(jurisdiction), depth + 1
    return depth
