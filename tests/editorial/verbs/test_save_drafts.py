"""Many drafts at once: each is held to what one is held to, and told of in the audit log."""

import msgspec
import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.verbs.documents.drafts import discard_draft
from careergraph.editorial.verbs.documents.save_drafts import Draft, save_drafts
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.documents.documents import CareerDocument, ValuePart
from careergraph.store.editing.drafts import drafts
from careergraph.store.editing.imported import Imported, remember, remembered_documents
from editorial.verbs.desk import ADMIN, AUTHOR, EDITOR, VIEWER, Desk, codes, scoped
from listed import entries

PLUMBER, NURSE, NEW = ("career", "plumber"), ("career", "registered-nurse"), ("career", "new-career")


def open_many(desk: Desk) -> str:
    return desk.do(open_release, EDITOR, "many", "Many").slug


def changed(desk: Desk, key: tuple[str, str], **fields: object) -> Draft:
    return Draft(key=key, body={**desk.live(key), **fields}, base=desk.state(key).published)


def test_many_drafts_become_one_version(both_desk: Desk) -> None:
    desk, release = both_desk, open_many(both_desk)
    fresh = {**desk.live(PLUMBER), "slug": "new-career", "externalIds": []}
    fresh_drafts = [changed(desk, PLUMBER, title={"en": "One"}), Draft(key=NEW, body=fresh, base=None)]
    assert desk.do(save_drafts, EDITOR, release, fresh_drafts, "why") == {PLUMBER: 2, NEW: 1}
    assert [it.key for it in desk.look(drafts, release)] == [NEW, PLUMBER]
    audited = [(it.verb, it.key) for it in desk.look(entries, first=4)]
    assert audited == [(verb, key) for verb in (Verb.ADD_TO_RELEASE, Verb.SAVE_DRAFT) for key in (NEW, PLUMBER)]
    assert desk.do(publish_release, EDITOR, release).version == 2
    assert desk.live(PLUMBER)["title"] == {"en": "One"}
    assert desk.look(verify).fault is None


def test_a_draft_can_be_of_a_removal(desk: Desk) -> None:
    lone = ("career", "translator")
    removal = Draft(key=lone, body=None, base=desk.state(lone).published)
    release = open_many(desk)
    with pytest.raises(Denied):
        desk.do(save_drafts, AUTHOR, release, [removal])
    desk.do(save_drafts, EDITOR, release, [removal])
    with pytest.raises(Rejected) as refused:
        desk.do(publish_release, EDITOR, release)
    assert set(codes(refused)) == {"IN_USE"}


def test_each_is_held_to_what_one_is_held_to(desk: Desk) -> None:
    release = open_many(desk)
    good = changed(desk, PLUMBER, title={"en": "One"})
    for wrong in ({"title": {"en": "\u0000"}}, {"nothing": 1}):
        with pytest.raises(Rejected):
            desk.do(save_drafts, EDITOR, release, [good, changed(desk, NURSE, **wrong)])
    with pytest.raises(Conflict):
        desk.do(save_drafts, EDITOR, release, [good, Draft(key=NURSE, body=desk.live(NURSE), base=None)])
    for actor in (VIEWER, scoped(Role.EDITOR, types=["skill"]), scoped(Role.EDITOR, locales=["de"])):
        with pytest.raises(Denied):
            desk.do(save_drafts, actor, release, [good])
    assert desk.look(drafts) == ()


def test_drafts_move_from_release_to_release(desk: Desk) -> None:
    desk.edit(PLUMBER, title={"en": "One"})
    release = open_many(desk)
    desk.do(add_to_release, EDITOR, release, [PLUMBER])
    assert desk.state(PLUMBER).release == release
    with pytest.raises(Rejected) as refused:
        desk.do(add_to_release, EDITOR, release, [NURSE])
    assert codes(refused) == ["NO_DRAFT"]


def test_what_an_import_said_goes_with_its_discarded_draft(desk: Desk) -> None:
    desk.edit(PLUMBER, title={"en": "One"})
    imports = [
        Imported(ident=ident, key=PLUMBER, number=number, body={"n": number}) for ident, number in (("x", 1),) * 2
    ]
    desk.do(lambda session, _: remember(session, "test", imports), ADMIN)
    later = Imported(ident="x", key=PLUMBER, number=2, body=None)
    desk.do(lambda session, _: remember(session, "test", [later]), ADMIN)
    assert desk.look(remembered_documents, "test") == {"x": later}
    desk.do(discard_draft, EDITOR, PLUMBER)
    assert desk.look(remembered_documents, "test") == {"x": imports[1]}


def test_a_suppressed_figure_is_kept_and_never_read(both_desk: Desk) -> None:
    """What its source recommends not to publish stays with the document, where editors see it, and out of catalogs."""
    desk = both_desk
    body = desk.live(PLUMBER)
    body["values"][0] |= {"suppressed": True, "sampleSize": 7}
    body["values"][1] |= {"sampleSize": 8}
    desk.load_over(PLUMBER, values=msgspec.convert(body["values"], list[ValuePart]))
    kept = msgspec.convert(desk.live(PLUMBER), CareerDocument).values
    assert [(it.suppressed, it.sample_size) for it in kept[:3]] == [(True, 7), (False, 8), (False, None)]
    career = Catalogs(desk.engine).current().careers[PLUMBER[1]]
    assert {it.attribute.key for it in career.values} == {it.attribute for it in kept[1:]}
    assert [it.provenance.sample_size for it in career.values if it.attribute.key == kept[1].attribute] == [8]
