"""The modes of previews."""

from careergraph.engine.described_enum import DescribedEnum


class PreviewMode(DescribedEnum):
    """Which revisions a preview shows."""

    FOLLOWING = "FOLLOWING", "The open drafts, or those in the release, whenever it is read."
    PINNED = "PINNED", "Those that it was made with, whatever is saved or published later."
