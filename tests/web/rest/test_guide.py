"""The guide to the REST view is run: its addresses are answered, its problem is the one that comes."""

import json
import re
from pathlib import Path

import pytest

from web.rest.rest_site import RESOURCES, client

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to" / "rest.md").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"`(/api/[^`]+)`", GUIDE)
COMMANDS = re.findall(r"curl 'http://127\.0\.0\.1:8000(/api/[^']+)'", GUIDE)


@pytest.mark.parametrize("address", [*ADDRESSES, *COMMANDS[:-1]])
def test_its_addresses_are_answered(address: str) -> None:
    assert client().get(address).status_code == 200


def test_it_names_every_resource() -> None:
    patterns = [re.sub(r"\\{\w+\\}", "[a-z-]+", re.escape("/api" + path)) + r"(\?.*)?" for path in RESOURCES]
    assert [it for it in patterns if not any(re.fullmatch(it, address) for address in ADDRESSES)] == []


def test_its_problem_is_the_one_that_comes() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    response = client().get(COMMANDS[-1])
    assert response.json() == json.loads(block)
