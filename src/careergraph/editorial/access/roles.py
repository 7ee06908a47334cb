"""The table of roles and verbs, the check of a right, and the page `docs/reference/roles.md`."""

from collections.abc import Mapping
from itertools import accumulate
from operator import or_

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.diff import JOINT, Difference, difference
from careergraph.editorial.content.outcome import Body, Denied
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.documents.documents import AttributeDocument, CareerDocument, Key, LocaleDocument
from careergraph.store.documents.references import locale_of


class Verb(DescribedEnum):
    """Every right there is."""

    VIEW = (
        "view",
        "See documents with their drafts, history and differences, releases, schedules, what a publish would change, "
        "and what is not translated.",
    )
    SAVE_FILTER = "save-filter", "Save filters of lists for oneself, and delete them."
    SAVE_DRAFT = "save-draft", "Write a draft of a document; what is live stays as it is."
    UPLOAD_IMAGE = (
        "upload-image",
        "Upload the file of an image, for drafts to name. A file is in no locale and of no attribute, so this needs a "
        "scope without limits of those.",
    )
    DISCARD_DRAFT = "discard-draft", "Close a draft without publishing it. It stays in the history."
    SUBMIT_FOR_REVIEW = "submit-for-review", "Hand a draft in. Another save takes it back."
    ASSIGN = "assign", "Say who is to review a draft that was handed in."
    COMMENT = "comment", "Comment on a field of a draft; resolve a comment, or open it again."
    SEND_BACK = "send-back", "Take a draft out of review, for a reason, with its approvals."
    APPROVE = "approve", "Approve a draft that others wrote, until it is saved again."
    REVERT = "revert", "Make a draft of an earlier revision, with its relations."
    ADD_TO_RELEASE = (
        "add-to-release",
        "Put drafts into a release, or take them out of one. Once the release is scheduled, this needs `schedule` too.",
    )
    CREATE_PREVIEW = "create-preview", "Give out an address under which drafts or a release can be read for a while."
    PUBLISH = "publish", "Make drafts live, as one version of the catalog."
    UNPUBLISH = "unpublish", "Take a document from what is live. It stays as a draft."
    SCHEDULE = (
        "schedule",
        "Say when something is to be published, or to be published no longer. Also: change what is scheduled.",
    )
    RENAME = "rename", "Give a document another slug. The old one redirects, and references follow."
    REPLACE_REFERENCE = (
        "replace-reference",
        "Let documents refer to another skill, category, source or career, live and in drafts.",
    )
    ARCHIVE = "archive", "Put a document away: neither live nor a draft. A revert or a save brings it back."
    IMPORT = (
        "import",
        "Upload tables, and import them as a release of drafts within one's scope; publishing it needs "
        "`publish-release` too. Whose scope has limits sees only imports of their own.",
    )
    OPEN_RELEASE = "open-release", "Open a release: a named bundle of drafts."
    PUBLISH_RELEASE = "publish-release", "Make all drafts of a release live, as one version of the catalog."
    DISCARD_RELEASE = "discard-release", "Close a release without publishing it. Its drafts stay."
    REVOKE_PREVIEW = (
        "revoke-preview",
        "End a preview at once. Whoever gave it out may always do so; others need a scope without limits.",
    )
    VIEW_PEOPLE = "view-people", "See who signed in as an editor, by name and role."
    ERASE_PERSON = (
        "erase-person",
        "Erase the display name of a person who left. Revisions and the audit log keep the name that identifies them.",
    )
    CREATE_TOKEN = "create-token", "Give a program access, with a role and a scope that are no wider than one's own."
    REVOKE_TOKEN = "revoke-token", "End the access of a token at once."
    VIEW_TOKENS = (
        "view-tokens",
        "See which tokens there are, by name and prefix, and when each was last used. Nobody sees a secret again.",
    )
    VIEW_AUDIT = "view-audit", "Read and export the audit log."
    MANAGE_ENDPOINTS = (
        "manage-endpoints",
        "Say where events are sent, see what was delivered, and deliver again. Events tell of all documents, so this "
        "needs a scope without limits.",
    )


_ADDED: Mapping[Role, str] = {
    Role.VIEWER: "view save-filter",
    Role.AUTHOR: "save-draft upload-image discard-draft submit-for-review revert add-to-release create-preview"
    " view-people assign comment",
    Role.EDITOR: "publish unpublish schedule rename replace-reference archive import"
    " open-release publish-release discard-release revoke-preview send-back approve",
    Role.ADMIN: "create-token revoke-token view-tokens view-audit manage-endpoints erase-person",
}
"""The verbs that each role has beyond those of the role before it."""

_SETS = accumulate((frozenset(map(Verb, verbs.split())) for verbs in _ADDED.values()), or_)
ROLES: Mapping[Role, frozenset[Verb]] = dict(zip(_ADDED, _SETS, strict=True))
"""All verbs of each role."""


_UNLIMITED = (Verb.MANAGE_ENDPOINTS, Verb.REVOKE_PREVIEW)
"""The verbs that reach documents of all types, so that they need a scope without limits."""


def may(actor: Actor, verb: Verb, key: Key | None = None) -> bool:
    """Return whether an actor's role has a verb, and, with a document, whether its type is within the actor's scope."""
    types = actor.scope.types
    if verb in _UNLIMITED and actor.scope.limited:
        return False
    if verb is Verb.UPLOAD_IMAGE and not actor.scope.whole:
        return False
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
    outside = next((it for it in difference(before, after) if not _within(actor, key, it)), None)
    if outside is not None:
        raise Denied(outside.path)


def _within(actor: Actor, key: Key, change: Difference) -> bool:
    scope = actor.scope
    locale = key[1] if key[0] == LocaleDocument.TYPE else locale_of(key[0], change.steps)
    if scope.locales is not None and locale not in scope.locales:
        return False
    return scope.attributes is None or _attribute(key, change) in scope.attributes


_VALUES = ("values", "regionalValues")
"""The fields of a career with figures, whose key is their attribute."""


def _attribute(key: Key, change: Difference) -> str | None:
    if key[0] == AttributeDocument.TYPE:
        return key[1]
    if key[0] == CareerDocument.TYPE and change.steps[0] in _VALUES and len(change.steps) > 1:
        return str(change.steps[1]).partition(JOINT)[0]
    return None


_HEAD = """# Roles and verbs
<!-- Generated by `tests/editorial/verbs/write_roles.py`; edit `editorial/access/roles.py`, not this page. -->

"""
_SCOPES = """
## Scopes

An actor may have a scope besides the role: document types, locales, attributes. \
Within `locales` only texts in these languages (and these languages themselves) may change, within `attributes` only \
careers' values of these attributes (and these attributes themselves). Both limits apply together.

A document outside of the scope is refused exactly as one that does not exist.
"""


def roles_page() -> str:
    """The whole page."""
    roles = [f"- **{role.lower()}**: {role.description}" for role in Role]
    marks = {verb: " | ".join("yes" if verb in verbs else "" for verbs in ROLES.values()) for verb in Verb}
    head = f"| verb | {' | '.join(role.lower() for role in Role)} | what it does |\n|---|{':-:|' * len(Role)}---|"
    table = [f"| `{verb}` | {marks[verb]} | {verb.description} |" for verb in Verb]
    return "\n".join([_HEAD + "\n".join(roles), "", head, *table, _SCOPES])
