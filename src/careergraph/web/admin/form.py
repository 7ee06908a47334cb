"""Form: the fields and files that a form of the admin sent."""

from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile

from careergraph.web.core.codes import Refusal, WebCode

MOST_FIELDS = 20_000
"""The most fields of a form."""


class Form:
    """What a form sent: its fields in order, names may repeat; and the files that were chosen, by field."""

    def __init__(self, body: bytes) -> None:
        """Raises Refusal (BAD_REQUEST)."""
        self.files: dict[str, list[UploadFile]] = {}
        try:
            text = body.decode("ascii")
            self.fields = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        except ValueError:
            raise Refusal(WebCode.BAD_REQUEST, "The form cannot be read.") from None

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next((value for key, value in self.fields if key == name), default)

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.fields if key == name]

    def number(self, name: str) -> int | None:
        """A field as a whole number; None where it is none."""
        text = self.get(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
