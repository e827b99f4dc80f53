"""A wire between a client and its MongoDB that loses a reply when told to: the write is done, nobody hears of it."""

import socket
from contextlib import suppress
from threading import Event, Thread

LONGEST = 2**20


class LosingWire:
    """Listens on a port of its own; each connection has one to the server behind it. `lost` counts replies."""

    def __init__(self, server_port: int) -> None:
        self._server_port, self._listener = server_port, socket.create_server(("127.0.0.1", 0))
        self._losing: bytes | None = None
        self.lost = 0
        Thread(target=self._accept, daemon=True).start()

    def lose_reply_to(self, command: str) -> None:
        """The next `insert`, `update` … is carried to the server and answered; the answer is lost with the line."""
        self._losing = b"\x02" + command.encode() + b"\x00"

    def url(self, database: str, *options: str) -> str:
        """`directConnection`, because a client must not ask the server for its real address."""
        port = self._listener.getsockname()[1]
        return f"mongodb://127.0.0.1:{port}/{database}?{'&'.join(['directConnection=true', *options])}"

    def close(self) -> None:
        """Nobody new is let in."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server, deaf = socket.create_connection(("127.0.0.1", self._server_port)), Event()
            except OSError:
                client.close()
                continue
            Thread(target=self._forth, args=(client, server, deaf), daemon=True).start()
            Thread(target=self._back, args=(server, client, deaf), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket, deaf: Event) -> None:
        while said := _received(client):
            if self._losing is not None and self._losing in said:
                self._losing = None
                deaf.set()
            server.sendall(said)
        _ended(server)

    def _back(self, server: socket.socket, client: socket.socket, deaf: Event) -> None:
        while said := _received(server):
            if deaf.is_set():
                self.lost += 1
                break
            client.sendall(said)
        _ended(client)


def _ended(end: socket.socket) -> None:
    """Closing alone would not wake a thread that waits for it, nor tell the other side."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(LONGEST)
    except OSError:
        return b""
