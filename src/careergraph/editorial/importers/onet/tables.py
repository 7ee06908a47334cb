"""The tables of the O*NET database that are of use, by the columns they have had from release to release.

Ratings of skills, knowledge, activities and the like share one shape, whichever files they come in: the id of an
element says what it is. Codes are O*NET-SOC codes.
"""

import re
from collections.abc import Sequence

from careergraph.editorial.importers.tables.shape import Shape

CODE = re.compile(r"\d\d-\d{4}\.\d\d")
"""An O*NET-SOC code; what stands before its dot is a SOC code."""

_CODE: Sequence[str] = ("O*NET-SOC Code", "O*NET-SOC 2019 Code", "onetsoc_code")

OCCUPATIONS = Shape(
    name="occupations",
    columns={"code": _CODE, "title": ("Title",), "summary": ("Description",)},
    unlike=("Task", "Element ID", "Related O*NET-SOC Code"),
    cost="nothing can be imported",
    required=True,
)
ALTERNATE_TITLES = Shape(
    name="alternate titles",
    columns={"code": _CODE, "title": ("Alternate Title",)},
    extra={"short": ("Short Title",)},
    cost="careers are found by fewer other titles",
)
REPORTED_TITLES = Shape(
    name="reported titles",
    columns={"code": _CODE, "title": ("Reported Job Title",)},
    cost="careers lack the titles that workers report",
)
JOB_ZONES = Shape(
    name="job zones",
    columns={"code": _CODE, "zone": ("Job Zone",)},
    extra={"date": ("Date",)},
    cost="no figure of the preparation needed",
)
SHARES = Shape(
    name="education, training and experience",
    columns={
        "code": _CODE,
        "element": ("Element ID",),
        "scale": ("Scale ID",),
        "category": ("Category",),
        "value": ("Data Value",),
    },
    extra={
        "n": ("N",),
        "low": ("Lower CI Bound",),
        "high": ("Upper CI Bound",),
        "suppress": ("Recommend Suppress",),
        "date": ("Date",),
    },
    cost="no figure of the usual education",
)
RATINGS = Shape(
    name="ratings of skills and knowledge",
    columns={"code": _CODE, "element": ("Element ID",), "scale": ("Scale ID",), "value": ("Data Value",)},
    extra={
        "name": ("Element Name",),
        "n": ("N",),
        "low": ("Lower CI Bound",),
        "high": ("Upper CI Bound",),
        "suppress": ("Recommend Suppress",),
        "irrelevant": ("Not Relevant",),
        "date": ("Date",),
    },
    cost="careers lack the skills and the knowledge that are rated important",
)
TECHNOLOGIES = Shape(
    name="technology skills",
    columns={
        "code": _CODE,
        "example": ("Example", "Workplace Example"),
        "class": ("Commodity Title",),
        "demand": ("In Demand",),
    },
    extra={"hot": ("Hot Technology",), "class_code": ("Commodity Code",)},
    cost="careers lack technologies, and no figure says whether they require coding",
)
TASKS = Shape(
    name="task statements",
    columns={"code": _CODE, "id": ("Task ID",), "task": ("Task",), "type": ("Task Type",)},
    unlike=("DWA ID",),
    extra={"date": ("Date",)},
    cost="careers are related without regard to their tasks",
)
TASK_ACTIVITIES = Shape(
    name="tasks to detailed work activities",
    columns={"code": _CODE, "task": ("Task ID",), "activity": ("DWA ID",)},
    extra={"title": ("DWA Title",)},
    cost="careers are related without regard to their work activities",
)
RELATED = Shape(
    name="related occupations",
    columns={"code": _CODE, "other": ("Related O*NET-SOC Code",)},
    extra={"tier": ("Relatedness Tier",), "index": ("Index",)},
    cost="no relations as O*NET publishes them",
)


def is_skill(element: str) -> bool:
    """Whether an element of the content model is a skill (basic or cross-functional)."""
    return element.startswith(("2.A.", "2.B."))


def is_knowledge(element: str) -> bool:
    """Whether an element of the content model is a field of knowledge."""
    return element.startswith("2.C.")


def is_activity(element: str) -> bool:
    """Whether an element of the content model is a generalized work activity."""
    return element.startswith("4.A.")


WAGES = Shape(
    name="wages",
    columns={"soc": ("soc_code", "OCC_CODE"), "p10": ("annual_p10", "A_PCT10"), "p90": ("annual_p90", "A_PCT90")},
    extra={"title": ("title", "OCC_TITLE")},
    cost="no figure of wages",
)
EXPOSURE = Shape(
    name="exposure to language models",
    columns={"code": _CODE, "human_beta": ("human_rating_beta",), "model_beta": ("dv_rating_beta",)},
    extra={
        "human_alpha": ("human_rating_alpha",),
        "human_gamma": ("human_rating_gamma",),
        "model_alpha": ("dv_rating_alpha",),
        "model_gamma": ("dv_rating_gamma",),
    },
    cost="no figure of exposure to language models",
)
DATABASE = (
    OCCUPATIONS,
    ALTERNATE_TITLES,
    REPORTED_TITLES,
    JOB_ZONES,
    SHARES,
    RATINGS,
    TECHNOLOGIES,
    TASKS,
    TASK_ACTIVITIES,
    RELATED,
)
"""The tables of the database itself that are imported; wages and exposure are others' work, and files of their own."""
