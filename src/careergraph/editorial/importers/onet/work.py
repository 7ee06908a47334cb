"""The work of occupations, by which their neighbours are found, and the relations that O*NET publishes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.importers.onet.ratings import RatedElement
from careergraph.editorial.importers.onet.tables import (
    ACTIVITIES,
    CODE,
    RELATED,
    TASK_ACTIVITIES,
    TASKS,
    is_knowledge,
)
from careergraph.editorial.importers.source_data import Section, Uses
from careergraph.editorial.importers.tables.shape import Tables, is_marked, number

IMPORTANCE = "IM"
"""The scale of how important an element is, from 1 to 5."""
MOST = form.MAX_ITEMS
"""Items that a list of a document may have."""

Lists = Mapping[str, list[str]]
"""The items of each occupation, in order, by its code."""


class Work:
    """The work of some occupations. Raises BadTable while it is made. `source` is the reference to the database."""

    def __init__(
        self, tables: Tables, rated: Sequence[RatedElement], uses: Uses, codes: frozenset[str], source: str
    ) -> None:
        self._tables, self._uses, self._codes, self._source = tables, uses, codes, source
        self._tasks = self._read_tasks()
        self._activities = self._read_activities()
        self._knowledge = self._read_knowledge(rated)
        self._related = self._read_related()

    def of(self, code: str) -> Mapping[str, Section]:
        """Return the sections of an occupation; a missing table has none."""
        sections: dict[str, Section] = {}
        profile = {"tasks": self._tasks, "activities": self._activities, "knowledge": self._knowledge}
        for name, by_code in profile.items():
            if by_code is not None:
                sections[f"4 profile {name}"] = {"profile": {name: by_code[code]}} if code in by_code else {}
        if any(it for it in sections.values()):
            sections["4 profile"] = {"profile": {"source": self._source}}
        if self._related is not None:
            relation = {"source": self._source, "scheme": "onet", "ids": self._related.get(code, [])}
            sections["5 relations"] = {"relations": [relation]} if relation["ids"] else {}
        return sections

    def _read_tasks(self) -> Lists | None:
        tasks: dict[str, dict[str, None]] = {}
        tables = self._tables.of(TASKS)
        for table in tables:  # their rows are counted where the rated occupations are read from them
            for _, (code, task) in table.texts("code", "task"):
                if code in self._codes and 0 < len(task) <= form.MAX_PROSE:
                    tasks.setdefault(code, {})[task] = None
        return _lists(tasks) if tables else None

    def _read_activities(self) -> Lists | None:
        activities: dict[str, dict[str, None]] = {}
        titles = self._activity_titles()
        tables = [it for it in self._tables.of(TASK_ACTIVITIES) if titles or it.has("title")]
        for table in tables:
            for _, (code, activity, named), use in self._uses.rows(table, "code", "activity", "title"):
                title = named or titles.get(activity, "")
                if code in self._codes and 0 < len(title) <= form.MAX_PROSE:
                    activities.setdefault(code, {})[title] = None
                    use.used += 1
            self._uses.require_joined(table, "an occupation that is imported")
        return _lists(activities) if tables else None

    def _activity_titles(self) -> Mapping[str, str]:
        titles: dict[str, str] = {}
        for table in self._tables.of(ACTIVITIES):
            for _, (activity, title), use in self._uses.rows(table, "activity", "title"):
                titles[activity] = title
                use.used += 1
        return titles

    def _read_knowledge(self, rated: Sequence[RatedElement]) -> Mapping[str, dict[str, float]] | None:
        """Read the importance of each field of knowledge, without those that O*NET recommends to suppress."""
        ratings: dict[str, dict[str, float]] = {}
        fields = [it for it in rated if it.scale == IMPORTANCE and is_knowledge(it.element) and it.name]
        for one in fields:  # their rows are counted where skills are read from them
            for line, code, cell, suppress in one.ratings:
                value = number(one.table, line, cell)
                if code in self._codes and value is not None and not is_marked(one.table, line, suppress):
                    ratings.setdefault(code, {})[one.name] = float(value)
        return {code: dict(sorted(by_name.items())) for code, by_name in ratings.items()} if fields else None

    def _read_related(self) -> Lists | None:
        related: dict[str, list[tuple[Decimal, int, str]]] = {}
        tables = self._tables.of(RELATED)
        for table in tables:
            for line, (code, other, index), use in self._uses.rows(table, "code", "other", "index"):
                if not CODE.fullmatch(other):
                    raise table.bad(line, f"{other[:40]!a} is not an O*NET-SOC code: are columns swapped?")
                if code in self._codes:
                    related.setdefault(code, []).append((number(table, line, index) or Decimal(line), line, other))
                    use.used += 1
            self._uses.require_joined(table, "an occupation that is imported")
        codes = {code: dict.fromkeys(other for *_, other in sorted(ranked)) for code, ranked in related.items()}
        return _lists(codes) if tables else None


def _lists(items_by_code: Mapping[str, Mapping[str, Any]]) -> Lists:
    return {code: list(items)[:MOST] for code, items in items_by_code.items()}
