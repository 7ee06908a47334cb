"""Context: what every resolver can see of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from careergraph.engine.content import Catalog


@dataclass(frozen=True, slots=True)
class Context:
    """The catalog that the request is answered from, the way to catalogs of the past, and who asks.

    `as_of` gives the catalog that was current at an instant; it raises CodedError BAD_DATE where there was none yet.
    `user` is whoever the host's own authentication signed in, None where nobody is; `request` is the host's request.
    """

    catalog: Catalog
    as_of: Callable[[datetime], Catalog]
    user: object | None = None
    request: object | None = None
