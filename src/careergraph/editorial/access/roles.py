"""Roles: the one table of who may call which verb, and the one place where a right is asked for."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import accumulate
from operator import or_

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.diff import JOINT, Difference, difference
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.localized_fields import locale_of
from careergraph.editorial.content.outcome import Body, Denied
from careergraph.store.documents.documents import AttributeDocument, CareerDocument, LocaleDocument


class Verb(StrEnum):
    """Every right there is. The docstring under a verb is its documentation."""

    VIEW = "view"
    """See documents with their drafts, history and differences, releases, schedules, what a publish would change, and
    what is not translated."""
    SAVE_DRAFT = "save-draft"
    """Write a draft of a document; what is live stays as it is."""
    DISCARD_DRAFT = "discard-draft"
    """Close a draft without publishing it. It stays in the history."""
    SUBMIT_FOR_REVIEW = "submit-for-review"
    """Hand a draft in. Another save takes it back."""
    REVERT = "revert"
    """Make a draft of an earlier revision, with its relations."""
    ADD_TO_RELEASE = "add-to-release"
    """Put drafts into a release, or take them out of one. Once the release is scheduled, this needs `schedule` too."""
    CREATE_PREVIEW = "create-preview"
    """Give out an address under which drafts or a release can be read for a while."""
    PUBLISH = "publish"
    """Make drafts live, as one version of the catalog."""
    UNPUBLISH = "unpublish"
    """Take a document from what is live. It stays as a draft."""
    SCHEDULE = "schedule"
    """Say when something is to be published, or to be published no longer. Also: change what is scheduled."""
    RENAME = "rename"
    """Give a document another slug. The old one redirects, and references follow."""
    ARCHIVE = "archive"
    """Put a document away: neither live nor a draft. A revert or a save brings it back."""
    OPEN_RELEASE = "open-release"
    """Open a release: a named bundle of drafts."""
    PUBLISH_RELEASE = "publish-release"
    """Make all drafts of a release live, as one version of the catalog."""
    DISCARD_RELEASE = "discard-release"
    """Close a release without publishing it. Its drafts stay."""
    REVOKE_PREVIEW = "revoke-preview"
    """End a preview at once. Whoever gave it out may always do so."""
    CREATE_TOKEN = "create-token"  # noqa: S105 - the name of a right
    """Give a program access, with a role and a scope that are no wider than one's own."""
    REVOKE_TOKEN = "revoke-token"  # noqa: S105 - the name of a right
    """End the access of a token at once."""
    VIEW_TOKENS = "view-tokens"
    """See which tokens there are, by name and prefix, and when each was last used. Nobody sees a secret again."""
    VIEW_AUDIT = "view-audit"
    """Read and export the audit log."""
    MANAGE_ENDPOINTS = "manage-endpoints"
    """Say where events are sent, see what was delivered, and deliver again."""


_ADDED: Mapping[Role, frozenset[Verb]] = {
    Role.VIEWER: frozenset({Verb.VIEW}),
    Role.AUTHOR: frozenset(
        {
            Verb.SAVE_DRAFT,
            Verb.DISCARD_DRAFT,
            Verb.SUBMIT_FOR_REVIEW,
            Verb.REVERT,
            Verb.ADD_TO_RELEASE,
            Verb.CREATE_PREVIEW,
        }
    ),
    Role.EDITOR: frozenset(
        {
            Verb.PUBLISH,
            Verb.UNPUBLISH,
            Verb.SCHEDULE,
            Verb.RENAME,
            Verb.ARCHIVE,
            Verb.OPEN_RELEASE,
            Verb.PUBLISH_RELEASE,
            Verb.DISCARD_RELEASE,
            Verb.REVOKE_PREVIEW,
        }
    ),
    Role.ADMIN: frozenset(
        {Verb.CREATE_TOKEN, Verb.REVOKE_TOKEN, Verb.VIEW_TOKENS, Verb.VIEW_AUDIT, Verb.MANAGE_ENDPOINTS}
    ),
}

ROLES: Mapping[Role, frozenset[Verb]] = dict(zip(_ADDED, accumulate(_ADDED.values(), or_), strict=True))
"""What each role may do: all that the one before it may, and more."""


def may(actor: Actor, verb: Verb, key: Key | None = None) -> bool:
    """Whether an actor's role has a verb, and, with a document, whether its type is within the actor's scope."""
    types = actor.scope.types
    return verb in ROLES[actor.role] and (key is None or types is None or key[0] in types)


def permit(
    actor: Actor, verb: Verb, key: Key | None = None, before: Body | None = None, after: Body | None = None
) -> None:
    """Refuses a verb that the actor may not use. Raises Denied, with one message whether the document exists or not.

    Given two states of the document, every difference between them must be within the actor's scope; a document that
    comes or goes is a difference as a whole.
    """
    if not may(actor, verb, key):
        raise Denied
    if key is None or actor.scope.whole:
        return
    if not all(_within(actor, key, change) for change in difference(before, after)):
        raise Denied


def _within(actor: Actor, key: Key, change: Difference) -> bool:
    scope = actor.scope
    if scope.locales is not None and _locale(key, change) not in scope.locales:
        return False
    return scope.attributes is None or _attribute(key, change) in scope.attributes


def _locale(key: Key, change: Difference) -> str | None:
    return key[1] if key[0] == LocaleDocument.TYPE else locale_of(key[0], change.steps)


_VALUES = ("values", "regionalValues")
"""The fields of a career whose items are figures, known by their attributes in the first place."""


def _attribute(key: Key, change: Difference) -> str | None:
    if key[0] == AttributeDocument.TYPE:
        return key[1]
    if key[0] == CareerDocument.TYPE and change.steps[0] in _VALUES and len(change.steps) > 1:
        return str(change.steps[1]).partition(JOINT)[0]
    return None
