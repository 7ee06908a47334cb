"""Publish a release: all of its drafts become live, as one version of the catalog."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.editing.document_state import live_bodies
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.editing.release_guard import members, require_open
from careergraph.editorial.editing.schedule_guard import call_off
from careergraph.editorial.verbs.documents.publish import open_drafts, publish_drafts
from careergraph.store.access.audit import record
from careergraph.store.catalogs.past import newest
from careergraph.store.editing.releases import finish
from careergraph.store.editing.schedules import Action


def publish_release(session: Session, actor: Actor, release: str, note: str = "") -> Published:
    """Publishes a release. Every one of its documents must be within the actor's scope. Raises Denied, Rejected and
    Conflict, as `publish` does."""
    permit(actor, Verb.PUBLISH_RELEASE)
    require_open(session, release)
    drafts = open_drafts(session, members(session, release))
    live = live_bodies(session, drafts)
    for key, body in drafts.items():
        permit(actor, Verb.PUBLISH_RELEASE, key, live.get(key), body)
    return bring_out(session, actor.name, release, note)


def bring_out(session: Session, author: str, release: str, note: str) -> Published:
    """Publishes a release that nobody needs to be asked about any more."""
    opened = require_open(session, release)
    drafts = open_drafts(session, members(session, release))
    why = note or opened.note or opened.title
    published = publish_drafts(session, author, Verb.PUBLISH_RELEASE, drafts, why)
    info = newest(session)
    finish(session, release, info.version if info else 0)
    call_off(session, release, Action.PUBLISH)
    record(session, author, Verb.PUBLISH_RELEASE, None, {"release": release, "version": published.version})
    return published
