"""The desk behind a service's doors: commands and questions as text, answers as data."""

import logging
from time import perf_counter

import msgspec
from eventsourcing.persistence import PersistenceError

from contracts.correspondence import listeners_of
from contracts.submission import Submission
from contracts.wire import WireError, commands
from services.chassis.announcing import announcements
from services.chassis.application import ServiceApplication
from services.chassis.life_cycle import Refused
from services.chassis.metrics import DeskMeters
from services.chassis.replies import PAGE, Reply, letters_reply, receipt_reply, refusal_reply, trouble_reply

log = logging.getLogger(__name__)
_SUBMISSION = msgspec.json.Decoder(Submission)


class Desk:
    """One application, whatever the transport; it shares its log with the other processes of its service."""

    def __init__(self, app: ServiceApplication, meters: DeskMeters, listeners: tuple[str, ...] = ()) -> None:
        self.app, self._meters = app, meters
        self._listeners = frozenset(listeners or listeners_of(app.name))

    def execute(self, text: str) -> Reply:
        """Obey a submission given as JSON: `receipt`, `refused` {code, sentence}, or `trouble`."""
        started, name = perf_counter(), "unknown"
        try:
            submission = _SUBMISSION.decode(text)
            name = submission.name if submission.name in commands() else name
            self.app.reference.follow()
            reply = receipt_reply(self.app.execute(submission))
        except (Refused, WireError) as refused:
            reply = refusal_reply(refused.code, refused.sentence)
        except msgspec.DecodeError as error:
            reply = refusal_reply("SUBMISSION_INVALID", f"提交的内容不合要求：{error}")
        except Exception as error:
            reply = self._trouble(error)
        self._meters.answered(name, next(iter(reply)), perf_counter() - started)
        return reply

    def announcements(self, after: int, limit: int, listener: str) -> Reply:
        """At most PAGE letters after a position, for a declared listener."""
        if listener not in self._listeners:
            return refusal_reply("NOT_A_LISTENER", f"“{listener}”不是本服务的收件方")
        try:
            return letters_reply(announcements(self.app.recorder, self.app.name, after, max(1, min(limit, PAGE))))
        except Exception as error:
            return self._trouble(error)

    def _trouble(self, error: Exception) -> Reply:
        """The caller learns that it may try again; what went wrong stays in this service's own journal."""
        log.error("a door failed", exc_info=error)
        storing = isinstance(error, PersistenceError)
        return trouble_reply("日志暂不可用，请稍后再试" if storing else "服务内部错误，已记录")
