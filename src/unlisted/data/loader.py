"""The registers: directories, platforms, laws, authorities. One TOML file an entry, read when it is asked for.

A directory is found by its host without parsing the others: the files are read as text, and only those that name the
domain are parsed. `Register` holds a list to write to; nothing in here looks anything up on the network.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import ValidationError

from unlisted.data.domains import normalise, registered_domain
from unlisted.data.schema import Authority, Directory, Law, Platform, Sourced
from unlisted.errors import DataError

MAX_ENTRY_BYTES = 64_000
MAX_ENTRIES = 20_000
KINDS: Mapping[str, type[Sourced]] = {
    "directories": Directory,
    "platforms": Platform,
    "laws": Law,
    "authorities": Authority,
}
EntryT = TypeVar("EntryT", bound=Sourced)


def parse(text: str, model: type[EntryT], *, name: str) -> EntryT:
    """One entry from its TOML text; `name` is the file as errors name it.

    Raises:
        DataError: naming the file, the field and what is allowed there.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_ENTRY_BYTES:
        raise DataError(f"{name}: the file is longer than {MAX_ENTRY_BYTES} bytes")
    try:
        return model.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(f"{name}: this is not TOML: {error}") from error
    except ValidationError as error:
        raise DataError(f"{name}: {_first_problem(error, model)}") from error


def _first_problem(error: ValidationError, model: type[Sourced]) -> str:
    """The first mistake in words: the field, what is wrong, what is allowed. It does not repeat what was written."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the file"
    allowed = first.get("ctx", {}).get("expected") or first.get("ctx", {}).get("pattern")
    if first["type"] == "extra_forbidden":
        allowed = ", ".join(model.model_fields) if len(first["loc"]) == 1 else None
        return f"{field}: there is no such field" + (f"; allowed: {allowed}" if allowed else "")
    return f"{field}: {first['msg']}" + (
        f"; allowed: {allowed}" if allowed and str(allowed) not in first["msg"] else ""
    )


def read_texts(folder: Traversable) -> dict[str, str]:
    """The TOML files of a folder by their name without the ending, in order of name."""
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    if len(files) > MAX_ENTRIES:
        raise DataError(f"{folder.name}: the folder holds more than {MAX_ENTRIES} entries")
    return {item.name.removesuffix(".toml"): _read(item) for item in files}


def _read(item: Traversable) -> str:
    """The text of a file; of one above the limit no more than is needed to refuse it."""
    try:
        with item.open("rb") as file:
            return file.read(MAX_ENTRY_BYTES + 1).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{item.name}: cannot be read as UTF-8 text") from error


class Register:
    """The directories: parsed one by one, when they are asked for."""

    def __init__(self, texts: Mapping[str, str], extra: Iterable[Directory] = ()) -> None:
        self._texts = dict(texts)
        self._extra = {entry.id: entry for entry in extra}
        self._parsed: dict[str, Directory] = {}

    def plus(self, *entries: Directory) -> Register:
        """A register with these entries as well; they come before those of the same id or host."""
        more = Register(self._texts, (*self._extra.values(), *entries))
        more._parsed = self._parsed
        return more

    def by_id(self, entry_id: str) -> Directory | None:
        """The entry of this id, or None."""
        if entry_id in self._extra:
            return self._extra[entry_id]
        if entry_id not in self._parsed and entry_id in self._texts:
            name = f"directories/{entry_id}.toml"
            self._parsed[entry_id] = parse(self._texts[entry_id], Directory, name=name)
        return self._parsed.get(entry_id)

    def by_host(self, host: str, *, country: str | None = None) -> Directory | None:
        """The entry that a host belongs to: its own name first, then each longer part down to the registered domain.

        Where several entries share a domain (one firm, several countries), the one for `country` comes first.
        """
        for domain in _names_of(host):
            found = self._with_domain(domain)
            if found:
                return next((entry for entry in found if country in entry.countries), found[0])
        return None

    def _with_domain(self, domain: str) -> list[Directory]:
        written = (f'"{domain}"', f"'{domain}'")
        named = (key for key, text in self._texts.items() if any(words in text for words in written))
        ids = [*self._extra, *(key for key in named if key not in self._extra)]
        entries = (self.by_id(entry_id) for entry_id in ids)
        return [entry for entry in entries if entry is not None and domain in entry.domains]

    def __iter__(self) -> Iterator[Directory]:
        ids = [*self._extra, *(key for key in self._texts if key not in self._extra)]
        return (entry for entry in map(self.by_id, ids) if entry is not None)

    def __len__(self) -> int:
        return len(self._texts.keys() | self._extra.keys())


def _names_of(host: str) -> list[str]:
    """The host and its parents down to the registered domain, longest first; nothing for a bad host."""
    domain, plain = registered_domain(host), normalise(host)
    if domain is None or plain is None:
        return []
    labels = plain.split(".")
    names = [".".join(labels[start:]) for start in range(len(labels))]
    own = [name for name in names if name.endswith("." + domain)]
    return [*own, domain]


def _folder(kind: str) -> Traversable:
    return resources.files("unlisted.data") / kind


@cache
def _base() -> Register:
    return Register(read_texts(_folder("directories")))


def directories(extra: Iterable[Directory] = ()) -> Register:
    """The directory register that is shipped, and `extra` entries (the demo's, or a person's own)."""
    entries = tuple(extra)
    return _base().plus(*entries) if entries else _base()


def _all(kind: str, model: type[EntryT]) -> dict[str, EntryT]:
    texts = read_texts(_folder(kind))
    return {key: parse(text, model, name=f"{kind}/{key}.toml") for key, text in texts.items()}


@cache
def laws() -> Mapping[str, Law]:
    """The law entries by id."""
    return _all("laws", Law)


@cache
def platforms() -> Mapping[str, Platform]:
    """The platform entries by id."""
    return _all("platforms", Platform)


@cache
def authorities() -> Mapping[str, Authority]:
    """The supervisory authorities by id."""
    return _all("authorities", Authority)
