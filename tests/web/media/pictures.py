"""Pictures to upload, made by Pillow."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

GPS, ORIENTATION = 0x8825, 0x0112
TURNED = 6
"""The orientation of a picture that is to be turned by 90 degrees to the right."""


def picture(size: tuple[int, int] = (800, 600), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def written(form: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """A picture in a format."""
    out = BytesIO()
    (image or picture()).save(out, form, **options)
    return out.getvalue()


def telling(form: str) -> bytes:
    """A picture that tells where it was taken, and is to be turned."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010E] = "SECRETPLACE"
    return written(form, exif=exif, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def opened(content: bytes) -> Image.Image:
    """A picture, read."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


BLOCK = 1 << 20
"""How many zeros are packed at once."""


def bomb(width: int, height: int) -> bytes:
    """A small PNG that unpacks to so many pixels. Its zeros are packed once and repeated, and their sum is known."""
    (times, rest), packer = divmod((width // 8 + 1) * height, BLOCK), zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(bytes(rest)) + packer.flush()
    lines = b"\x78\xda" + block * times + end + struct.pack(">HH", (times * BLOCK + rest) % 65_521, 1)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def animated(form: str) -> bytes:
    """Two pictures, one after the other."""
    return written(form, save_all=True, append_images=[Image.new("RGB", (800, 600))], duration=100)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
