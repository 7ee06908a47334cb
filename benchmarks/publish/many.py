"""Many documents under the writers' lock."""

from collections import Counter

from benchmarks.publish.writer import ACTOR, RELEASE, SLOW, Writer, line
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs.bulk import MOST, Action, Task, bulk
from careergraph.editorial.verbs.documents.replace import MOST as REFERRING
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.save_drafts import save_drafts
from careergraph.editorial.verbs.releases import open_release, publish_release
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.documents.rows import read_all

DRAFTS = 1_300
"""The most drafts of a release here."""


def measure_release(writer: Writer) -> None:
    """Publish a release of a draft of each career."""
    number = next(writer.numbers)
    slugs = writer.careers[:DRAFTS]
    with transaction(writer.engine) as session:
        slug = open_release(session, ACTOR, f"many-{number}", "Many").slug
        drafts = [writer.draft(session, ("career", it)) for it in slugs]
        save_drafts(session, ACTOR, slug, drafts)
    seconds = writer.locked(lambda it: publish_release(it, ACTOR, slug, base=state_of(it, slug)))
    line(f"publish a release of {len(slugs):,} drafts", [seconds], RELEASE)
    line("  rehearsed before", [writer.before])


def measure_bulk(writer: Writer) -> None:
    """The most documents that a bulk verb takes."""
    number = next(writer.numbers)
    keys = [("career", slug) for slug in writer.careers[:MOST]]
    with transaction(writer.engine) as session:
        slug = open_release(session, ACTOR, f"bulk-{number}", "Bulk").slug
        numbers = save_drafts(session, ACTOR, slug, [writer.draft(session, key) for key in keys])
    seconds = writer.locked(lambda it: bulk(it, ACTOR, numbers, Task(action=Action.PUBLISH)))
    line(f"publish {len(keys):,} drafts in bulk", [seconds], SLOW)
    line("  rehearsed before", [writer.before])


def measure_replacement(writer: Writer) -> None:
    """One skill instead of the one that most careers ask for, and many drafts at once."""
    with reading(writer.engine) as session:
        users: Counter[str] = Counter()
        for document in read_all(session):
            if isinstance(document, CareerDocument):
                users.update({it.skill for part in document.skills for it in part.concepts})
        (old, _), (new, _) = [it for it in users.most_common() if it[1] <= REFERRING][:2]
        bases = {it.key: it.base for it in replace_reference(session, ACTOR, ("skill", old), new, None).uses}
    seconds = writer.locked(lambda it: replace_reference(it, ACTOR, ("skill", old), new, bases))
    line(f"replace a skill in {len(bases):,} documents", [seconds], SLOW)
    line("  rehearsed before", [writer.before])
