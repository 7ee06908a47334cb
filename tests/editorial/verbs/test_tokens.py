"""Tokens and previews: no wider than who gives them out, shown once, ended at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.sign_in import access_of, actor_of, preview_of
from careergraph.editorial.content.outcome import Denied, Rejected
from careergraph.editorial.preview.preview import Selection, preview
from careergraph.editorial.verbs.access.create_preview import create_preview
from careergraph.editorial.verbs.access.create_token import create_token
from careergraph.editorial.verbs.access.revoke_preview import revoke_preview
from careergraph.editorial.verbs.access.revoke_token import revoke_token
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.editorial.verbs.releases.add_to_release import add_to_release
from careergraph.editorial.verbs.releases.open_release import open_release
from careergraph.store.access.audit import export
from careergraph.store.documents.rows import read_all
from editorial.verbs.desk import ADMIN, AUTHOR, EDITOR, Desk, codes, scoped

KEY = ("career", "accountant")
OTHER = ("career", "actuary")
NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(days=1)


def actor_of_token(session: Session, secret: str, now: datetime) -> Actor | None:
    """The actor of a secret, as the desk finds it."""
    token = access_of(session, secret, now)
    return None if token is None else actor_of(token.grant)


def test_a_token_acts_with_its_role_and_scope(desk: Desk) -> None:
    scope = Scope.of(types=["career"], attributes=["salary"])
    granted = desk.do(create_token, ADMIN, "wages", Role.EDITOR, scope=scope, expires_at=TOMORROW)
    actor = desk.look(actor_of_token, granted.secret, NOW)
    assert actor == Actor(name="token:wages", role=Role.EDITOR, scope=scope)
    assert desk.look(actor_of_token, granted.secret, TOMORROW) is None
    assert desk.look(actor_of_token, granted.secret[:-1] + "x", NOW) is None


def test_a_revoked_token_acts_no_longer(desk: Desk) -> None:
    granted = desk.do(create_token, ADMIN, "wages", Role.EDITOR)
    desk.do(revoke_token, ADMIN, granted.token.prefix)
    assert desk.look(actor_of_token, granted.secret, NOW) is None
    for prefix, code in ((granted.token.prefix, "CLOSED"), ("0123456789", "UNKNOWN")):
        with pytest.raises(Rejected) as refused:
            desk.do(revoke_token, ADMIN, prefix)
        assert codes(refused) == [code]


def test_nobody_gives_more_than_they_have(desk: Desk) -> None:
    narrow = scoped(Role.ADMIN, types=["skill"])
    with pytest.raises(Denied):
        desk.do(create_token, narrow, "wide", Role.VIEWER, scope=Scope())
    granted = desk.do(create_token, narrow, "own", Role.ADMIN)
    actor = desk.look(actor_of_token, granted.secret, NOW)
    assert actor is not None
    assert actor.scope == narrow.scope


def test_no_secret_is_written_down(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    access = desk.do(create_token, ADMIN, "wages", Role.EDITOR)
    granted_preview = desk.do(create_preview, EDITOR, "boss", Selection(keys=(KEY,)), expires_at=TOMORROW)
    log = str(desk.look(lambda session: list(export(session))))
    assert access.token.prefix in log
    assert not any(granted.secret in log for granted in (access, granted_preview))


@pytest.mark.parametrize("name", ["", "   ", "x" * 200, "a\u0007b", "a\nb", "a\u2028b", "a\u202eb"])
def test_a_token_has_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(Rejected):
        desk.do(create_token, ADMIN, name, Role.VIEWER)


def test_no_token_is_born_expired(desk: Desk) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(create_token, ADMIN, "late", Role.VIEWER, expires_at=NOW - timedelta(days=1))
    assert codes(refused) == ["BAD_TIME"]


def test_a_preview_shows_its_drafts_and_no_others(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(OTHER, title={"en": "Risk counter"})
    granted_preview = desk.do(create_preview, AUTHOR, "boss", Selection(keys=(KEY,)), expires_at=TOMORROW)
    token = desk.look(preview_of, granted_preview.secret, NOW)
    assert token is not None
    selection = Selection.read(token.grant.selection or {})
    catalog = desk.look(preview, selection)
    assert catalog.careers["accountant"].title == {"en": "Bean counter"}
    assert catalog.careers["actuary"].title == desk.live(OTHER)["title"]
    assert desk.look(actor_of_token, granted_preview.secret, NOW) is None


def test_a_preview_of_a_release_shows_whatever_it_holds(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(OTHER, title={"en": "Risk counter"})
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(create_preview, AUTHOR, "boss", Selection(release="may"), expires_at=TOMORROW)
    desk.do(add_to_release, EDITOR, "may", [OTHER])
    catalog = desk.look(preview, Selection(release="may"))
    assert catalog.careers["actuary"].title == {"en": "Risk counter"}
    assert catalog.careers["accountant"].title == desk.live(KEY)["title"]


def test_a_preview_follows_a_rename_and_ends_with_the_draft(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    catalog = desk.look(preview, Selection(keys=(KEY,)))
    assert catalog.careers["bookkeeper"].title == {"en": "Bean counter"}
    desk.do(publish, EDITOR, [("career", "bookkeeper")])
    assert "bookkeeper" in desk.look(preview, Selection(keys=(KEY,))).careers


def test_a_preview_that_makes_no_catalog_says_why(desk: Desk) -> None:
    desk.edit(KEY, category="nowhere")
    with pytest.raises(Rejected) as refused:
        desk.look(preview, Selection(keys=(KEY,)))
    assert codes(refused) == ["UNKNOWN_REFERENCE"]


@pytest.mark.parametrize(
    ("selection", "expires", "code"),
    [
        (Selection(), TOMORROW, "NO_DRAFT"),
        (Selection(keys=(OTHER,)), TOMORROW, "NO_DRAFT"),
        (Selection(keys=(("career", "nobody"),)), TOMORROW, "UNKNOWN"),
        (Selection(release="june"), TOMORROW, "UNKNOWN"),
        (Selection(keys=(KEY,)), NOW - timedelta(days=1), "BAD_TIME"),
        (Selection(keys=(KEY,)), NOW + timedelta(days=100), "BAD_TIME"),
    ],
)
def test_what_there_is_no_preview_of(desk: Desk, selection: Selection, expires: datetime, code: str) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    with pytest.raises(Rejected) as refused:
        desk.do(create_preview, AUTHOR, "boss", selection, expires_at=expires)
    assert codes(refused) == [code]


def test_who_gave_a_preview_out_ends_it_and_editors_end_any(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    other = Actor(name="another author", role=Role.AUTHOR)
    granted_preview = desk.do(create_preview, AUTHOR, "boss", Selection(keys=(KEY,)), expires_at=TOMORROW)
    again = desk.do(create_preview, AUTHOR, "boss", Selection(keys=(KEY,)), expires_at=TOMORROW)
    for prefix in (granted_preview.token.prefix, "0123456789"):
        with pytest.raises(Denied):
            desk.do(revoke_preview, other, prefix)
    desk.do(revoke_preview, AUTHOR, granted_preview.token.prefix)
    desk.do(revoke_preview, EDITOR, again.token.prefix)
    assert desk.look(preview_of, granted_preview.secret, NOW) is None
    with pytest.raises(Rejected) as refused:
        desk.do(revoke_preview, EDITOR, again.token.prefix)
    assert codes(refused) == ["CLOSED"]


def test_a_new_draft_is_nowhere_but_in_its_preview(desk: Desk) -> None:
    body = {**desk.live(KEY), "slug": "beekeeper"}
    desk.do(save_draft, AUTHOR, "career", body, None)
    assert "beekeeper" not in {it.ident for it in desk.look(read_all)}
    assert "beekeeper" in desk.look(preview, Selection(keys=(("career", "beekeeper"),))).careers
