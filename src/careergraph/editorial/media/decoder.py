"""Decoder: images are decoded in a process of their own, with limits, so that none can harm or hold up a server."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def decode(content: bytes, width: int | None = None) -> Picture:
    """Return an image anew, of a width if that is less than its own. Blocks for seconds if it is large. Raises BadImage
    for what is no PNG, JPEG, WebP or AVIF, animated, damaged, or takes more time or memory than there is for one."""
    command = [sys.executable, "-I", str(_CODEC), *([] if width is None else [str(width)])]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=WALL_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise BadImage("it takes too long to decode") from None
    if done.returncode != 0 or b"\n" not in done.stdout:
        if b"ModuleNotFoundError" in done.stderr:
            raise RuntimeError("images need Pillow: install careergraph[media]")
        raise BadImage("it takes too much time or memory to decode")
    line, _, encoded = done.stdout.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise BadImage(head["refused"])
    return Picture(content=encoded, media_type=head["mediaType"], width=head["width"], height=head["height"])
