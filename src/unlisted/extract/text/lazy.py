"""A property that is worked out once. `functools.cached_property` takes a lock in Python 3.11, which a short text feels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  it is used like `property`
    """Works the value out at the first look, then stands aside: the instance's own dictionary answers."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> lazy[T] | T:
        """The value for an instance; the property itself for its class."""
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.work(instance)
        return value
