"""Footprint: how many bytes of memory what is derived takes, beside the content that it is derived from."""

import gc
import sys
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

from careergraph.engine.content import Career, CareerSkill, Catalog, Category, Collection, Skill
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import Locale

_NOT_COUNTED = (
    *(type, ModuleType, FunctionType, BuiltinFunctionType, CodeType),
    *(Career, CareerSkill, Catalog, Category, Collection, Skill, Attribute, Locale, str),
)


def footprint(root: object) -> int:
    """Return the bytes of all objects that one refers to, but for texts and content."""
    left, seen, size = [root], set[int](), 0
    while left:
        item = left.pop()
        if id(item) not in seen and not isinstance(item, _NOT_COUNTED):
            seen.add(id(item))
            size += sys.getsizeof(item)
            left.extend(gc.get_referents(item))
    return size
