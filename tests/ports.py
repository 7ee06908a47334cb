"""A port of this machine for a program that has to be told one."""

import socket
from random import SystemRandom

BELOW_EPHEMERAL = range(20_000, 32_000)
"""Ports that the kernel gives to no connection by itself, so that none takes it before the program listens."""


def free_port() -> int:
    """A port at which nobody listens."""
    for port in SystemRandom().sample(BELOW_EPHEMERAL, 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no port is free")
