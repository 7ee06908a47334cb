"""CatalogInfo: the figures of the catalog."""

from datetime import datetime
from typing import NamedTuple

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.document_key import DocumentKey
from careergraph.api.base.enums import PreviewMode
from careergraph.editorial.content import problem
from careergraph.editorial.preview.opened import Opened
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import ranking
from careergraph.engine.version import ENGINE


class CatalogView(NamedTuple):
    """A catalog, with the preview that it is read in."""

    catalog: Catalog
    preview: Opened | None = None


@object_type(problem.Problem, "A problem of a draft in a preview, which keeps it from being published as it is.")
class PreviewProblem(Mirror):
    document: DocumentKey | None = child("The document.", lambda of: None if of.type is None else (of.type, of.ident))
    code: str = attr("The code of the problem; they are listed in `docs/reference/problems.md`.", "code.value")
    path: str = attr(
        "The field at fault: `values[2].low`; empty for the whole document. A missing text is shown as its path in "
        "brackets, and another field is left out."
    )
    message: str = attr("The message. It never repeats a text, only names and slugs.")


@object_type(Opened, "A preview: drafts are laid over the published content.")
class PreviewInfo(Mirror):
    expires_at: datetime = attr("When the preview ends.")
    mode: PreviewMode = attr("Which revisions it shows.")
    problems: list[PreviewProblem] = children("What is missing or wrong in its drafts.", "laid.problems")
    omitted: list[DocumentKey] = children(
        "The documents whose drafts cannot be shown: they are as they are published, if they are.", "laid.omitted"
    )
    newer: list[DocumentKey] = children(
        "The documents of a `PINNED` preview with a newer state than the one it shows, and those that came into its "
        "release since."
    )


@object_type(CatalogView, "The catalog that answers: all published content, at one version.")
class CatalogInfo(Mirror):
    preview: PreviewInfo | None = child("The preview that answers, whose content is not published; null without one.")
    version: int = attr(
        "The version of the catalog: one more with each publish. In a preview, that of the catalog below the drafts.",
        "catalog.version",
    )
    published_at: datetime = attr("When this version was published.", "catalog.published_at")
    careers: int = attr("How many careers it holds.", lambda of: len(of.catalog.careers))
    skills: int = attr("How many skill concepts it holds.", lambda of: len(of.catalog.skills))
    comparisons: int = attr(
        "How many comparisons of two careers follow from it: n(n-1)/2 for n careers.", "catalog.pairs"
    )
    ranked_comparisons: int = attr(
        "How many of them are worth a page of their own: those that editors feature and do not hide, and those that "
        "score anything in `comparisons`.",
        lambda of: len(ranking(of.catalog)),
        cost=50,
    )
    locales: list[str] = attr("The locales that it can be read in.", lambda of: list(of.catalog.locales))
    default_locale: str = attr("The locale that it is read in by default.", "catalog.default_locale")
    regions: list[str] = attr("The regions that its figures were observed in, by name.", "catalog.regions", size=2)
    engine: str = attr(
        "The version of the rules and the wording: the same version of both, and of the catalog, answers the same.",
        lambda: ENGINE,
    )
