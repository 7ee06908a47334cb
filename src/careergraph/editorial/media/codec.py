"""Decode and encode one image: a program of its own (see `decoder`), which imports nothing of careergraph.

It reads the image on its standard input, and writes a line of JSON and then the new image: `{"mediaType", "width",
"height"}`, or just `{"refused": why}`. Its argument is the width to make; without one the image is cleaned as it is.
"""

import json
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS: dict[str, dict[str, Any]] = {
    "PNG": {"compress_level": 6},
    "JPEG": {"quality": 90, "progressive": True, "optimize": True},
    "WEBP": {"quality": 88, "method": 2},
    "AVIF": {"quality": 75, "speed": 9, "max_threads": 1},
}
"""The formats that are read, and how each is written."""
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_383
"""The longest side, in pixels: WebP has no longer one."""
MAX_MEMORY = 3 * 1024**3
"""The most address space, in bytes: a picture of 40 megapixels takes a third of it."""
MAX_CPU_SECONDS = 60


class Refused(Exception):
    """The image cannot be taken. The message is for people."""


def main() -> None:
    """Convert the image of standard input."""
    _limit()
    try:
        head, content = convert(sys.stdin.buffer.read(), int(sys.argv[1]) if len(sys.argv) > 1 else None)
    except Refused as refused:
        head, content = {"refused": str(refused)}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)


def convert(content: bytes, width: int | None) -> tuple[dict[str, Any], bytes]:
    """Return an image anew, in its format, upright, in sRGB and without metadata; of a width, if that is less than its
    own. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error")
    try:
        with Image.open(BytesIO(content), formats=tuple(FORMATS)) as image:
            name = "JPEG" if image.format == "MPO" else str(image.format)  # a phone's JPEG with a second picture in it
            _check(image)
            picture = _plain(image)
    except Refused:
        raise
    except UnidentifiedImageError:
        raise Refused("it is no PNG, JPEG, WebP or AVIF") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except MemoryError:
        raise Refused("it takes too much memory") from None
    except Exception:  # Pillow raises nearly anything for a broken file
        raise Refused("it is damaged or cut off") from None
    if width is not None and width < picture.width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, name, **FORMATS[name])
    return {"mediaType": f"image/{name.lower()}", "width": picture.width, "height": picture.height}, out.getvalue()


def _check(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(image.size) > MAX_SIDE:
        raise Refused(f"a side is longer than {MAX_SIDE} pixels")
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise Refused("it is animated: upload a single picture")


def _too_many_pixels() -> Refused:
    return Refused(f"it has more than {MAX_PIXELS // 1_000_000} megapixels")


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels alone, upright and in sRGB: grey, colours, or colours with transparency."""
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    transparent = upright.has_transparency_data
    if profile and upright.mode in ("L", "RGB", "RGBA", "CMYK"):
        with suppress(ImageCms.PyCMSError, OSError):  # a profile that cannot be read is as good as none
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = "RGBA" if upright.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(upright, source, ImageCms.createProfile("sRGB"), outputMode=target)
            upright = upright if converted is None else converted
    if upright.mode.startswith("I"):  # sixteen bits of grey
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if transparent else "L" if upright.mode in ("1", "L") else "RGB"
    plain = Image.new(mode, upright.size)
    plain.paste(upright.convert(mode))  # a new image has no metadata
    return plain


def _limit() -> None:
    """Let the system end this process before it takes too much."""
    try:
        resource: Any = import_module("resource")
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))


if __name__ == "__main__":
    main()
