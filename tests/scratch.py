"""Where tests write: into memory, where this machine has enough of it."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest and tempfile make folders of their own in it
ENOUGH = 4 << 30
"""Bytes that have to be free: Node packages and two PostgreSQL servers take less."""


def write_into_memory() -> None:
    """Have the temporary files of this process, and of those that it starts, in memory, unless TMPDIR says where.

    A PostgreSQL database is hundreds of files, which a disk takes five times the CPU to make.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    system = os.statvfs(MEMORY)
    runs_programs = not system.f_flag & os.ST_NOEXEC
    if runs_programs and system.f_bavail * system.f_frsize >= ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # what it had found before
