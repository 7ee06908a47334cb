"""What one request may do: an operation that comes to more than any may is ended, and nobody else waits for it."""

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import anyio
import httpx
import pytest
import strawberry
from graphql import execute, parse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.asking import SEEDED
from careergraph import CareerGraph, Config
from careergraph.api.compiler import compile_plan
from careergraph.api.execution.executor import budgeted
from careergraph.api.limits.execution_budget import Allowance, Budget, BudgetExceeded
from careergraph.api.schema import schema
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from careergraph.web.execution.executor import ExecutionRequest, Executor
from careergraph.web.execution.run_queue import RunQueue
from waiting import CEILING
from web.client import Client
from web.conftest import running
from web.editing import Newsroom
from web.stub import Query, Seen, Shelf

LIST = "{ careers(first: 50) { edges { node { slug title summary } } } }"
NEST = "compareWith(first: $n) { " * 4 + "slug" + " }" * 4
HUNDREDS = NEST.replace("$n", "100")
HUNDRED = ", ".join(['"WyJDYXJlZXIiLCJlbiIsWyJhY3R1YXJ5Il0sbnVsbCxudWxsXQ"'] * 100)
CAREERS = ["actuary", "accountant", "data-scientist", "software-developer", "registered-nurse", "plumber"]
DEEP = "skills { concept { slug broader { slug careers(first: 20) { edges { node { title } } } } } holders { title } }"


@pytest.fixture
def client(sqlite_url: str) -> Callable[..., Client]:
    """A client of the app itself over the seed, with settings of the test's own."""

    def make_client(**settings: object) -> Client:
        config = Config.of(database_url=sqlite_url, work=False, **settings)
        return Client(CareerGraph(config).asgi())

    return make_client


def ended(response: httpx.Response) -> str:
    """The resource that ran out: the operation was ended with a coded error that nobody may keep."""
    assert response.status_code == 503
    assert response.headers["cache-control"] == "no-store"
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "OPERATION_BUDGET"
    assert "data" not in response.json()
    return str(error["extensions"]["resource"])


@pytest.mark.parametrize("plans", [True, False])
@pytest.mark.parametrize(
    ("settings", "resource"),
    [({"max_objects": 40}, "objects"), ({"max_answer_bytes": 2000}, "bytes"), ({"operation_seconds": 1e-6}, "time")],
)
def test_an_operation_that_spends_its_budget_is_ended(
    client: Callable[..., Client], plans: bool, settings: dict[str, float], resource: str
) -> None:
    """By its plan, which is compiled by the second request, and by standard execution; nothing of it is kept."""
    limited = client(plans=plans, **settings)
    for _ in range(3):
        assert ended(limited.post("/graphql", json={"query": LIST})) == resource
    assert limited.ask("{ __typename }")["data"] if resource != "time" else True


def test_what_stays_within_its_budget_is_answered(client: Callable[..., Client]) -> None:
    response = client(max_objects=2000).post("/graphql", json={"query": LIST})
    assert response.status_code == 200 and len(response.json()["data"]["careers"]["edges"]) == 50


def test_a_mutation_is_never_ended_halfway(sqlite_url: str) -> None:
    """Who is told that a write failed must find that nothing was written: ending it between two fields would lie."""
    newsroom = Newsroom(connect(sqlite_url), max_objects=1, operation_seconds=1e-6)
    query = 'mutation { openRelease(slug: "spring", title: "Spring") { __typename } }'
    response = newsroom.client(Role.EDITOR).post("/graphql", json={"query": query})
    assert (response.status_code, response.json()["data"]) == (200, {"openRelease": {"__typename": "Release"}})


@strawberry.type
class Written:
    """What a host's mutation wrote."""

    number: int


def test_a_mutation_of_a_hosts_schema_runs_once_however_long_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is begun anew in a thread would write twice: only what reads may be tried on the event loop."""
    monkeypatch.setattr("careergraph.web.execution.executor.LOOP_SECONDS", -1.0)
    writes: list[int] = []

    @strawberry.type
    class Write:
        @strawberry.mutation
        def write(self) -> Written:
            writes.append(1)
            return Written(number=len(writes))

    schema = strawberry.Schema(Query, mutation=Write)
    host = CareerGraph(
        Config.of(operation_seconds=1e-6), open_catalogs=lambda _: Shelf(), schema=schema, make_context=Seen
    )
    client = Client(host.asgi())
    answer = client.ask("mutation { write { number } again: write { number } }")
    assert answer["data"] == {"write": {"number": 1}, "again": {"number": 2}}
    assert len(writes) == 2


def test_what_takes_long_on_the_event_loop_goes_on_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins anew there, is answered all the same, and goes there at once the next time. When it was quick there, it
    is tried on the event loop again."""
    monkeypatch.setattr("careergraph.web.execution.executor.LOOP_SECONDS", -1.0)
    aside = 0
    in_thread = RunQueue.run_in_thread

    async def counted(self: RunQueue, *work: Any) -> object:
        nonlocal aside
        aside += 1
        return await in_thread(self, *work)

    monkeypatch.setattr(RunQueue, "run_in_thread", counted)
    executor = Executor(schema, Config())
    operation = executor.documents.find(LIST, None)

    async def answered() -> list[bytes]:
        price = executor.documents.price(operation, None)  # type: ignore[arg-type]
        request = ExecutionRequest(operation, None, SEEDED, "-", *price)  # type: ignore[arg-type]
        return [(await executor.run(request)).content for _ in range(3)]

    answers = anyio.run(answered)
    assert aside == 3 and len(set(answers)) == 1 and b'"title"' in answers[0]
    monkeypatch.setattr("careergraph.web.execution.executor.LOOP_SECONDS", 60.0)
    assert anyio.run(answered) == answers and aside == 4, "the first of them in a thread, the others not"


def test_a_pause_of_the_machine_sends_no_operation_into_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """One run that took too long is begun anew there, and the next one is tried on the event loop again."""
    executor = Executor(schema, Config())
    operation = executor.documents.find(LIST, None)
    price = executor.documents.price(operation, None)  # type: ignore[arg-type]
    request = ExecutionRequest(operation, None, SEEDED, "-", *price)  # type: ignore[arg-type]
    for seconds, pauses in ((60.0, 0), (-1.0, 1), (60.0, 1), (-1.0, 2), (-1.0, 3)):
        monkeypatch.setattr("careergraph.web.execution.executor.LOOP_SECONDS", seconds)
        executor.run_inline(request)
        assert operation.overran is (pauses == 3)  # type: ignore[union-attr]


def test_waiting_for_a_thread_is_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock begins when the operation does; for one that nobody waits for any longer it never does."""
    now = 100.0
    monkeypatch.setattr("careergraph.api.limits.execution_budget.perf_counter", lambda: now)
    allowance = Allowance(seconds=5)
    budget = Budget(allowance)
    now += 60
    budget.restart(allowance)
    now += 4.9
    budget.spend(1)
    now += 0.2
    with pytest.raises(BudgetExceeded, match="time"):
        budget.spend(1)
    budget.end()
    budget.restart(allowance)
    with pytest.raises(BudgetExceeded, match="time"):
        budget.spend(1)


def test_an_abandoned_operation_stops() -> None:
    """A request that timed out, or whose client went away, leaves no thread that goes on for nothing."""
    document = parse(LIST)
    plan = compile_plan(schema._schema, document, soon=1)
    assert plan is not None and plan.run({}, SEEDED) is not None
    budget = Budget(Allowance(seconds=60))
    budget.end()
    with pytest.raises(BudgetExceeded, match="time"):
        plan.run({}, SEEDED, budget=budget)
    executor_class = budgeted(schema.execution_context_class, Allowance())
    options: dict[str, Any] = {"executor_class": executor_class, "operation_extensions": None}
    with pytest.raises(BudgetExceeded, match="time"), budget.running():
        execute(schema._schema, document, context_value=SEEDED, **options)


def aliased(count: int, field: Callable[[int], str], head: str = "") -> str:
    """A query with one field many times, each under another name."""
    return head + "{ " + " ".join(f"r{number}: {field(number)}" for number in range(count)) + " }"


def path(start: str, end: str) -> str:
    """A field that searches for a path of four steps."""
    return f'transitionPath(from: "{start}", to: "{end}", maxSteps: 4) {{ cost }}'


PROVEN = "{ text facts { career { title } value { display } } }"
DEAR = f"summary {PROVEN} verdict {{ either {PROVEN} }}"
HOSTILE: dict[str, dict[str, object]] = {
    "a float for an Int": {
        "query": f'query($n: Int) {{ career(slug: "actuary") {{ {NEST} }} }}',
        "variables": {"n": 100.0},
    },
    "a default that is long": {
        "query": f"query($i: [ID!]! = [{HUNDRED}]) {{ nodes(ids: $i) {{ ... on Career {{ {HUNDREDS} }} }} }}"
    },
    "many comparisons": {
        "query": aliased(20, lambda n: f'comparison(a: "{CAREERS[n % 6]}", b: "{CAREERS[(n + 1) % 6]}") {{ title }}')
    },
    "deep skills of many": {
        "query": aliased(2, lambda _: f"multiComparison(careers: $c) {{ {DEEP} }}", "query($c: [String!]!) "),
        "variables": {"c": CAREERS},
    },
    "introspections": {"query": aliased(20, lambda _: "__schema { types { name fields { name args { name } } } }")},
    "long texts": {
        "query": aliased(20, lambda _: "search(text: $t) { score }", "query($t: String!) "),
        "variables": {"t": "wood " * 17_000},
    },
    "many instants": {
        "query": aliased(8, lambda n: f'career(slug: "actuary", asOf: "2026-01-0{n + 1}T00:00:00Z") {{ slug }}')
    },
    "a long list of variables": {
        "query": "query($i: [ID!]!) { nodes(ids: $i) { id } }",
        "variables": {"i": [1] * 100_000},
    },
    "the dearest that is let through": {
        "query": f"{{ comparisons(first: 40) {{ edges {{ node {{ {DEAR} }} }} }} }}",
    },
    "paths": {"query": aliased(4, lambda n: path(CAREERS[n], CAREERS[-1 - n]))},
}


class Pulse:
    """An app that measures how long its event loop is kept by anything: `longest` is CPU time, in seconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self.longest = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._beat())
        await self._app(scope, receive, send)

    async def _beat(self) -> None:
        while True:
            start = time.thread_time()
            await asyncio.sleep(0.002)
            self.longest = max(self.longest, time.thread_time() - start)


@dataclass
class Server:
    """A server of the app over the seed."""

    address: str
    pulse: Pulse

    def health_during(self, content: dict[str, object]) -> None:
        """Ask how it is while a request is answered, again and again."""
        stop = threading.Event()

        def look() -> None:
            with httpx.Client(timeout=CEILING) as client:
                while not stop.is_set():
                    assert client.get(f"{self.address}/healthz").status_code == 200

        with ThreadPoolExecutor(1) as pool:
            looking = pool.submit(look)
            response = httpx.post(f"{self.address}/graphql", json=content, timeout=CEILING)
            stop.set()
            looking.result()
        assert response.status_code in (200, 400, 503), response.text[:300]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a real socket, which has everything at hand that is made once."""
    url = f"sqlite:///{tmp_path_factory.mktemp('budget') / 'careergraph.db'}"
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    app = Pulse(CareerGraph(Config(database_url=url, work=False)).asgi())
    with running(app) as address:
        httpx.post(f"{address}/graphql", json={"query": '{ search(text: "a") { score } }'}, timeout=CEILING)
        gc.collect()
        gc.freeze()  # as `careergraph serve` does: looking through all that is loaded takes longer than a slice
        yield Server(address, app)
        gc.unfreeze()


@pytest.mark.alone
@pytest.mark.parametrize("name", HOSTILE)
def test_nobody_waits_for_anothers_request(server: Server, name: str) -> None:
    """While a hostile request runs, nothing keeps the event loop for longer than 250 ms of CPU time, which is what
    another request may wait for: on a busy machine the clock on the wall is no judge."""
    server.pulse.longest, start = 0.0, time.process_time()
    for _ in range(2):
        server.health_during(HOSTILE[name])
    assert server.pulse.longest < 0.25
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a float for an Int", "TOO_COSTLY"),
        ("a default that is long", "TOO_COSTLY"),
        ("introspections", "TOO_COSTLY"),
        ("a long list of variables", "TOO_COSTLY"),
    ],
)
def test_what_is_refused_is_refused_before_it_runs(server: Server, name: str, code: str) -> None:
    answer = httpx.post(f"{server.address}/graphql", json=HOSTILE[name]).json()
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code] and "data" not in answer


@pytest.mark.parametrize(
    "field",
    [
        "search(text: $t) { score }",
        "skills(search: $t) { totalCount }",
        "careers(filter: {text: $t}) { totalCount }",
        'category(slug: "software") { careers(first: 1) { totalCount } } careers(filter: {text: $t}) { totalCount }',
    ],
)
def test_a_text_that_is_searched_for_is_short(server: Server, field: str) -> None:
    """Every letter of a text is work, and 86,000 of them shared by twenty aliases took seconds."""
    for length, codes in ((200, []), (201, ["TEXT_TOO_LONG"])):
        content = {"query": f"query($t: String!) {{ {field} }}", "variables": {"t": "x" * length}}
        answer = httpx.post(f"{server.address}/graphql", json=content).json()
        errors = answer.get("errors", [])
        assert [error["extensions"]["code"] for error in errors] == codes
        assert all(error["extensions"]["maximum"] == 200 for error in errors)
