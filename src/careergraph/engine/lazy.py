"""A property that is computed once."""

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Item = TypeVar("Item")


class lazy(Generic[Owner, Item]):
    """Compute a property when it is first read. `functools.cached_property` takes a lock, which costs as much as a row
    of the glance."""

    def __init__(self, compute: Callable[[Owner], Item]) -> None:
        self._compute, self._name, self.__doc__ = compute, compute.__name__, compute.__doc__

    def __get__(self, instance: Owner, owner: type[Owner]) -> Item:
        item = instance.__dict__[self._name] = self._compute(instance)
        return item
