"""Promise 2, absent capability: a scan of the package for what must never be written into it."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from unlisted.audit import audit
from unlisted.cli.parser import COMMANDS as WRITTEN
from unlisted.data.schema import Directory
from unlisted.errors import NotRead
from unlisted.model import Source, SourceKind
from unlisted.sources.account_hosts import place

NETWORK = {
    "httpx",
    "httpcore",
    "requests",
    "urllib3",
    "socket",
    "ssl",
    "http",
    "ftplib",
    "smtplib",
    "imaplib",
    "telnetlib",
    "xmlrpc",
}
"""Modules that can reach the network."""
MAY = {"sources/fetch", "demo/server.py", "data/domains.py"}
"""Where they may stand: the fetch layer, the demo's loopback server; domains names an address family, and connects to nothing."""
BANNED_WORDS = {
    "search engines": r"google\.com/search|bing\.com/search|duckduckgo\.com/|yandex\.[a-z]+/search|startpage\.com/",
    "reverse geocoding": r"nominatim|reverse[_ ]?geocod|geonames\.org|maps\.googleapis|api\.mapbox",
    "breach and e-mail look-ups": r"haveibeenpwned|hibp|gravatar\.com|emailrep\.io|hunter\.io",
    "face search": r"face_recognition|deepface|insightface|pimeyes|facecheck",
    "watching": r"\bapscheduler\b|\bcrontab\b|\bschedule\.every\b|\bwatchdog\b",
    "telemetry": r"sentry_sdk|posthog|analytics|pypi\.org|update_check",
}
LISTS = re.compile(
    r"https?://[^\s\"']*\{\}?|https?://[^\s\"']*%s|https?://[^\s\"']*\{(user|name|handle|nick|email|phone)[a-z_]*\}"
)
"""An address with a hole for a name in it: the shape of a list of sites to try."""
HOLES = re.compile(r"[=/@:]\{(?:who|user|handle|nick|email|phone|acct|screen_name)[a-z_]*\}")
"""A path or query with a hole for a name in it: the other half of such an address."""
COMMANDS = {"demo", "init", "audit", "photos", "clean", "letter", "track", "checks", "data", "prove"}


def files(root: Path) -> Iterator[tuple[str, str]]:
    """(path below the package, text) of every source file that ships, data and templates included."""
    for folder in ("src/unlisted", "checks", "templates"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".toml", ".j2", ".js", ".html", ".css"} and "person" not in path.parts:
                yield str(path.relative_to(root)).removeprefix("src/unlisted/"), path.read_text(encoding="utf-8")


def imported(tree: ast.AST) -> Iterator[str]:
    """The top names of all imports in a module, also those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_only_the_fetch_layer_and_the_demo_server_can_reach_the_network(root: Path) -> None:
    """No other module imports anything that connects."""
    wrong = [
        (name, module)
        for name, text in files(root)
        if name.endswith(".py") and not any(name.startswith(allowed) for allowed in MAY)
        for module in imported(ast.parse(text))
        if module in NETWORK
    ]
    assert wrong == []


@pytest.mark.parametrize("what", sorted(BANNED_WORDS))
def test_nothing_in_the_code_can_look_somebody_up(root: Path, what: str) -> None:
    """No service of this sort is named in code, cards or templates; registers may name sites to write to."""
    pattern = re.compile(BANNED_WORDS[what], re.IGNORECASE)
    wrong = [name for name, text in files(root) if not name.startswith("data/") and pattern.search(text)]
    assert wrong == []


def test_only_the_demo_listens_and_only_on_loopback(root: Path) -> None:
    """No call that opens a port stands anywhere else."""
    opens = re.compile(r"\.bind\(|create_server\(|HTTPServer\b|\.listen\(")
    found = {name: text for name, text in files(root) if name.endswith(".py") and opens.search(text)}
    assert list(found) == ["demo/server.py"]
    assert 'LOOPBACK = "127.0.0.1"' in found["demo/server.py"]
    assert "0.0.0.0" not in found["demo/server.py"]


def test_no_address_has_a_hole_for_a_name(root: Path) -> None:
    """No list of sites to try: no address in the package is completed with a name, a handle or a number.

    One exception: a reader of account answers writes out a handle that the answer itself names, and it cannot fetch.
    """
    found = [
        (name, hole.group()[:60])
        for name, text in files(root)
        if not name.startswith(("data/", "demo/"))
        for hole in LISTS.finditer(text)
    ]
    assert [item for item in found if not item[0].startswith("sources/accounts/")] == []
    assert len(found) <= 3
    for name, text in files(root):
        assert not name.startswith("sources/accounts/") or "sources.fetch" not in text


def test_only_the_table_of_listed_accounts_has_paths_with_a_hole_for_a_name(root: Path) -> None:
    """The one table of services is completed with the name in an address that the person typed; it holds no whole address.

    Nothing but an account of the subject file reaches it: its one reader takes a source, never a name.
    """
    holed = [name for name, text in files(root) if not name.startswith("data/") and HOLES.search(text)]
    assert holed == ["sources/account_hosts.py"]
    table = (root / "src/unlisted/sources/account_hosts.py").read_text(encoding="utf-8")
    assert "://" not in table
    assert list(inspect.signature(place).parameters) == ["source"]
    with pytest.raises(NotRead):
        place(Source(label="x", kind=SourceKind.ACCOUNT, service="github", address=None))


def test_the_commands_are_those_of_the_design() -> None:
    """No search, no watch, no batch, no server among the commands."""
    assert set(WRITTEN) <= COMMANDS


def test_an_audit_is_of_one_subject() -> None:
    """The call behind every face takes one subject, and its command takes one file."""
    parameters = list(inspect.signature(audit).parameters)
    assert parameters[0] == "subject"
    (names, options), *_ = WRITTEN["audit"][2]
    assert names == ("file",)
    assert "nargs" not in options


def test_no_dependency_brings_a_search_a_crawler_or_a_model(root: Path) -> None:
    """The dependencies are those that the design names, each for its own purpose."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[;]", item)[0] for item in project["dependencies"]}
    assert not names & {
        "maigret",
        "sherlock-project",
        "holehe",
        "scrapy",
        "selenium",
        "playwright",
        "spacy",
        "torch",
        "geopy",
        "reverse-geocoder",
    }
    assert {"httpx", "beautifulsoup4", "exifread", "tldextract", "jinja2"} <= names


def test_the_registers_are_lists_to_write_to(root: Path) -> None:
    """A directory entry has no field for a search address."""
    assert not {name for name in Directory.model_fields if "search" in name or "query" in name}
    assert (root / "src/unlisted/data/directories").is_dir()
