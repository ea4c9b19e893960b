"""The report as one HTML file: it loads nothing, runs nothing but its own script, and shows every word escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unlisted.model.result import AuditResult
from unlisted.report import charts, help, since, view, words  # noqa: A004  (the help lines)

PAGE = "report/page.html.j2"
STYLE = "report/style.css"
SCRIPT = "report/script.js"


def render(result: AuditResult) -> str:
    """The whole page. The same result gives the same bytes."""
    shown = view.view(result)
    context = {
        "view": shown,
        "result": result,
        "title": f"Notes {result.made_on:%Y-%m-%d}",
        "policy": policy(),
        "lines": help.lines_for(result.country),
        "words": words,
        "charts": charts,
        "bounds": view,
        "since": since,
    }
    return environment().get_template(PAGE).render(context) + "\n"


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
def policy() -> str:
    """The content security policy: only this style and this script, by their hashes."""
    style, script = (_hash(environment().get_template(name).render()) for name in (STYLE, SCRIPT))
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{style}'",
            f"script-src '{script}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ),
    )


def _hash(text: str | Markup) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
