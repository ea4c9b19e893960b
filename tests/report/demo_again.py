"""The fictional person, audited before and after the first three steps of the plan: pages, photos and record really change."""

from __future__ import annotations

import random
import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from unlisted.audit import audit
from unlisted.demo.play import NOW, register
from unlisted.demo.server import serve, sites
from unlisted.model import AuditResult
from unlisted.remedy.clean import Cleaned, clean
from unlisted.report import json
from unlisted.report.schema import AuditShape
from unlisted.sources.fetch import Fetcher
from unlisted.sources.subject_file import load

FIRST = ("camera roll/clean/photos", "my blog/edit/routine", "people directory/letter/listing")
"""The first three steps of the demo's plan: what `done` does."""
TIMES = re.compile(r"<p>[^<]*(?:Every Tuesday|We fly out)[^<]*</p>")
GONE = "<!doctype html><title>Record not found</title><h1>Record not found</h1><p>This record was removed.</p>"


def before_and_after(folder: Path) -> tuple[AuditResult, AuditResult]:
    """The audit, and the audit after the first three steps beside the first one; `folder` is an empty one to work in."""
    person = folder / "person"
    with as_file(files("unlisted.demo") / "person") as shipped:
        shutil.copytree(shipped, person)
    before = audited(person)
    done(person, folder / "clean")
    return before, audited(person, AuditShape.model_validate_json(json.render(before)))


def audited(person: Path, since: AuditShape | None = None) -> AuditResult:
    """One audit of the person in this folder."""
    subject = load(str(person / "me.toml"))
    typed = tuple(source.address for source in subject.sources if source.address)
    with serve(sites(person)) as dial, Fetcher(dial=dial, typed=typed, sleep=lambda _seconds: None) as fetcher:
        chance = random.Random(0)
        return audit(subject, now=NOW, rng=chance, fetcher=fetcher, register=register(person), since=since)


def done(person: Path, cleaned: Path) -> None:
    """Cleaned copies in place of the photos, a blog without its regular times, a directory without the record."""
    roll, blog = person / "photos" / "roll", person / "pages" / "blog.html"
    cleaned.mkdir()
    for photo in sorted(roll.iterdir()):
        assert isinstance(clean(photo, to=cleaned / photo.name), Cleaned), photo.name
    shutil.rmtree(roll)
    shutil.copytree(cleaned, roll)
    text, number = TIMES.subn("", blog.read_text(encoding="utf-8"))
    assert number == 2
    blog.write_text(text, encoding="utf-8")
    (person / "pages" / "listing.html").write_text(GONE, encoding="utf-8")
