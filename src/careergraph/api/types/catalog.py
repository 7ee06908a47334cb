"""CatalogInfo: the figures of the catalog."""

from datetime import datetime

import strawberry

from careergraph.api.base.context import Preview
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import ranking
from careergraph.engine.version import ENGINE


@object_type
class PreviewInfo:
    """That the answer is of a preview: drafts are laid over what is published."""

    of: strawberry.Private[Preview]

    @field
    def expires_at(self) -> datetime:
        """When the preview ends."""
        return self.of.expires_at


@object_type
class CatalogInfo:
    """The catalog that answers: everything that is published, at one version."""

    of: strawberry.Private[Catalog]
    shown_in: strawberry.Private[Preview | None]

    @field
    def preview(self) -> PreviewInfo | None:
        """Set in a preview, in which what is read is not what is published; null everywhere else."""
        return None if self.shown_in is None else PreviewInfo(self.shown_in)

    @field
    def version(self) -> int:
        """Its version: one more with each publish. In a preview that of what the drafts are laid over."""
        return self.of.version

    @field
    def published_at(self) -> datetime:
        """When this version was published."""
        return self.of.published_at

    @field
    def careers(self) -> int:
        """How many careers it holds."""
        return len(self.of.careers)

    @field
    def skills(self) -> int:
        """How many skill concepts it holds."""
        return len(self.of.skills)

    @field
    def comparisons(self) -> int:
        """How many comparisons of two careers follow from it: n(n-1)/2 for n careers."""
        return self.of.pairs

    @field
    @traits(weight=50)
    def ranked_comparisons(self) -> int:
        """How many of them are worth a page of their own: those that editors feature and do not hide, and those that
        score anything in `comparisons`."""
        return len(ranking(self.of))

    @field
    def locales(self) -> list[str]:
        """The locales it can be read in."""
        return list(self.of.locales)

    @field
    def default_locale(self) -> str:
        """The locale it is read in where none is asked for."""
        return self.of.default_locale

    @field
    @traits(size=2)
    def regions(self) -> list[str]:
        """The regions that its figures were observed in, by name."""
        return list(self.of.regions)

    @field
    def engine(self) -> str:
        """The version of the rules and the wording: the same version of both, and of the catalog, answers the same."""
        return ENGINE
