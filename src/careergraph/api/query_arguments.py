"""The arguments of the root fields."""

from typing import Annotated

import strawberry

from careergraph.api.comparison.weights import AttributeWeight
from careergraph.api.connections.filters import CareerFilter, CareerOrder, ComparisonFilter, ExternalIdInput

Slug = Annotated[str, strawberry.argument(description="The slug.")]
A = Annotated[str, strawberry.argument(description="The slug of the first career.")]
B = Annotated[str, strawberry.argument(description="The slug of the second career.")]
Origin = Annotated[str, strawberry.argument(name="from", description="The slug of the career to start from.")]
Target = Annotated[str, strawberry.argument(name="to", description="The slug of the career to get to.")]
Steps = Annotated[int | None, strawberry.argument(description="How many steps at most, from 1 to 4; 3 by default.")]
Slugs = Annotated[list[str], strawberry.argument(description="The slugs of two to six careers.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="The ids, at most 100.")]
Id = Annotated[strawberry.ID, strawberry.argument(description="The id.")]
Text = Annotated[str, strawberry.argument(description="What to search for; words may be unfinished or misspelled.")]
SkillText = Annotated[
    str | None, strawberry.argument(description="Only skills that match this text, best match first.")
]
Called = Annotated[ExternalIdInput, strawberry.argument(description="The id and its scheme.")]
SkillCalled = Annotated[
    ExternalIdInput | None, strawberry.argument(description="Only skills that are known by this id elsewhere.")
]
Careers = Annotated[CareerFilter | None, strawberry.argument(description="Which careers; all of them by default.")]
Order = Annotated[
    list[CareerOrder] | None,
    strawberry.argument(
        description="The order, its first key first, at most 5; by title by default. What is equal comes by slug."
    ),
]
Since = Annotated[
    int,
    strawberry.argument(description="The version that your pages were made of; 0 where there are none yet."),
]
Engine = Annotated[
    str | None,
    strawberry.argument(description="The `engine` that your pages were made by. Where it is another now, all changed."),
]
Cursor = Annotated[str | None, strawberry.argument(description="The `next` of the pages before.")]
Comparisons = Annotated[
    ComparisonFilter | None, strawberry.argument(description="Which comparisons; all of them by default.")
]
ComparisonSlug = Annotated[
    str,
    strawberry.argument(description="The slugs of two careers with `-vs-` between them, such as `plumber-vs-lawyer`."),
]
Region = Annotated[
    str | None,
    strawberry.argument(
        description="A region, such as one of `Career.regions`: of each figure that which was observed there, or that "
        "of which no source says where. What was observed elsewhere counts as not known. By default the first figure "
        "of each attribute, wherever it was observed."
    ),
]
Weights = Annotated[
    list[AttributeWeight] | None,
    strawberry.argument(
        description="How much attributes count for the reader, at most 20: rows and reasons come in their order, the "
        "heaviest first, and `weighed` says who is ahead by them. An attribute without a weight counts nothing."
    ),
]
