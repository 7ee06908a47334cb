"""Names: which document each thing is that a source speaks of, one that is there or a new one."""

from collections.abc import Iterable, Mapping, Sequence

from careergraph.editorial.imports.ground import Ground
from careergraph.editorial.imports.wanted import Wanted
from careergraph.editorial.verbs.standing import present
from careergraph.editorial.world import Key
from careergraph.engine.wording import normalised
from careergraph.store.documents import SkillDocument, SourceDocument

REFERENCE = "@"
"""What a reference to something that a source speaks of begins with; its ident follows. No slug looks like it."""


def named(ground: Ground, wanted: Sequence[Wanted]) -> Mapping[str, Key]:
    """The document of each, by ident. Two things are never the same document."""
    _look(ground, wanted)
    found: dict[str, Key] = {}
    taken: set[Key] = set()
    for it in wanted:
        if (known := _known(ground, it)) is not None and known not in taken:
            found[it.ident] = known
            taken.add(known)
    for it in wanted:
        if it.ident not in found:
            found[it.ident] = _fresh(ground, it, taken)
            taken.add(found[it.ident])
    return found


def references(ground: Ground, found: Mapping[str, Key]) -> Mapping[Key, str]:
    """What each reference of a source's stands for, its slug, by type and reference; and what is called otherwise since
    the source was imported before."""
    return {**ground.redirects, **{(key[0], REFERENCE + ident): key[1] for ident, key in found.items()}}


def moved(ground: Ground, key: Key) -> Key:
    """A document under its name of now."""
    return key[0], ground.redirects.get(key, key[1])


def _look(ground: Ground, wanted: Iterable[Wanted]) -> None:
    slugs = [(it.type, slug) for it in wanted for slug in (it.slug, f"{it.slug}-{it.variant}")]
    ground.look([*slugs, *[moved(ground, it.key) for it in ground.remembered.values()]])


def _known(ground: Ground, wanted: Wanted) -> Key | None:
    for scheme, identifier in wanted.ids:
        if (found := ground.by_external_id.get((wanted.type, scheme, identifier))) is not None:
            return found
    said = ground.remembered.get(wanted.ident)
    held = None if said is None or said.body is None else moved(ground, said.key)
    return held if held is not None and present(ground.state(held)) else _same(ground, wanted)


def _same(ground: Ground, wanted: Wanted) -> Key | None:
    """A document that is the same without having been imported: a source of the same edition, a concept of the same
    name, a category of the same slug."""
    if wanted.type == SourceDocument.TYPE:
        vintage = next(iter(wanted.sections.values())).get("vintage")
        for slug in (wanted.slug, f"{wanted.slug}-{wanted.variant}"):
            document = ground.live.get((wanted.type, slug))
            if isinstance(document, SourceDocument) and document.vintage == vintage:
                return wanted.type, slug
        return None
    if wanted.type == SkillDocument.TYPE:
        found = {key for name in wanted.names for key in ground.by_name.get(normalised(name), ())}
        return found.pop() if len(found) == 1 else None
    return (wanted.type, wanted.slug) if wanted.shared and (wanted.type, wanted.slug) in ground.live else None


def _fresh(ground: Ground, wanted: Wanted, taken: set[Key]) -> Key:
    """A slug that nothing has, and that leads nowhere else."""
    for slug in (wanted.slug, *[f"{wanted.slug}-{wanted.variant}{behind}" for behind in ("", "-2", "-3", "-4")]):
        key = (wanted.type, slug)
        if key not in taken and not present(ground.state(key)) and key not in ground.redirects:
            return key
    return wanted.type, f"{wanted.slug}-{wanted.variant}"
