"""Reading: what a resolver gives, found in its source, so that a plan need not call it nor make its object.

Only what is plain is read: assignments and one return, of attributes, objects of GraphQL types, lists of them, and
objects that may be absent. Whatever else a resolver does is left as it stands: its expressions are run, or it is
called. The resolver stays the one place that says what a field is.
"""

import ast
import inspect
from collections.abc import Mapping
from types import FunctionType, ModuleType
from typing import Any

from careergraph.api.base import describe
from careergraph.api.compiler.expression import Code, Each, Form, Let, Make, Maybe, Mirror, Unplanned
from careergraph.api.compiler.names import OURS, Names
from careergraph.api.compiler.source import body_of

DEEPEST = 8
"""How many functions that call each other are read at most."""


def places(cls: type) -> tuple[str, ...]:
    """The private fields of a GraphQL type in the order in which it is made of them; Unplanned for others' types."""
    if getattr(cls.__init__, "__module__", None) != describe.__name__:  # type: ignore[misc] # of a class, not an object
        raise Unplanned(f"{cls.__name__} is not made from its places")
    return tuple(dict.fromkeys(name for base in reversed(cls.__mro__) for name in inspect.get_annotations(base)))


class Reader:
    """Reads resolvers into forms over local variables and named things."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def read(self, function: FunctionType, arguments: Mapping[str, Form], depth: int = 0) -> Form:
        """What a function gives for its arguments. Raises Unplanned where its source does not plainly say."""
        if depth > DEEPEST or function.__closure__:
            raise Unplanned(f"{function.__qualname__} is not plain")
        *before, last = body_of(function)
        scope = _Scope(self._names, function.__globals__, dict(arguments), depth)
        for statement in before:
            scope.assign(statement)
        if not isinstance(last, ast.Return) or last.value is None:
            raise Unplanned(f"{function.__qualname__} does not end in its return")
        return scope.within(scope.form(last.value))

    def code(self, form: Form) -> str:
        """The expression that makes what a form stands for."""
        return _code(self._names, form)


class _Scope:
    """The local names of one function that is read."""

    def __init__(self, names: Names, globals_: Mapping[str, Any], forms: dict[str, Form], depth: int) -> None:
        self._names, self._globals, self._forms, self._depth = names, globals_, forms, depth
        self._lets: list[tuple[str, str]] = []

    def within(self, form: Form) -> Form:
        """A form behind the variables that it needs."""
        for name, value in reversed(self._lets):
            form = Let(name, value, form)
        self._lets.clear()
        return form

    def assign(self, statement: ast.stmt) -> None:
        """Reads an assignment to one local name."""
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or value is None:
            raise Unplanned("a statement is more than an assignment")
        form = self.form(value)
        if not isinstance(form, Code | Make | Mirror):
            raise Unplanned("a list of objects is used as a value")
        self._forms[target.id] = Code(self._local(form.text)) if isinstance(form, Code) else form

    def form(self, node: ast.expr) -> Form:
        """What an expression gives."""
        match node:
            case ast.Name() | ast.Constant():
                return self._named(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Call():
                return self._call(node)
            case _:
                return self._composed(node)

    def _composed(self, node: ast.expr) -> Form:
        match node:
            case ast.ListComp(elt=item, generators=[ast.comprehension(ast.Name(id=name), items, [], 0)]):
                return self._each(items, name, item)
            case ast.IfExp(test, body, ast.Constant(value=None)):
                return self._maybe(self._plain(test), body)
            case ast.IfExp(test, ast.Constant(value=None), orelse):
                return self._maybe(f"not ({self._plain(test)})", orelse)
            case _:
                return Code(self._plain(node))

    def _named(self, node: ast.Name | ast.Constant) -> Form:
        if isinstance(node, ast.Constant):
            return Code(self._names.thing(node.value))
        return self._forms.get(node.id) or Code(self._names.thing(self._static(node)))

    def _attribute(self, node: ast.Attribute) -> Form:
        if (thing := self._static_or_none(node)) is not None:
            return Code(self._names.thing(thing))
        of = self.form(node.value)
        if isinstance(of, Make) and node.attr in of.fields:
            return Code(of.fields[node.attr])
        return Code(f"{_code(self._names, of)}.{node.attr}")

    def _each(self, items: ast.expr, name: str, item: ast.expr) -> Form:
        text, local = self._plain(items), self._names.fresh()
        inner = _Scope(self._names, self._globals, self._forms | {name: Code(local)}, self._depth)
        return Each(text, local, inner.within(inner.form(item)))

    def _maybe(self, test: str, node: ast.expr) -> Form:
        inner = _Scope(self._names, self._globals, self._forms, self._depth)
        return Maybe(test, inner.within(inner.form(node)))

    def _call(self, node: ast.Call) -> Form:
        if mirror := self._mirror(node):
            return mirror
        called = self._static_or_none(node.func)
        if node.keywords or any(isinstance(it, ast.Starred) for it in node.args):
            return Code(self._plain(node))
        if isinstance(called, type) and hasattr(called, "__strawberry_definition__"):
            return self._made(called, node.args)
        if isinstance(called, FunctionType) and called.__module__.startswith("careergraph.api."):
            return self._inner(called, node)
        return Code(self._plain(node))

    def _made(self, cls: type, values: list[ast.expr]) -> Make:
        names = places(cls)
        if len(names) != len(values):
            raise Unplanned(f"{cls.__name__} is made of other places")
        return Make(cls, {name: self._local(self._plain(it)) for name, it in zip(names, values, strict=True)})

    def _mirror(self, node: ast.Call) -> Mirror | None:
        """`TABLE[type(it)](it, view)`: the GraphQL type by the engine's."""
        match node:
            case ast.Call(
                ast.Subscript(ast.Name() as table, ast.Call(ast.Name(id="type"), [key], [])), [of, view], []
            ) if ast.dump(key) == ast.dump(of):
                classes = self._static_or_none(table)
                if isinstance(classes, Mapping) and all(places(it) == ("of", "view") for it in classes.values()):
                    return Mirror(classes, {n: self._local(self._plain(it)) for n, it in (("of", of), ("view", view))})
        return None

    def _inner(self, function: FunctionType, node: ast.Call) -> Form:
        """A function of ours is read in its turn, where that is possible."""
        before = len(self._lets)
        try:
            names = list(inspect.signature(function).parameters)
            values = [self.form(it) for it in node.args]
            settled = [Code(self._local(it.text)) if isinstance(it, Code) else it for it in values]
            if len(names) != len(settled):
                raise Unplanned("arguments are left to their defaults")
            return Reader(self._names).read(function, dict(zip(names, settled, strict=True)), self._depth + 1)
        except Unplanned:
            del self._lets[before:]
            return Code(self._plain(node))

    def _local(self, text: str) -> str:
        """The name of a local variable that has this value."""
        if text.isidentifier():
            return text
        name = self._names.fresh()
        self._lets.append((name, text))
        return name

    def _plain(self, node: ast.expr) -> str:
        """The expression as it stands, over our names."""
        return ast.unparse(_Renaming(self, _bound(node)).visit(ast.parse(ast.unparse(node), mode="eval").body))

    def replaced(self, node: ast.expr) -> ast.expr:
        """The expression over our names for one over the function's."""
        return ast.parse(_code(self._names, self.form(node)), mode="eval").body

    def _static_or_none(self, node: ast.expr) -> Any:
        try:
            return self._static(node)
        except Unplanned:
            return None

    def _static(self, node: ast.expr) -> Any:
        """The thing that a name of the module stands for."""
        match node:
            case ast.Name(id=name) if name not in self._forms:
                builtins = self._globals.get("__builtins__", {})
                builtin_names = builtins if isinstance(builtins, dict) else vars(builtins)
                if name in self._globals or name in builtin_names:
                    return self._globals.get(name, builtin_names.get(name))
            case ast.Attribute(value=ast.Name() as owner, attr=attr):
                module = self._static(owner)
                if isinstance(module, ModuleType) and hasattr(module, attr):
                    return getattr(module, attr)
        raise Unplanned(f"{ast.unparse(node)} is not known before the plan runs")


class _Renaming(ast.NodeTransformer):
    """Puts our names in place of a function's; those that an expression binds itself stay."""

    def __init__(self, scope: _Scope, bound: set[str]) -> None:
        self._scope, self._bound = scope, bound

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name on its own."""
        return node if node.id in self._bound else self._scope.replaced(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """A name with what follows it."""
        root: ast.expr = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and root.id not in self._bound:
            return self._scope.replaced(node)
        return self.generic_visit(node)


def _bound(node: ast.expr) -> set[str]:
    """The names that an expression binds itself. Raises Unplanned where one of them could be ours."""
    names = {it.id for it in ast.walk(node) if isinstance(it, ast.Name) and not isinstance(it.ctx, ast.Load)}
    names |= {it.arg for it in ast.walk(node) if isinstance(it, ast.arg)}
    if any(OURS.fullmatch(name) for name in names):
        raise Unplanned("a name of the function could be one of ours")
    return names


def _code(names: Names, form: Form) -> str:
    match form:
        case Code(text):
            return text
        case Make(cls, fields):
            return f"{names.thing(cls)}({', '.join(fields.values())})"
        case _:
            raise Unplanned("an object that may be absent, or a list of objects, is used as a value")
