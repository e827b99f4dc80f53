"""What is asked of a policy document before it is published; every refusal is a code and a Chinese sentence."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from services.chassis.policies import PolicyStore, Standing
from services.chassis.policy_values import PolicyDocument, PolicyEntry, PolicyValue
from services.registry.domain.policy_keys import KeySpec, loosens, valid

Clauses = Mapping[str, Mapping[str, str]]
"""Document file → clause reference → heading."""

LEVELS = frozenset({"nation", "province", "city", "county", "zone", "township", "school"})
LAST_DAY = date.max - timedelta(days=1)
"""A text that names no day is held against what stands last above it."""


class Violation(NamedTuple):
    """Why a document may not be published; `key` is empty when the header is at fault."""

    code: str
    sentence: str
    key: str = ""


def check(document: PolicyDocument, keys: Mapping[str, KeySpec], clauses: Clauses,
          store: PolicyStore) -> list[Violation]:
    """All reasons against publishing the document now; an empty list means that it may be published."""
    found = list(_parents(document, store))
    for key, entry in document.values.items():
        spec = keys.get(key)
        if spec is None:
            found.append(Violation("POLICY_KEY_UNKNOWN", f"政策项“{key}”不在目录中。", key))
            continue
        found.extend(_origin(document, key, spec, entry, clauses))
        shape = list(_shape(key, spec, entry))
        found.extend(shape or _against_upper(document, key, spec, entry, store))
    return found


def clause_known(clauses: Clauses, document: str, reference: str) -> bool:
    """Whether every clause named ("§10, §18", "§17b") stands in the document; the letter marks a demand within one."""
    index = clauses.get(document, {})
    return all(re.sub(r"(?<=[\d)])[a-z]$", "", part.strip()) in index for part in reference.split(","))


def _parents(document: PolicyDocument, store: PolicyStore) -> Iterator[Violation]:
    place, parent = document.jurisdiction, document.parent
    if parent is not None and (place == parent or place in store.lineage(parent)):
        yield Violation("POLICY_CYCLE", f"“{place}”的上级“{parent}”又以它为上级，层级成环。")
    elif parent is not None and not store.knows(parent):
        yield Violation("POLICY_PARENT_UNKNOWN", f"“{place}”的上级“{parent}”没有登记任何政策文件。")


def _shape(key: str, spec: KeySpec, entry: PolicyEntry) -> Iterator[Violation]:
    if entry.v is not None and not valid(spec, entry.v):
        yield Violation("POLICY_VALUE_INVALID", f"“{spec.label}”的取值 {entry.v!r} 不符合类型 {spec.type}。", key)
    if unknown := set(entry.levels) - LEVELS:
        yield Violation("POLICY_VALUE_INVALID", f"“{spec.label}”的适用层级 {sorted(unknown)} 不存在。", key)


def _origin(document: PolicyDocument, key: str, spec: KeySpec, entry: PolicyEntry,
            clauses: Clauses) -> Iterator[Violation]:
    local, clause = (entry.source or document.source) == "local", entry.clause
    if local and clause is not None:
        said = f"“{spec.label}”是本地自定的值，不得附条款 {clause} 充作法律规定。"
        yield Violation("POLICY_LOCAL_AS_LAW", said, key)
    elif clause is not None and not clause_known(clauses, document.document, clause):
        said = f"“{spec.label}”所引 {clause} 不在文件 {document.document} 的条款索引中。"
        yield Violation("POLICY_CLAUSE_UNKNOWN", said, key)
    elif not local and clause is None and entry.v is not None:
        yield Violation("POLICY_CLAUSE_UNKNOWN", f"“{spec.label}”未注明出自哪一条。", key)


def _against_upper(document: PolicyDocument, key: str, spec: KeySpec, entry: PolicyEntry,
                   store: PolicyStore) -> Iterator[Violation]:
    if entry.v is None:
        return
    looser = [value for value in _binding(document, key, entry, store) if loosens(spec, value.v, entry.v)]
    for value in looser:
        said = f"“{spec.label}”：上级 {value.jurisdiction}{value.clause or ''} 规定 {value.v}，本级 {entry.v}"
        if value.modality == "M":
            yield Violation("POLICY_LOOSENED", f"{said}，放宽了上级的强制规定。", key)
        elif value.modality == "P" and not entry.reason:
            yield Violation("POLICY_DEPARTURE_WITHOUT_REASON", f"{said}，偏离“原则上”的规定须说明理由。", key)


def _binding(document: PolicyDocument, key: str, entry: PolicyEntry, store: PolicyStore) -> list[PolicyValue]:
    """Values of the levels above that can bind: background only supplies defaults, it was not checked as law."""
    path = tuple(reversed(store.lineage(document.parent)))
    day = entry.valid_from or document.valid_from or LAST_DAY
    answers = (answer for tier in entry.levels or (None,) for answer in store.explain(key, path, day, tier))
    values = (answer.value for answer in answers if answer.standing is Standing.OWN)
    return list({value.digest: value for value in values if value and value.source != "background"}.values())
