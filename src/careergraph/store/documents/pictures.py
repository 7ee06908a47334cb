"""The parts of documents that are about pictures."""

import msgspec

from careergraph.store.documents.texts import Text


class _Part(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """Something inside of a document."""


class ImagePart(_Part):
    """A picture: an image document, by its slug, or one elsewhere, by its address, with its own `alt` and `credit`."""

    slug: str | None = None
    url: str | None = None
    alt: Text = {}
    credit: str | None = None


class FilePart(_Part):
    """A file that was uploaded, as the upload described it; its name in the store follows from its SHA-256, in hex."""

    sha256: str
    media_type: str
    width: int
    height: int
    bytes: int


class FocalPointPart(_Part):
    """The point of a picture that stays in view when it is cropped: from 0, left or top, to 1, right or bottom."""

    x: float
    y: float
