"""The rules that keep the project simple, enforced: each test's docstring says why its rule exists."""

import ast
import json
import subprocess
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "careergraph"
LAYERS = ("engine", "store", "editorial", "api", "web", "cli")
ENGINE_MAY_IMPORT = {
    *(
        "array",
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "itertools",
    ),
    *("math", "operator", "re", "types", "typing", "unicodedata", "weakref"),
}


VAGUE = {"it", "found", "known", "made", "told", "held", "given", "wanted", "said", "shown", "asked"}


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def layer_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "careergraph" and parts[1] in LAYERS else None


def test_imports_point_left() -> None:
    """Each layer may be read, tested and replaced without those to its right only while none of it imports them."""
    wrong = [
        f"{path} imports {name}"
        for rank, layer in enumerate(LAYERS)
        for folder in (SOURCE / layer, SOURCE / f"{layer}.py")
        if folder.exists()
        for path, module in (
            modules(folder) if folder.is_dir() else [(str(folder.name), ast.parse(folder.read_text(encoding="utf-8")))]
        )
        for name in imports(module)
        if (other := layer_of(name)) is not None and LAYERS.index(other) > rank
    ]
    assert not wrong


def test_engine_imports_only_the_allow_list() -> None:
    """A comparison is a pure function: what can reach a clock, a file, a socket or a random number stays outside."""
    wrong = [
        f"{path} imports {name}"
        for path, module in modules(SOURCE / "engine")
        for name in imports(module)
        if name.split(".")[0] not in ENGINE_MAY_IMPORT and not name.startswith("careergraph.engine")
    ]
    assert not wrong


def test_migrations_import_none_of_the_project() -> None:
    """A migration must do tomorrow what it did on the day it was written; code that it imports will have changed."""
    wrong = [
        f"{path} imports {name}"
        for path, module in modules(ROOT / "alembic")
        if not path.endswith("env.py")
        for name in imports(module)
        if name.startswith("careergraph")
    ]
    assert not wrong


def test_no_attribute_key_in_source() -> None:
    """Attributes are content: code that knows one by name would be a second place to touch for a new one."""
    keys = {json.loads(path.read_text(encoding="utf-8"))["key"] for path in ROOT.glob("seed/*/attributes/*.json")}
    # Words that name a concept of the code as well as an attribute's key are told apart by being whole string literals.
    assert len(keys) >= 9
    wrong = [
        f"{path}:{node.lineno} holds {node.value!r}"
        for path, module in modules(SOURCE)
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and node.value in keys
    ]
    assert not wrong


def test_only_one_file_commits() -> None:
    """One request is one transaction: a commit anywhere else could leave something half-written."""
    committing = {
        path
        for path, module in modules(SOURCE)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert len(committing) <= 1, committing


def test_alembic_folder_is_no_package() -> None:
    """With an `__init__.py` the folder would shadow the alembic library wherever the checkout is on the path."""
    assert (ROOT / "alembic").is_dir()
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_no_constant_is_defined_twice() -> None:
    """The later value would hold for code that was written for the earlier one, in silence."""
    wrong = []
    for path, module in modules(SOURCE):
        assigned = [node.targets[0] for node in module.body if isinstance(node, ast.Assign)]
        assigned += [node.target for node in module.body if isinstance(node, ast.AnnAssign)]
        names = [target.id for target in assigned if isinstance(target, ast.Name)]
        wrong += [f"{path} defines {name} again" for name in sorted(set(names)) if names.count(name) > 1]
    assert not wrong


def test_no_import_inside_a_function() -> None:
    """An import that runs late hides an arrow of the architecture, and fails late."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, module in modules(SOURCE)
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong


LARGER = {"src/careergraph/api/types/content.py": 600}
"""Files that may be larger: the types of content refer to each other, so that two files of them would be a circle."""


def test_files_stay_near_one_noun() -> None:
    """A file that outgrew its noun is split while it is still easy."""
    long = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path, _ in modules(SOURCE)}
    assert not {path: lines for path, lines in long.items() if lines > LARGER.get(path, 300)}


def vague(module: ast.Module) -> Iterator[str]:
    """The vague names that a module binds, `it` in lambdas and in comprehensions of one line aside."""
    short = {
        id(node)
        for scope in ast.walk(module)
        if isinstance(scope, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
        if isinstance(scope, ast.Lambda) or scope.lineno == scope.end_lineno
        for part in ([scope.args] if isinstance(scope, ast.Lambda) else [clause.target for clause in scope.generators])
        for node in ast.walk(part)
    }
    for node in ast.walk(module):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) if name != "it" or id(node) not in short:
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name


@pytest.mark.parametrize("folder", ["alembic", "benchmarks", "docs", "examples", "src", "tests"])
def test_names_say_what_they_are(folder: str) -> None:
    """`found` or `it` tells a reader nothing: a name says what a value is, a function's name what it does."""
    wrong = [
        f"{path} binds {name}" for path, module in modules(ROOT / folder) for name in vague(module) if name in VAGUE
    ]
    assert not wrong


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    """A lock file that records where packages came from ties every user to that address."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    forbidden = "|".join(
        ("pypi[.]org", "pythonhosted", "registry[.]npmjs", "deb[.]debian", "/wo" + "rk/", "/ro" + "ot/")
    )
    matches = subprocess.run(
        ["git", "grep", "-nIE", forbidden, "--", ".", ":!src/careergraph/web/vendor", ":!tests/test_architecture.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not matches.stdout


MOST_FILES = 22
"""Files of one kind that a folder may hold. More are not found at the first guess."""


def test_folders_have_an_order() -> None:
    """A folder can be read from its lowest part up only while nothing in it imports in a circle."""
    graphs: dict[str, dict[str, set[str]]] = {}
    names = {module_name(path): module for path, module in modules(SOURCE)}
    for name, module in names.items():
        for imported in imported_modules(module, set(names)):
            folder, mine, other = parting(name, imported)
            if other not in (mine, "careergraph"):  # its version
                graphs.setdefault(folder, {}).setdefault(mine, set()).add(other)
    assert len(graphs) > 20
    for folder, graph in graphs.items():
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as problem:
            pytest.fail(f"{folder}: {' -> '.join(problem.args[1])}")


def test_folders_stay_small() -> None:
    sizes: dict[Path, int] = {}
    for path in (*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")):
        sizes[path.parent.relative_to(ROOT)] = sizes.get(path.parent.relative_to(ROOT), 0) + 1
    assert not {str(folder): count for folder, count in sizes.items() if count > MOST_FILES}


def module_name(path: str) -> str:
    name = ".".join(Path(path).relative_to("src").with_suffix("").parts)
    return name.removesuffix(".__init__")


def imported_modules(module: ast.Module, names: set[str]) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in names or node.module in names:
                    yield full if full in names else str(node.module)


def parting(one: str, other: str) -> tuple[str, str, str]:
    """The folder that two modules have in common, and which of its parts each is in."""
    mine, theirs = one.split("."), other.split(".")
    place = 0
    while place < min(len(mine), len(theirs)) and mine[place] == theirs[place]:
        place += 1
    return ".".join(mine[:place]), *(".".join(parts[: place + 1]) for parts in (mine, theirs))  # type: ignore[return-value]


def imported_at_once(name: str) -> set[str]:
    """The modules of ours that a module imports as it is imported, and all that these import."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        path = SOURCE.parent.joinpath(*(module := waiting.pop()).split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module in seen or not file.exists():
            continue
        seen.add(module)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("careergraph"):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return seen


def test_commands_do_not_wait_for_the_schema() -> None:
    """Building the GraphQL schema takes longer than most commands do, and 20 MB: only what answers queries pays it."""
    commands = ("import_", "load", "export", "check", "upgrade", "backup", "work", "token", "compare")
    reached = set().union(*[imported_at_once(f"careergraph.cli.{command}") for command in commands])
    assert not reached & {"careergraph.api.schema", "careergraph.api.readers_schema", "careergraph.web.app"}


def test_a_server_does_not_wait_for_the_editors_schema() -> None:
    """It takes longer than all else that readers need."""
    reached = imported_at_once("careergraph.cli.serve")
    assert "careergraph.api.readers_schema" in reached
    assert not [it for it in reached if it.startswith("careergraph.api.editing")]
