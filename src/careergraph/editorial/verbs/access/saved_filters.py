"""Save and delete one's own filters. They are nobody else's concern, so the audit log does not tell of them."""

import re

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.access.saved_filters import SavedFilter, count_filters, put_filter
from careergraph.store.access.saved_filters import delete_filter as remove_filter
from careergraph.store.database.readable import require_readable

MOST, LONGEST_NAME, LARGEST = 100, 100, 4000
"""The most filters of a person, the longest name in characters, and the largest filter in bytes of JSON."""
_SCREEN = re.compile(r"[a-z][a-zA-Z0-9-]{0,49}")


def save_filter(session: Session, actor: Actor, screen: str, name: str, content: object) -> SavedFilter:
    """Save a filter of one's own, in the place of one of the same screen and name. Raises Denied and Rejected, and
    UnreadableText for a control character."""
    permit(actor, Verb.SAVE_FILTER)
    if not _SCREEN.fullmatch(screen):
        message = "a screen is named by a letter, and up to 49 more letters, digits and hyphens, such as `documents`"
        raise rejection(ProblemCode.BAD_IDENT, message, steps=("screen",))
    if not name.strip():
        raise rejection(ProblemCode.EMPTY, "the filter needs a name", steps=("name",))
    if len(name) > LONGEST_NAME:
        raise rejection(ProblemCode.TOO_LONG, f"a name has at most {LONGEST_NAME} characters", steps=("name",))
    require_readable("name", name)
    require_readable("filter", content)
    if not isinstance(content, dict):
        raise rejection(ProblemCode.BAD_SHAPE, "a filter is a JSON object", steps=("filter",))
    if len(msgspec.json.encode(content)) > LARGEST:
        raise rejection(ProblemCode.TOO_LONG, f"a filter has at most {LARGEST} bytes of JSON", steps=("filter",))
    saved = put_filter(session, actor.name, screen, name, content)
    if count_filters(session, actor.name) > MOST:
        raise rejection(ProblemCode.TOO_MANY, f"a person has at most {MOST} filters: delete one first")
    return saved


def delete_filter(session: Session, actor: Actor, screen: str, name: str) -> SavedFilter:
    """Delete a filter of one's own. Raises Denied, and Rejected for an unknown one."""
    permit(actor, Verb.SAVE_FILTER)
    deleted = remove_filter(session, actor.name, screen, name)
    if deleted is None:
        raise rejection(ProblemCode.UNKNOWN, f"you have no filter {quoted(name)} of the screen {quoted(screen)}")
    return deleted
