"""Recomputes a draw from its exported records alone; needs nothing but Python: python verify_draw.py RECORDS."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def ranking(seed: str, label: str, members: list[str], weights: dict[str, int]) -> list[str]:
    urn, order, counter = sorted(members), list[str](), 0
    while urn:
        counter += 1
        ticket = int(hashlib.sha256(f"{seed}/{label}/{counter}".encode()).hexdigest(), 16)
        total = sum(weights.get(one, 1) for one in urn)
        if ticket < 2**256 // total * total:
            hit, place = 0, ticket % total
            while place >= weights.get(urn[hit], 1):
                hit, place = hit + 1, place - weights.get(urn[hit], 1)
            order.append(urn.pop(hit))
    return order


def rankings(prepared: Any, seed: str, pool: str, word: str) -> Any:
    out = {gone["id"] for gone in prepared["exclusions"] if gone["pool"] == pool}
    whole = {"name": "", "members": prepared[word + "Pool"], "count": prepared[word + "Count"]}
    for stratum in [one for one in prepared["strata"] if one["pool"] == pool] or [whole]:
        left = [one for one in stratum["members"] if one not in out]
        yield ranking(seed, f"{pool}/{stratum['name']}", left, prepared["weights"]), stratum["count"]


def faults(content: str) -> Any:
    lines = content.split("\n")
    told = [(json.loads(a)["type"].split(".")[1], json.loads(b)) for a, b in zip(lines[::2], lines[1::2])]  # noqa: B905
    (_, prepared), (_, committed), (_, executed) = told[:3]
    names = [name for name, _ in told]
    yield names[:3] != ["DrawPrepared", "DrawCommitted", "DrawExecuted"] or "DrawExecuted" in names[3:], "顺序不对"
    algorithm, commitment, parts = committed["algorithmVersion"], committed["commitment"], executed["contributions"]
    yield digest({"algorithm": algorithm, **prepared}) != commitment, "名录或规则与承诺值不符"
    yield digest({"commitment": commitment, "contributions": parts}) != executed["seed"] or not parts, "种子与份额不符"
    places = list[Any]()
    for pool, word in (("UNITS", "unit"), ("INSPECTORS", "inspector")):
        ranked = list(rankings(prepared, executed["seed"], pool, word))
        yield executed[word + "s"] != [one for order, count in ranked for one in order[:count]], "结果与种子不符"
        places += [[order, count] for order, count in ranked]
    for event in [event for name, event in told if name == "DrawSubstituted"]:
        stratum = next(one for one in places if event["removedId"] in one[0])
        wrong = stratum[0].index(event["newId"]) != stratum[1] or event["index"] != stratum[1] + 1
        stratum[1] += 1
        yield wrong, "替补不是同一种子的下一序号"


if __name__ == "__main__":
    found = [sentence for wrong, sentence in faults(Path(sys.argv[1]).read_bytes().decode()) if wrong]
    sys.exit("、".join(found) if found else print("相符：承诺值、种子、结果和替补均可重算"))
