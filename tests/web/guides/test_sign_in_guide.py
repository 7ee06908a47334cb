"""The snippet in the guide to signing in runs, and does what it says."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from careergraph.editorial.access.actor import Actor, Role, Scope

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "sign-in.md"


def test_the_hosts_users_become_editors_as_the_guide_shows() -> None:
    match = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    names: dict[str, Any] = {}
    exec(compile(match[1], str(GUIDE), "exec"), names)  # noqa: S102 - the page is ours
    authorize = names["careers"].config.authorize
    desk, translator, reader = (
        SimpleNamespace(id=7, full_name="Ann Smith", groups=groups)
        for groups in (["careers-desk"], ["translators"], [])
    )
    assert authorize(desk) == Actor(name="user-7", role=Role.EDITOR, display_name="Ann Smith")
    assert (authorize(translator).role, authorize(translator).scope) == (Role.AUTHOR, Scope.of(locales=["de"]))
    assert authorize(reader) is None
