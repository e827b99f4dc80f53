"""Alive, ready, measured: /healthz, /readyz and /metrics on a port of their own, in a thread of their own."""

import json
import logging
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from services.chassis.metrics import Meters
from services.chassis.settings import Settings

Check = Callable[[], bool]
log = logging.getLogger(__name__)


class Health:
    """`checks` name each dependency; one that raises or says False makes the process not ready."""

    def __init__(self, settings: Settings, meters: Meters, checks: Mapping[str, Check]) -> None:
        self._meters, self._checks, self._stage = meters, dict(checks), settings.stage
        self._server = ThreadingHTTPServer((settings.health_host, settings.health_port), _handler_of(self))
        self._server.daemon_threads = True

    @property
    def port(self) -> int:
        """The port it listens on; chosen by the system when the setting is 0."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Answer from now on."""
        log.info("health on port %d", self.port)
        Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self.stop_listening()

    def stop_listening(self) -> None:
        """Give the port back; for one that was never started."""
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body for a path."""
        if path == "/healthz":
            return 200, "text/plain", f"alive on stage {self._stage}\n".encode() if self._stage else b"alive\n"
        if path == "/metrics":
            return 200, "text/plain; version=0.0.4", self._meters.text()
        if path == "/readyz":
            found = {name: _holds(check) for name, check in self._checks.items()}
            return 200 if all(found.values()) else 503, "application/json", json.dumps(found).encode()
        return 404, "text/plain", b"not found\n"


def _holds(check: Check) -> bool:
    try:
        return bool(check())
    except Exception:
        log.warning("a readiness check failed", exc_info=True)
        return False


def _handler_of(health: Health) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = health.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Probes are not worth a line."""

    return Handler
