"""Ports for private servers, below those that the system hands out to whoever calls somebody."""

import secrets
import socket

LOWEST, HIGHEST = 20_000, 32_000


def quiet_port() -> int:
    """A free port. One of the system's own could be taken by any caller between our asking and the server's start;
    and while a node is away, a client that knocks there could be answered by itself, and the node never come back."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def quiet_ports(count: int) -> tuple[int, ...]:
    """So many, no two the same."""
    found: dict[int, None] = {}
    while len(found) < count:
        found[quiet_port()] = None
    return tuple(found)
