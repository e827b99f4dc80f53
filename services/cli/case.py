"""`dudao case`: one unit in one activity, from the first finding to the last look-back."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

import msgspec
import typer

from services.audit.casebook import Changed, State, Subject, sentence, visible
from services.chassis.casebook import Filed, each
from services.chassis.clock import system_clock
from services.chassis.pages import Scope
from services.cli.deployment import HERE, Folder, Reading, read
from services.cli.exit_codes import CHECK_FAILED
from services.cli.moments import At, HappenedBy, moment
from services.cli.speaking import Json, Wrong, answering, tell
from services.cli.tables import table

States = Mapping[Subject, State]
app = typer.Typer(no_args_is_help=True, help="看一份案卷。")

Case = Annotated[str, typer.Argument(help="案卷编号，或案卷里的单位、问题等的名称或编号", show_default=False)]
FieldName = Annotated[str, typer.Argument(help="字段，如 dueAt", show_default=False)]
Earlier = Annotated[str, typer.Argument(help="较早的时刻或案卷总号", show_default=False)]
Later = Annotated[str | None, typer.Argument(help="较晚的时刻或案卷总号；默认现在", show_default=False)]
Of = Annotated[str | None, typer.Option("--of", help="哪一个问题或事项；默认最后涉及的")]
Place = Annotated[str | None, typer.Option("--scope", help="以哪个行政区的眼光看；默认全部")]


@app.command()
def show(
    case: Case, at: At = None, happened: HappenedBy = None, place: Place = None,
    data: Folder = HERE, as_json: Json = False,
) -> None:
    """逐条列出案卷。例：dudao case show i1"""
    with answering(), read(data) as reading:
        filed = reading.library.audit.case(the_case(reading, case), moment(at, happened))
        if place is not None:
            filed = visible(filed, Scope(paths=(reading.library.reference.path_of(place),)), system_clock())
        tell([_letter(one) for one in filed], as_json=as_json, lines=_told)


@app.command("at")
def state(
    case: Case, at: At = None, happened: HappenedBy = None, data: Folder = HERE, as_json: Json = False
) -> None:
    """案卷在某一时刻的状态。例：dudao case at i1 --at 2026-04-01T00:00:00+08:00"""
    with answering(), read(data) as reading:
        states = reading.library.audit.replay(the_case(reading, case), moment(at, happened))
        tell(_fields(reading, states), as_json=as_json, lines=table)


@app.command()
def diff(case: Case, earlier: Earlier, later: Later = None, data: Folder = HERE, as_json: Json = False) -> None:
    """两个时刻之间变了什么；有变化时退出码为 1。例：dudao case diff i1 12 20"""
    with answering(), read(data) as reading:
        found = reading.library.audit.diff(the_case(reading, case), moment(earlier), moment(later))
        tell([_change(reading, one) for one in found], as_json=as_json, lines=table)
    raise typer.Exit(CHECK_FAILED if found else 0)


@app.command()
def why(
    case: Case, field: FieldName, of: Of = None, at: At = None, data: Folder = HERE, as_json: Json = False
) -> None:
    """一个值从何而来。例：dudao case why i1 dueAt"""
    with answering(), read(data) as reading:
        audit, case_id = reading.library.audit, the_case(reading, case)
        subject = _subject(reading, audit.replay(case_id, moment(at)), of or case)
        filed = audit.why(case_id, field, subject, moment(at))
        if filed is None:
            raise Wrong("NOT_FOUND", f"案卷里没有字段“{field}”的值")
        tell([_letter(filed)], as_json=as_json, lines=_told)


def the_case(reading: Reading, word: str) -> UUID:
    """The case of this id, or the only one that mentions it; raises Wrong CASE_UNKNOWN, CASE_AMBIGUOUS."""
    known, casebook = reading.names.known(word), reading.library.audit.casebook
    if known is None:
        raise Wrong("CASE_UNKNOWN", f"没有名为“{word}”的案卷")
    if casebook.of_case(known):
        return known
    mark = str(known).encode()
    mentioned = (one.letter.head for one in each(casebook) if mark in one.letter.record)
    cases = {case: None for head in mentioned for case in head.case_ids}
    if not cases:
        raise Wrong("CASE_UNKNOWN", f"没有案卷提到“{word}”")
    if len(cases) > 1:
        raise Wrong("CASE_AMBIGUOUS", f"“{word}”见于 {len(cases)} 份案卷，请指明其一：{'、'.join(map(str, cases))}")
    return next(iter(cases))


def _subject(reading: Reading, states: States, word: str) -> Subject | None:
    """The stream or entity of that name, None when it is none of the case."""
    known = str(reading.names.known(word))
    return next((one for one in states if known in (one.entity, str(one.stream))), None)


def _letter(filed: Filed) -> dict[str, Any]:
    head = filed.letter.head
    return {
        "number": filed.number, "event": filed.letter.name, "occurredAt": head.occurred_at,
        "recordedAt": head.recorded_at, "sentence": sentence(filed.letter), "policyRefs": head.policy_refs,
    }


def _told(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"#{row['number']} {row['sentence']}"
        for ref in row["policyRefs"]:
            if isinstance(ref.found_at, str):
                yield f"    依据：{ref.key}（{ref.found_at}{ref.clause or ''}，第{ref.version}版）"


def _fields(reading: Reading, states: States) -> list[dict[str, Any]]:
    return [
        {"对象": _name(reading, subject), "字段": field, "值": _word(reading, said.value), "总号": said.number}
        for subject, state in states.items() for field, said in state.fields.items()
    ]


def _change(reading: Reading, changed: Changed) -> dict[str, Any]:
    return {
        "对象": _name(reading, changed.subject), "字段": changed.field, "原为": _word(reading, changed.old),
        "现为": _word(reading, changed.new), "总号": changed.said.number, "事件": changed.said.event,
        "理由": changed.said.why,
    }


def _name(reading: Reading, subject: Subject) -> str:
    return reading.names.short_of(subject.entity or str(subject.stream))


def _word(reading: Reading, value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return reading.names.short_of(text)
