"""C12 约谈和通报: one row per interview or circular: have records been filed with everyone?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.accountability import circular, interview
from contracts.letter import Letter
from services.reporting.views.telling import Happenings, moves, names_of, owned, told_by
from services.reporting.views.view import Cells, Page, View

INTERVIEW, CIRCULAR = "INTERVIEW", "CIRCULAR"


class Reproach(Page, kw_only=True, gc=False):
    """An interview or a circular; the unit sees it from the notice or the issue on.

    `filed` says for each addressee or recipient when it was sent there, `receipts` when it was acknowledged.
    """

    reproach: str
    sort: str
    unit: str = ""
    state: str = ""
    grounds: tuple[str, ...] = ()
    severity: str | None = None
    number: str | None = None
    held_at: datetime | None = None
    signed: bool = False
    refused: bool = False
    filed: dict[str, datetime] = {}
    receipts: dict[str, datetime] = {}
    kinds: dict[str, str] = {}
    complete: bool = False
    suggestions: int = 0
    answered: int = 0


def keys(letter: Letter) -> Iterable[str]:
    """The interview or the circular."""
    event: Any = letter.event
    return (str(getattr(event, "interview_id", None) or event.circular_id),)


def _propose(page: Reproach, event: interview.InterviewProposed, _: Letter) -> None:
    page.unit, page.state, page.severity = str(event.unit_id), "PROPOSED", event.severity.value
    page.grounds = tuple(ground.value for ground in event.ground_codes)


def _notify(page: Reproach, _: interview.InterviewNotified, letter: Letter) -> None:
    page.state, page.unit_path = "NOTIFIED", letter.head.unit_path


def _sign(page: Reproach, event: interview.InterviewRecordSigned, _: Letter) -> None:
    page.state, page.signed, page.refused = "SIGNED", True, event.refusal is not None


def _file(page: Reproach, event: interview.InterviewRecordFiled, _: Letter) -> None:
    addressee = str(event.addressee_body_id)
    page.filed[addressee], page.kinds[addressee] = event.filed_at, event.addressee_kind.value
    if event.receipt_at is not None:
        page.receipts[addressee] = event.receipt_at


def _complete(page: Reproach, _: interview.InterviewFilingCompleted, __: Letter) -> None:
    page.state, page.complete = "FILED", True


def _draft(page: Reproach, event: circular.CircularDrafted, _: Letter) -> None:
    page.unit, page.state = str(event.unit_id), "DRAFT"
    page.grounds = tuple(ground.value for ground in event.ground_codes)


def _issue(page: Reproach, event: circular.CircularIssued, letter: Letter) -> None:
    page.state, page.number, page.unit_path = "ISSUED", event.number, letter.head.unit_path
    page.suggestions = len(event.suggestions)
    page.filed = {str(recipient): letter.head.occurred_at for recipient in event.recipients}
    _judge(page)


def _receive(page: Reproach, event: circular.CircularReceiptRecorded, _: Letter) -> None:
    page.receipts[str(event.recipient_body_id)] = event.receipt_at
    _judge(page)


def _judge(page: Reproach) -> None:
    page.complete = bool(page.filed) and page.filed.keys() <= page.receipts.keys()


def _answer(page: Reproach, _: circular.SuggestionAnswered, __: Letter) -> None:
    page.answered += 1


HAPPENINGS: Happenings = {
    interview.InterviewProposed: _propose,
    interview.InterviewApproved: moves("APPROVED"),
    interview.InterviewNotified: _notify,
    interview.InterviewHeld: moves("HELD", held_at="at"),
    interview.InterviewRecordSigned: _sign,
    interview.InterviewRecordFiled: _file,
    interview.InterviewFilingCompleted: _complete,
    interview.InterviewFollowedUp: moves("FOLLOWED_UP"),
    interview.InterviewCancelled: moves("CANCELLED"),
    circular.CircularDrafted: _draft,
    circular.CircularApproved: moves("APPROVED"),
    circular.CircularIssued: _issue,
    circular.CircularReceiptRecorded: _receive,
    circular.SuggestionAnswered: _answer,
    circular.CircularLifted: moves("LIFTED"),
}


def _reproach(letter: Letter, key: str) -> Reproach:
    sort = INTERVIEW if hasattr(letter.event, "interview_id") else CIRCULAR
    return Reproach(reproach=key, sort=sort, **owned(letter))


def show(page: Reproach, _: datetime) -> Cells:
    """`missing` are the addressees that were sent the record and have not acknowledged it."""
    return {
        "kind": page.sort, "id": page.reproach, "unit": page.unit, "state": page.state, "grounds": page.grounds,
        "severity": page.severity, "number": page.number, "held_at": page.held_at, "signed": page.signed,
        "signature_refused": page.refused, "filed": len(page.filed), "filed_with": sorted(set(page.kinds.values())),
        "receipts": len(page.receipts), "missing": sorted(page.filed.keys() - page.receipts.keys()),
        "complete": page.complete, "suggestions": page.suggestions, "answered": page.answered,
    }


VIEW = View(
    name="C12", title="约谈和通报", fold_version=1, page=Reproach, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _reproach), show=show,
)
