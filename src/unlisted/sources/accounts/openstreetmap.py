"""OpenStreetMap: changesets, users and notes. Who comments is somebody else."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from unlisted.sources.accounts.gather import Gatherer, when
from unlisted.sources.accounts.parse import children, local


def read(root: Element, found: Gatherer) -> None:
    """Changesets give the name and both corners of their box; notes their position; a user the name and the first day."""
    for element in [root] if local(root) in _READERS else children(root, *_READERS):
        _READERS[local(element)](element, found)


def _changeset(element: Element, found: Gatherer) -> None:
    at, key = when(element.get("created_at")), element.get("id", "")
    found.add("nickname", element.get("user"), "user")
    for corner in ("min", "max"):
        found.position(element.get(f"{corner}_lat"), element.get(f"{corner}_lon"), "changeset", at=at, key=key)
    comments = (tag.get("v") for tag in children(element, "tag") if tag.get("k") == "comment")
    found.post(next(comments, ""), at, key)


def _user(element: Element, found: Gatherer) -> None:
    found.add("nickname", element.get("display_name"), "display_name")
    found.time("created_at", element.get("account_created"), "account_created")


def _note(element: Element, found: Gatherer) -> None:
    found.position(element.get("lat"), element.get("lon"), "note", key=element.get("id", ""))


_READERS = {"changeset": _changeset, "user": _user, "note": _note}
