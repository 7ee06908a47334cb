"""Tokens and previews: no wider than who gives them out, shown once, ended at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.editing_database import actor_of
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.preview.preview import newer_than, preview
from careergraph.editorial.preview.selection import PreviewMode, Selection, selection_of
from careergraph.editorial.verbs.access.tokens import create_preview, create_token, revoke_preview, revoke_token
from careergraph.editorial.verbs.documents.drafts import discard_draft, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.store.access.audit import export
from careergraph.store.access.tokens import Kind, find
from careergraph.store.database.database import transaction
from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows import read_all
from careergraph.store.tables.editing import TokenRow
from editorial.verbs.desk import ADMIN, AUTHOR, EDITOR, Desk, codes, scoped

KEY = ("career", "accountant")
OTHER = ("career", "actuary")
NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(days=1)


def actor_of_token(session: Session, secret: str, now: datetime) -> Actor | None:
    """The actor of a secret, as the desk finds it."""
    token = find(session, secret, now, Kind.ACCESS)
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
    granted_preview = desk.do(create_preview, EDITOR, "boss", [KEY], expires_at=TOMORROW)
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
    granted_preview = desk.do(create_preview, AUTHOR, "boss", [KEY], expires_at=TOMORROW)
    catalog, _ = desk.look(preview, selected(desk, granted_preview.secret))
    assert catalog.careers["accountant"].title == {"en": "Bean counter"}
    assert catalog.careers["actuary"].title == desk.live(OTHER)["title"]
    assert desk.look(actor_of_token, granted_preview.secret, NOW) is None


def test_a_preview_of_a_release_shows_whatever_it_holds(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(OTHER, title={"en": "Risk counter"})
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(create_preview, AUTHOR, "boss", [], release="may", state=desk.look(state_of, "may"), expires_at=TOMORROW)
    desk.do(add_to_release, EDITOR, "may", [OTHER])
    catalog, _ = desk.look(preview, Selection(release="may"))
    assert catalog.careers["actuary"].title == {"en": "Risk counter"}
    assert catalog.careers["accountant"].title == desk.live(KEY)["title"]


def titles(desk: Desk, secret: str) -> dict[str, str]:
    """The titles of the careers in a preview, by slug."""
    careers = desk.look(preview, selected(desk, secret))[0].careers
    return {slug: career.title["en"] for slug, career in careers.items()}


def selected(desk: Desk, secret: str) -> Selection:
    """The selection of a preview by its secret."""
    token = desk.look(find, secret, NOW, Kind.PREVIEW)
    assert token is not None
    return desk.look(selection_of, token)


def forget_ids(desk: Desk) -> None:
    """Stores the selections of previews as earlier versions did: with names alone."""
    with transaction(desk.engine) as session:
        for row in session.scalars(select(TokenRow)):
            assert row.selection is not None
            row.selection = {name: row.selection[name] for name in row.selection if name != "documents"}


def save_new(desk: Desk, slug: str, title: str) -> Key:
    """Saves a draft of a new career."""
    desk.do(save_draft, AUTHOR, "career", {**desk.live(KEY), "slug": slug, "title": {"en": title}}, None)
    return "career", slug


def test_a_preview_follows_a_rename_and_ends_with_the_draft(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    secret = desk.do(create_preview, AUTHOR, "boss", [KEY], expires_at=TOMORROW).secret
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    assert titles(desk, secret)["bookkeeper"] == "Bean counter"
    desk.do(publish, EDITOR, [("career", "bookkeeper")])
    assert "bookkeeper" in titles(desk, secret)


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("live", [False, True])
def test_a_preview_is_of_its_document_and_of_no_other_under_the_old_slug(
    both_desk: Desk, live: bool, earlier: bool
) -> None:
    """Nor does one that was given out before previews kept more than names."""
    desk, renamed = both_desk, ("career", "w2")
    key = save_new(desk, "w1", "Mine")
    if live:
        desk.do(publish, EDITOR, [key])
        desk.edit(key, title={"en": "Mine, drafted"})
    drafted = "Mine, drafted" if live else "Mine"
    secret = desk.do(create_preview, AUTHOR, "boss", [key], expires_at=TOMORROW).secret
    if earlier:
        forget_ids(desk)
    assert titles(desk, secret)["w1"] == drafted
    desk.do(rename, EDITOR, key, "w2")
    views = [titles(desk, secret)]
    save_new(desk, "w1", "A stranger's")
    views.append(titles(desk, secret))
    assert [(it.get("w1"), it["w2"]) for it in views] == [(None, drafted)] * 2
    assert selected(desk, secret).keys == (renamed,)
    desk.edit(renamed, title={"en": "Mine, again"})
    desk.do(publish, EDITOR, [key])
    desk.edit(key, title={"en": "A stranger's, drafted"})
    after = titles(desk, secret)
    assert (after["w1"], after["w2"]) == ("A stranger's", "Mine, again")


@pytest.mark.parametrize("mode", list(PreviewMode))
def test_a_preview_of_a_discarded_document_shows_and_names_no_other_one(both_desk: Desk, mode: PreviewMode) -> None:
    desk = both_desk
    key = save_new(desk, "w1", "Mine")
    secret = desk.do(create_preview, AUTHOR, "boss", [key], mode=mode, expires_at=TOMORROW).secret
    desk.do(discard_draft, EDITOR, key)
    save_new(desk, "w1", "A stranger's")
    assert titles(desk, secret).get("w1") == ("Mine" if mode is PreviewMode.PINNED else None)
    assert desk.look(newer_than, selected(desk, secret)) == ()


@pytest.mark.parametrize(
    ("keys", "release", "expires", "code"),
    [
        ([], None, TOMORROW, "NO_DRAFT"),
        ([OTHER], None, TOMORROW, "NO_DRAFT"),
        ([("career", "nobody")], None, TOMORROW, "UNKNOWN"),
        ([], "june", TOMORROW, "UNKNOWN"),
        ([], "may", TOMORROW, "CHANGED"),
        ([KEY], None, NOW - timedelta(days=1), "BAD_TIME"),
        ([KEY], None, NOW + timedelta(days=100), "BAD_TIME"),
    ],
)
def test_what_there_is_no_preview_of(
    desk: Desk, keys: list[Key], release: str | None, expires: datetime, code: str
) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(open_release, EDITOR, "may", "May")
    with pytest.raises(Rejected) as refused:
        desk.do(create_preview, AUTHOR, "boss", keys, release=release, expires_at=expires)
    assert codes(refused) == [code]


def test_a_preview_is_of_what_its_giver_saw(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    seen = desk.bases(KEY)
    desk.edit(KEY, title={"en": "Other"})
    with pytest.raises(Conflict) as conflict:
        desk.do(create_preview, AUTHOR, "boss", seen, expires_at=TOMORROW)
    assert [it.path for it in conflict.value.difference] == ["title.en"]


def title_and_newer(desk: Desk, secret: str) -> tuple[str, list[Key]]:
    """The title of the document in a preview, by any name that it has now, and the documents with newer drafts."""
    selection = selected(desk, secret)
    careers, newer = desk.look(preview, selection)[0].careers, desk.look(newer_than, selection)
    return (careers.get("bookkeeper") or careers["accountant"]).title["en"], list(newer)


@pytest.mark.parametrize("of_release", [False, True])
def test_a_pinned_preview_stays_and_says_that_there_is_something_newer(desk: Desk, of_release: bool) -> None:
    """Through saves, a publish and a rename; one that follows does not."""
    desk.edit(KEY, title={"en": "One"})
    of: dict[str, object] = {"expires_at": TOMORROW}
    if of_release:
        desk.do(open_release, EDITOR, "may", "May")
        desk.do(add_to_release, EDITOR, "may", [KEY])
        of |= {"release": "may", "state": desk.look(state_of, "may")}
    keys = [] if of_release else [KEY]
    pinned, following = (
        desk.do(create_preview, AUTHOR, "boss", keys, mode=mode, **of).secret
        for mode in (PreviewMode.PINNED, PreviewMode.FOLLOWING)
    )
    assert title_and_newer(desk, pinned) == title_and_newer(desk, following) == ("One", [])
    desk.edit(KEY, title={"en": "Two"})
    assert title_and_newer(desk, pinned) == ("One", [KEY])
    assert title_and_newer(desk, following) == ("One" if of_release else "Two", [])
    desk.do(publish, EDITOR, [KEY])
    assert title_and_newer(desk, pinned) == ("One", [KEY])
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    assert title_and_newer(desk, pinned) == ("One", [("career", "bookkeeper")])
    assert title_and_newer(desk, following) == ("Two", [])


def test_what_comes_into_a_release_later_is_newer_than_its_pinned_preview(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "One"})
    desk.edit(OTHER, title={"en": "Other"})
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [KEY])
    state = desk.look(state_of, "may")
    secret = desk.do(
        create_preview, AUTHOR, "boss", [], release="may", state=state, mode=PreviewMode.PINNED, expires_at=TOMORROW
    ).secret
    desk.do(add_to_release, EDITOR, "may", [OTHER])
    assert title_and_newer(desk, secret) == ("One", [OTHER])


def test_who_gave_a_preview_out_ends_it_and_editors_end_any(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    other = Actor(name="another author", role=Role.AUTHOR)
    granted_preview = desk.do(create_preview, AUTHOR, "boss", [KEY], expires_at=TOMORROW)
    again = desk.do(create_preview, AUTHOR, "boss", [KEY], expires_at=TOMORROW)
    for prefix in (granted_preview.token.prefix, "0123456789"):
        with pytest.raises(Denied):
            desk.do(revoke_preview, other, prefix)
    desk.do(revoke_preview, AUTHOR, granted_preview.token.prefix)
    desk.do(revoke_preview, EDITOR, again.token.prefix)
    assert desk.look(find, granted_preview.secret, NOW, Kind.PREVIEW) is None
    with pytest.raises(Rejected) as refused:
        desk.do(revoke_preview, EDITOR, again.token.prefix)
    assert codes(refused) == ["CLOSED"]


def test_a_new_draft_is_nowhere_but_in_its_preview(desk: Desk) -> None:
    body = {**desk.live(KEY), "slug": "beekeeper"}
    desk.do(save_draft, AUTHOR, "career", body, None)
    assert "beekeeper" not in {it.ident for it in desk.look(read_all)}
    assert "beekeeper" in desk.look(preview, Selection(keys=(("career", "beekeeper"),)))[0].careers


def test_a_scope_of_what_there_is_not_is_refused_with_what_was_meant(desk: Desk) -> None:
    """A token of a misspelt locale could do nothing, and nobody would know why."""
    scope = Scope.of(types=["career", "careers"], locales=["de", "dd"], attributes=["salery"])
    with pytest.raises(Rejected) as refused:
        desk.do(create_token, ADMIN, "wages", Role.EDITOR, scope=scope)
    problems = {it.path: (it.code.name, it.message) for it in refused.value.problems}
    assert problems.keys() == {"scope.types.careers", "scope.locales.dd", "scope.attributes.salery"}
    assert problems["scope.attributes.salery"] == (
        "UNKNOWN_REFERENCE",
        "there is no attribute 'salery'; did you mean salary?",
    )
    assert "career" in problems["scope.types.careers"][1]


def test_a_preview_is_of_documents_or_of_a_release(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(open_release, EDITOR, "may", "May")
    with pytest.raises(Rejected) as refused:
        desk.do(create_preview, EDITOR, "boss", [KEY], release="may", state="", expires_at=TOMORROW)
    assert codes(refused) == ["BAD_SHAPE"]
