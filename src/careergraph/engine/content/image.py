"""Images: pictures with a file, which is served in some widths, and pictures elsewhere."""

from dataclasses import dataclass

from careergraph.engine.content.locale import Text

WIDTHS = (160, 320, 640, 960, 1280, 1920, 2560)
"""The widths that files are served in, in pixels, beside their own. No others are: each is made once and kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """The file of a picture: its SHA-256 in hex, its media type, and its size in pixels."""

    sha256: str
    media_type: str
    width: int
    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that it is served in, the last its own."""
        return (*[width for width in WIDTHS if width < self.width], self.width)

    def name(self, width: int | None = None) -> str:
        """The name of the file in the least of its widths that is not below `width`, by default in its own."""
        fitting = next((it for it in self.widths if width is not None and it >= width), self.width)
        size = "" if fitting == self.width else f"-{fitting}"
        return f"{self.sha256}{size}.{self.media_type.rpartition('/')[2]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FocalPoint:
    """The point of a picture that stays in view when it is cropped: from 0, left or top, to 1, right or bottom."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture: a document with a file, or, without a slug, one elsewhere by its `url`."""

    alt: Text
    slug: str | None = None
    url: str | None = None
    file: ImageFile | None = None
    credit: str | None = None
    focal_point: FocalPoint | None = None
