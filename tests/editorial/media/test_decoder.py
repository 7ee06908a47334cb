"""The decoder: a process of its own, which is ended before it takes too much."""

from pathlib import Path

import pytest

from careergraph.editorial.media import decoder
from careergraph.editorial.media.decoder import BadImage, decode
from web.media.pictures import opened, picture, written

CODEC = Path(decoder.__file__).with_name("codec.py")


def run_instead(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let another program take the place of the codec, with the codec's limits."""
    file = folder / "program.py"
    file.write_text(f"import sys\nsys.path.insert(0, {str(CODEC.parent)!r})\nimport codec\ncodec._limit()\n{program}\n")
    monkeypatch.setattr(decoder, "_CODEC", file)


@pytest.mark.parametrize(
    "program",
    [
        "bytes(4 * 1024**3)",
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
        "print('no JSON', end='')",
    ],
    ids=["memory", "crash", "time", "nothing"],
)
def test_what_takes_too_much_is_a_bad_image(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    run_instead(monkeypatch, tmp_path, program)
    with pytest.raises(BadImage, match="too much time or memory"):
        decode(b"")


def test_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_instead(monkeypatch, tmp_path, "import time; time.sleep(600)")
    monkeypatch.setattr(decoder, "WALL_SECONDS", 0.5)
    with pytest.raises(BadImage, match="too long"):
        decode(b"")


def test_without_pillow_it_is_no_image_s_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text("import pillow_that_is_not_there")
    monkeypatch.setattr(decoder, "_CODEC", file)
    with pytest.raises(RuntimeError, match="careergraph\\[media\\]"):
        decode(b"")


def test_a_large_image_is_taken_and_the_limits_leave_room_for_it() -> None:
    """Of 40 megapixels, less what is lost by rounding."""
    one = decode(written("JPEG", picture((8_000, 5_000)), quality=30))
    assert (one.width, one.height) == (8_000, 5_000)


def test_a_width_keeps_the_shape_and_never_enlarges() -> None:
    content = written("PNG", picture((900, 300)))
    for width, size in ((300, (300, 100)), (1, (1, 1)), (2_000, (900, 300))):
        smaller = decode(content, width)
        assert (smaller.width, smaller.height) == size == opened(smaller.content).size
