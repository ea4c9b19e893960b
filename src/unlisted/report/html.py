"""The report as one HTML file: it loads nothing, runs nothing but its own script, and shows every word escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unlisted.model.result import AuditResult
from unlisted.report import charts, help, pattern, since, view, words  # noqa: A004  (the help lines)

PAGE = "report/page.html.j2"
STYLE = "report/style.css"
SCRIPT = "report/script.js"


def render(result: AuditResult) -> str:
    """The whole page. The same result gives the same bytes."""
    return environment().get_template(PAGE).render(context(result)) + "\n"


def context(result: AuditResult) -> dict[str, Any]:
    """All that the templates ask for by name."""
    return {
        "view": view.view(result),
        "result": result,
        "title": f"Notes {result.made_on:%Y-%m-%d}",
        "policy": policy(),
        "style": style(),
        "script": script(),
        "lines": help.lines_for(result.country),
        "words": words,
        "charts": charts,
        "pattern": pattern,
        "bounds": view,
        "since": since,
    }


@cache
def environment() -> Environment:
    """Everything is escaped whatever its file is called; a name that is missing is an error, not a gap."""
    return Environment(
        loader=PackageLoader("unlisted.templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _finalize(value: Any) -> Any:
    """Every piece of text loses its hidden characters and its excess length; what a template has made is left alone."""
    return words.clean(value) if type(value) is str else value


@cache
def style() -> Markup:
    """Our own style sheet without the spaces that only people need."""
    plain = " ".join(environment().get_template(STYLE).render().split())
    return Markup(re.sub(r" ?([{};,>]) ?|(?<=:) ", r"\1", plain).replace(";}", "}"))  # noqa: S704  (a file of ours, nothing was put into it)


@cache
def script() -> Markup:
    """Our own script without its margins and its remarks, each of which has its own line."""
    lines = environment().get_template(SCRIPT).render().splitlines()
    return Markup("\n".join(plain for line in lines if (plain := line.strip()) and not plain.startswith("/*")))  # noqa: S704  (a file of ours, nothing was put into it)


@cache
def policy() -> str:
    """The content security policy: only this style and this script, by their hashes."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style())}'",
            f"script-src '{_hash(script())}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ),
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
