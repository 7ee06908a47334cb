"""Decoder: images are decoded in a process of their own, with limits, so that none can harm or hold up a server."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryFile
from typing import IO, Any

WALL_SECONDS = 120
"""The longest time of one image, in seconds."""
_CODEC = Path(__file__).with_name("codec.py")


class BadImage(Exception):
    """An image that cannot be taken. The message is for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as it was encoded: upright, in sRGB, and without metadata."""

    content: bytes
    media_type: str
    width: int
    height: int


def decode(content: bytes | IO[bytes], width: int | None = None) -> Picture:
    """Return an image anew, of a width if that is less than its own. Blocks for seconds if it is large. Raises BadImage
    for what is no PNG, JPEG, WebP or AVIF, animated, damaged, or takes more time or memory than there is for one.

    A file on disk is read by the process of its own alone, from its beginning.
    """
    command = [sys.executable, "-I", str(_CODEC), *([] if width is None else [str(width)])]
    with TemporaryFile() as out:
        try:
            done = subprocess.run(  # noqa: S603
                command, **_source(content), stdout=out, stderr=PIPE, check=False, timeout=WALL_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise BadImage("it takes too long to decode") from None
        out.seek(0)
        line, encoded = out.readline(), out.read()
    if done.returncode != 0 or not line.endswith(b"\n"):
        if b"ModuleNotFoundError" in done.stderr:
            raise RuntimeError("images need Pillow: install careergraph[media]")
        raise BadImage("it takes too much time or memory to decode")
    head = json.loads(line)
    if "refused" in head:
        raise BadImage(head["refused"])
    return Picture(content=encoded, media_type=head["mediaType"], width=head["width"], height=head["height"])


def _source(content: bytes | IO[bytes]) -> dict[str, Any]:
    if isinstance(content, bytes):
        return {"input": content}
    content.seek(0)  # which writes what is still in the buffer
    return {"stdin": content}
