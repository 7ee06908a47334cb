"""Former names: the body of an earlier revision, with the present names of its document and its references."""

from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Body, Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import is_present
from careergraph.store.documents.documents import BY_TYPE, Key, PairDocument
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.references import named_references, rename_references
from careergraph.store.editing.drafts import Revised, names_since, states


def present_body(session: Session, key: Key, former: Revised) -> Body:
    """Return the body of a revision of a document, with present names. Raises Rejected with the references to what is
    no longer there, under whatever name."""
    body = former.body or {}
    places = list(named_references(key[0], body))
    names = names_since(session, {target for _, target in places}, former)
    gone = [target for target, name in names.items() if name is None]
    lost = {target for target, state in states(session, gone).items() if not is_present(state)}
    if lost:
        message = "refers to the {} {}, which is no longer there"
        problems = [(message.format(it[0], quoted(it[1])), steps) for steps, it in places if it in lost]
        raise Rejected(Problem(ProblemCode.UNKNOWN_REFERENCE, text, steps, *key) for text, steps in problems)
    changes = {target: new for target, new in redirects(session).items() if target not in names}
    changes |= {target: name for target, name in names.items() if name is not None}
    fresh: dict[str, Any] = dict(rename_references(key[0], body, changes))
    if key[0] == PairDocument.TYPE:
        fresh["a"], fresh["b"] = sorted((fresh["a"], fresh["b"]))
    else:
        fresh[BY_TYPE[key[0]].IDENT] = key[1]
    return fresh
