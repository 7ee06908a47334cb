"""Edit: one document as a form, made from its definition; saving, conflicts, and items that come, go and move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import JSONResponse, Response

from careergraph.editorial.access.roles import Verb
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.web.admin.forms.build import Builder, Node
from careergraph.web.admin.forms.definition import Kind, has_texts
from careergraph.web.admin.forms.focus import next_focus
from careergraph.web.admin.forms.read import Reader
from careergraph.web.admin.forms.shape import is_shaping, shape
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.conflict import merged, show_conflict
from careergraph.web.admin.screens.lists.documents import state_of, type_of
from careergraph.web.admin.screens.picture import add_image, chosen_file, picture_of
from careergraph.web.admin.screens.preview import shown_beside
from careergraph.web.admin.screens.release_titles import titles_of
from careergraph.web.admin.visit import Data, Visit, missing

OWN_SECTION = (Kind.LIST, Kind.MAP, Kind.VALUES, Kind.PART)
"""The kinds of fields that have a section of their own."""
SUGGESTED = ("career", "skill")
"""The types of references that are searched for while somebody types."""
IDENTS = ("slug", "key", "code", "a", "b")
"""The fields that name a document: a rename changes them, not a save."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form to show: the document in it, the revision that its next save starts from, and what is wrong with it.
    `origin` is the revision in which its items had the positions that they name, where that is another one; `shaping`
    is the action by which an item came, went or moved."""

    document: Mapping[str, Any]
    base: int | None
    problems: Sequence[Data] = ()
    origin: int | None = None
    refused: bool = False
    changed: bool = False
    restored: bool = False
    shaping: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A document that somebody edits: its type, and how it stands; no `standing` for a new one."""

    type_name: str
    standing: Data | None = None
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of its screen."""
        return f"new/{self.type_name}" if self.standing is None else path_of(self.type_name, self.standing["slug"])

    @property
    def revision(self) -> int | None:
        """The revision that the next save starts from."""
        return None if self.standing is None else self.standing["revision"]


def path_of(type_name: str, slug: str) -> str:
    """The path of the screen of a document."""
    return f"documents/{type_name}/{slug}"


async def edit(visit: Visit) -> Response:
    """Show a document as a form, or save it. Raises Failed and Refusal."""
    work = await load(visit)
    if visit.request.method == "POST":
        return await _act(visit, work)
    return await show(visit, work, Sheet(work.body, work.revision))


async def new(visit: Visit) -> Response:
    """Show the form of a new document, or save it. Raises Failed and Refusal."""
    work = Work(type_of(visit))
    visit.require(Verb.SAVE_DRAFT, work.type_name)
    if visit.request.method == "POST":
        return await _act(visit, work)
    return await show(visit, work, Sheet({}, None))


async def load(visit: Visit) -> Work:
    """The document of the address, as its draft says, or else as it is live. Raises Refusal (NOT_FOUND)."""
    type_name = type_of(visit)
    data = await visit.ask("document", type=type_name.upper(), slug=visit.names["slug"])
    if (standing := data["editor"]["document"]) is None:
        raise missing()
    last = standing["history"][0]["document"] if standing["history"] else None
    drafted = standing["draft"]["document"] if standing["draft"] else None
    return Work(type_name, standing, drafted or standing["live"] or last or {})


async def show(visit: Visit, work: Work, sheet: Sheet) -> Response:
    """The form of a document."""
    worded = [{**each, "message": visit.words.problem(each)} for each in sheet.problems]
    builder = Builder(visit.catalog, worded)
    document = sheet.document
    nodes = builder.document(work.type_name, document)
    if work.standing is not None:
        nodes = [node for node in nodes if node.name not in IDENTS]
    sections = [node for node in nodes if node.field.kind in OWN_SECTION]
    may_write = visit.may(Verb.SAVE_DRAFT, work.type_name)
    locale = visit.form.get("@locale") or visit.query.get("locale") or DEFAULT_LOCALE
    if builder.languages and locale not in builder.languages:
        locale = builder.languages[0]  # no other texts are there to be mended
    focus = next_focus(nodes, sheet.shaping, locale) if sheet.shaping else ""
    view = replace(view_of(visit, work, _lacking(nodes, visit)), focus=focus)
    return visit.render(
        "edit.html",
        status=422 if sheet.problems else 200,
        type_name=work.type_name,
        document=work.standing,
        title=_title(visit, work),
        here_path=work.path,
        state=None if work.standing is None else state_of(work.standing),
        form=view,
        basics=[node for node in nodes if node.field.kind not in OWN_SECTION],
        sections_of_form=sections,
        base=sheet.base,
        origin=sheet.origin or sheet.base,
        mistakes=[{**each, "field": _shown_at(work, builder, each)} for each in worded],
        refused=sheet.refused,
        stopping=await _stopping(visit, work),
        place=lambda problem: view.problem_place(problem, work.standing["slug"] if work.standing else "", document),
        changed=sheet.changed,
        restored=sheet.restored,
        suggested=SUGGESTED,
        releases=await titles_of(visit, [(work.standing or {}).get("release")]),
        chosen_locale=locale,
        may_write=may_write,
        has_texts=has_texts(work.type_name),
        preview=None if work.standing is None else shown_beside(visit, work.type_name, work.standing["slug"]),
        picture=await picture_of(visit, work.type_name, document),
        may_discard=visit.may(Verb.DISCARD_DRAFT, work.type_name),
    )


async def _act(visit: Visit, work: Work) -> Response:
    """Shape the form, or save what it says. Raises Failed and Refusal."""
    visit.require(Verb.SAVE_DRAFT, work.type_name)
    action, base = visit.form.get("do", "save"), visit.form.number("@base")
    origin = visit.form.number("@origin") or base  # saves by themselves move the base on, and the form stays
    started = await _body_at(visit, work, origin)
    if is_shaping(action) or action in ("show", "picture"):
        return await _go_on(visit, work, started, Sheet({}, base, origin=origin, changed=True))
    if action == "merge":
        document = merged(visit, started)
    else:
        document = _reader(visit, work).document(visit.form.fields, started)
        document |= chosen_file(visit, work.type_name)
    if document == work.body and work.standing is not None:  # also where an autosave came before, unheard
        return _saved(visit, work, action, work.revision)
    note = visit.form.get("@note")
    result = await visit.run("save", type=work.type_name.upper(), document=document, base=base, note=note)
    if result["__typename"] == "SavedDraft":
        work = Work(work.type_name, {"slug": result["document"]["slug"], "revision": result["revision"]})
        return _saved(visit, work, action, result["revision"])
    if visit.wants_part:
        return JSONResponse({"refused": result["__typename"], "problems": result.get("problems", [])}, 409)
    return await _refused(visit, work, Sheet(document, base, (), origin, refused=True, changed=True), result)


async def _refused(visit: Visit, work: Work, sheet: Sheet, result: Data) -> Response:
    """Show what was typed, and why it was not saved. Raises Failed and Refusal."""
    if result["__typename"] == "Rejected":
        return await show(visit, work, replace(sheet, problems=result["problems"]))
    if work.standing is not None:
        return show_conflict(visit, work.path, result, view_of(visit, work))
    if result["theirs"] == sheet.document:  # sent twice
        named = Work(work.type_name, result["key"])
        return _saved(visit, named, visit.form.get("do", "save"), result["revision"])
    problem = _taken(visit, sheet.document, result["key"]["slug"])
    return await show(visit, work, replace(sheet, problems=[problem]))


def _taken(visit: Visit, document: Mapping[str, Any], slug: str) -> Data:
    """That another document has the name of a new one: who began with nothing has no side of it to choose."""
    path = next(name for name in IDENTS if document.get(name))
    return {"path": path, "message": visit.words("edit.taken", name=slug)}


async def _go_on(visit: Visit, work: Work, started: Mapping[str, Any], sheet: Sheet) -> Response:
    """Show what was typed, in another shape or with a picture, and save nothing of it. Raises Failed and Refusal."""
    action, problems = visit.form.get("do"), list[Data]()
    document = _reader(visit, work, shaped=True).document(visit.form.fields, started)
    document |= chosen_file(visit, work.type_name)
    if action == "picture":
        slug = visit.form.get("slug") if work.standing is None else work.standing["slug"]
        problems = await add_image(visit, work.type_name, document, slug)
    else:
        shape(document, action)
    shaping = action if is_shaping(action) else ""
    sheet = replace(sheet, document=document, problems=problems, restored=action == "show", shaping=shaping)
    return await show(visit, work, sheet)


def _saved(visit: Visit, work: Work, action: str, revision: int | None) -> Response:
    if visit.wants_part:
        return JSONResponse({"revision": revision})
    mark = visit.form.get("@sent")  # by which the script of the next page knows that the typing arrived
    if action == "changes":
        return visit.go(f"{work.path}/changes", sent=mark)
    return visit.go(work.path, note="saved", locale=visit.form.get("@locale"), sent=mark)


def view_of(visit: Visit, work: Work, lacking: Mapping[str, int] | None = None) -> FormView:
    """The view of a document's fields, for templates."""
    locked = not visit.may(Verb.SAVE_DRAFT, work.type_name)
    return FormView(visit.words, visit.catalog, visit.actor.scope, locked, _differences(work), lacking or {})


async def _stopping(visit: Visit, work: Work) -> Sequence[Data]:
    """Return the problems that stop a draft that was just saved from being published. Raises Failed."""
    if work.standing is None or visit.query.get("note") != "saved":
        return ()
    data = await visit.ask("problems", type=work.type_name.upper(), slug=work.standing["slug"])
    document = data["editor"]["document"] or {}
    return document.get("problems") or ()


def _reader(visit: Visit, work: Work, *, shaped: bool = False) -> Reader:
    return Reader(work.type_name, visit.catalog.attributes, visit.actor.name, shaped=shaped)


async def _body_at(visit: Visit, work: Work, base: int | None) -> Mapping[str, Any]:
    """The document that a form started from. Raises Refusal (NOT_FOUND)."""
    if base == work.revision:
        return work.body
    if base is None or work.standing is None:
        return {}
    slug = work.standing["slug"]
    data = await visit.ask("revision", type=work.type_name.upper(), slug=slug, number=base)
    if (revision := data["editor"]["revision"]) is None:
        raise missing()
    return revision["document"] or {}


def _differences(work: Work) -> Sequence[Data]:
    standing = work.standing
    return (standing["difference"] or ()) if standing is not None and standing["live"] else ()


def _shown_at(work: Work, builder: Builder, problem: Data) -> str:
    """The id of the field that shows a problem; empty where none does."""
    named = work.standing is not None and problem["path"] in IDENTS
    return "" if named else builder.field_of(problem["path"])


def _lacking(nodes: Sequence[Node], visit: Visit) -> dict[str, int]:
    """Return how many texts of a form each language lacks."""
    texts = [each for node in nodes for each in _texts(node)]
    codes = [code for code in visit.catalog.locales if code != DEFAULT_LOCALE]
    return {code: sum(1 for each in texts if each.get(DEFAULT_LOCALE) and not each.get(code)) for code in codes}


def _texts(node: Node) -> list[Mapping[str, str]]:
    inside = [text for each in node.nodes for text in _texts(each)]
    return [node.texts, *inside] if node.texts else inside


def _title(visit: Visit, work: Work) -> str:
    if work.standing is None:
        return visit.words(f"list.new.{work.type_name}")
    return str(work.standing["title"] or work.standing["slug"])
