"""The imported tables of the O*NET database, by their columns in all releases.

Ratings of skills, knowledge, activities and the like have one shape, in any file: the id of an element tells them
apart. Codes are O*NET-SOC codes.
"""

import re
from collections.abc import Sequence

from careergraph.editorial.importers.tables.shape import Shape, Shaped, Tables

CODE = re.compile(r"\d\d-\d{4}\.\d\d")
"""An O*NET-SOC code; the part before its dot is a SOC code."""

_CODE: Sequence[str] = ("O*NET-SOC Code", "O*NET-SOC 2019 Code", "onetsoc_code")
_ACTIVITY, _ACTIVITY_TITLE = ("DWA ID", "DWA Element ID"), ("DWA Title", "DWA Element Name")

OCCUPATIONS = Shape(
    name="occupations",
    columns={"code": _CODE, "title": ("Title",), "summary": ("Description",)},
    unlike=("Task", "Element ID", "Related O*NET-SOC Code"),
    cost="nothing can be imported",
    required=True,
)
ALTERNATE_TITLES = Shape(
    name="alternate titles",
    columns={"code": _CODE, "title": ("Alternate Title", "Job Title")},
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
JOB_ZONE_REFERENCE = Shape(
    name="job zone reference",
    columns={"zone": ("Job Zone",), "name": ("Name", "Job Zone Name")},
    unlike=_CODE,
    cost="job zones of a release from 30.2 on have no names for their levels, and are left out",
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
        "class": ("Commodity Title", "Element Name"),
        "hot": ("Hot Technology",),
    },
    extra={"demand": ("In Demand",)},
    cost="careers lack technologies, and no figure says whether they require coding",
)
TASKS = Shape(
    name="task statements",
    columns={"code": _CODE, "id": ("Task ID",), "task": ("Task",), "type": ("Task Type",)},
    unlike=_ACTIVITY,
    extra={"date": ("Date",)},
    cost="careers are related without regard to their tasks",
)
TASK_ACTIVITIES = Shape(
    name="tasks to detailed work activities",
    columns={"code": _CODE, "task": ("Task ID",), "activity": _ACTIVITY},
    extra={"title": _ACTIVITY_TITLE},
    cost="careers are related without regard to their work activities",
)
ACTIVITIES = Shape(
    name="detailed work activities",
    columns={"activity": _ACTIVITY, "title": _ACTIVITY_TITLE},
    unlike=_CODE,
    cost="nothing, if the activities of tasks have titles",
)
"""The titles of activities, which the table of tasks has not had in all releases."""
RELATED = Shape(
    name="related occupations",
    columns={"code": _CODE, "other": ("Related O*NET-SOC Code",)},
    extra={"tier": ("Relatedness Tier",), "index": ("Index",)},
    cost="no relations as O*NET publishes them",
)


def marked_technologies(tables: Tables, mark: str) -> list[Shaped]:
    """Return the tables of technologies with a mark: `demand` for an occupation, or `hot` for all, in releases that do
    not mark demand."""
    return [it for it in tables.of(TECHNOLOGIES) if it.has("demand") == (mark == "demand")]


def is_knowledge(element: str) -> bool:
    """Return whether an element of the content model is a field of knowledge."""
    return element.startswith("2.C.")


WAGES = Shape(
    name="wages",
    columns={"soc": ("soc_code", "OCC_CODE"), "p10": ("annual_p10", "A_PCT10"), "p90": ("annual_p90", "A_PCT90")},
    extra={
        "title": ("title", "OCC_TITLE"),
        "area": ("AREA_TITLE",),
        "hourly": ("hourly_median", "H_MEDIAN"),
        "hourly_p10": ("hourly_p10", "H_PCT10"),
        "hourly_p90": ("hourly_p90", "H_PCT90"),
        "hourly_alone": ("HOURLY",),
        "footnote": ("annual_median_footnote",),
    },
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
ONET_TABLES = (
    OCCUPATIONS,
    ALTERNATE_TITLES,
    REPORTED_TITLES,
    JOB_ZONES,
    JOB_ZONE_REFERENCE,
    SHARES,
    RATINGS,
    TECHNOLOGIES,
    TASKS,
    TASK_ACTIVITIES,
    ACTIVITIES,
    RELATED,
)
"""The imported tables of the database itself; wages and exposure are files of other publishers."""
