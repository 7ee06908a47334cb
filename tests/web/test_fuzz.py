"""Drawn requests for every root field over a real socket: none is a fault of the server, whatever it asks."""

import os
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from careergraph.api.codes import GraphQLCode

ROOT = Path(__file__).parents[2]
CASES = int(os.environ.get("CAREERGRAPH_FUZZ_CASES", "500"))
"""How many requests are drawn in all; `.ci/run` asks for more than 5,000."""

SCHEMA = schemathesis.graphql.from_path(ROOT / "schema.graphql")
FIELDS = {it.label: it for it in (found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok))}


@pytest.mark.parametrize("field", FIELDS)
def test_no_request_is_a_fault_of_the_server(seeded: str, field: str, caplog: pytest.LogCaptureFixture) -> None:
    """Statuses below 500, a code with each error, none of them that of a bug, and nothing in the log as an error."""
    operation, session = FIELDS[field], requests.Session()

    @settings(
        max_examples=ceil(CASES / len(FIELDS)),
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        response = case.call(base_url=f"{seeded}/graphql", session=session)
        assert response.status_code < 500, response.text
        for error in response.json().get("errors", ()):
            assert error["extensions"]["code"] != GraphQLCode.INTERNAL_ERROR, response.text

    with session:
        ask()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
