"""The command line: a table of commands, each with its arguments and the function that runs it, loaded only when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import metadata
from typing import Any

ABOUT = """See what strangers can learn about you from your own pages, photos and directory listings.
Then make the fewest changes that close the ways in. It runs on this computer and tells nobody."""

AFTER = """Start with:  unlisted demo              a fictional person, from start to report
Then:        unlisted init me.toml      answer a few questions
             unlisted audit me.toml     look, and write the report

Someone who uses this computer may see that you ran this. `unlisted init -` and `unlisted audit -` leave no file behind."""

Argument = tuple[tuple[str, ...], dict[str, Any]]


def arg(*names: str, **options: Any) -> Argument:
    """One argument of a command, as argparse takes it."""
    return names, options


LETTER_OUT: tuple[Argument, ...] = (
    arg("--out", metavar="DIR", help="write into this folder, over nothing (default: print the letter)"),
    arg("--pdf", type=str.lower, choices=("a4", "us-letter"), help="also as PDF on this paper (needs unlisted[pdf])"),
    arg("--eml", action="store_true", help="also as a draft for a mail program"),
    arg("--mailto", action="store_true", help="print a link that opens a mail program with the letter in it"),
    arg(
        "--language",
        metavar="xx",
        help="the letter's language (default: the recipient's, or yours for someone named by --recipient)",
    ),
    arg("--allow", action="append", default=[], metavar="LABEL", help="sign off a fact that the letter may newly tell"),
)

COMMANDS: Mapping[str, tuple[str, str, tuple[Argument, ...]]] = {
    "demo": (
        "audit a fictional person and write the report",
        "unlisted.demo.command:run",
        (arg("--out", metavar="DIR", help="folder to write to (default: the current one)"),),
    ),
    "init": (
        "answer a few questions and get a subject file",
        "unlisted.cli.init:run",
        (
            arg("file", nargs="?", default="me.toml", metavar="FILE|-", help="file to write, - for standard output"),
            arg("--vcard", metavar="FILE", help="take name, address, phones and more from a contact card (.vcf)"),
        ),
    ),
    "audit": (
        "look at your sources and write the report",
        "unlisted.cli.audit:run",
        (
            arg("file", metavar="FILE|-", help="the subject file, - for standard input"),
            arg("--report", metavar="FILE", help="the report as one HTML file (default: notes-DATE.html here)"),
            arg("--json", metavar="FILE|-", help="the same as data, - for standard output"),
            arg("--text", metavar="FILE|-", help="the report as plain text, - for standard output"),
            arg(
                "--letters",
                metavar="DIR|ZIP",
                help="write removal letters, reminders and a table into this folder or file; where those of an earlier run "
                "lie, into the next free name, such as DIR-2",
            ),
            arg(
                "--pdf",
                type=str.lower,
                choices=("a4", "us-letter"),
                help="letters also as PDF on this paper (needs unlisted[pdf])",
            ),
            arg("--since", metavar="OLD.json", help="compare with an earlier audit, the file that --json wrote then"),
            arg(
                "--english",
                action="store_true",
                help="letters in English (default: in the recipient's language, with a copy)",
            ),
            arg(
                "--fail-on", choices=("now", "soon", "later"), help="exit with 1 if a finding is at least this pressing"
            ),
        ),
    ),
    "photos": (
        "say what photos give away",
        "unlisted.cli.photos:run",
        (
            arg("paths", nargs="+", metavar="PATH", help="photos, videos or folders"),
            arg("--json", metavar="FILE|-", help="as data, - for standard output"),
            arg("--look", action="store_true", help="compare small pictures inside by their look (slower)"),
        ),
    ),
    "clean": (
        "make copies of photos and videos without what they give away",
        "unlisted.cli.clean:run",
        (
            arg("paths", nargs="+", metavar="PATH", help="photos, videos or folders; they stay as they are"),
            arg("--to", required=True, metavar="DIR", help="folder for the copies, which keep their names"),
            arg("--keep", action="append", default=[], metavar="GROUP", help="keep place, identity, time or device"),
            arg("--drop", action="append", default=[], metavar="GROUP", help="drop only this, and keep the others"),
            arg("--time", choices=("day", "none"), help="keep only the day, or nothing of the time"),
            arg("--neutral-names", action="store_true", help="name the copies photo-0001.jpg and so on"),
            arg("--manifest", metavar="FILE", help="say as data what was taken out of which file, without any value"),
        ),
    ),
    "letter": (
        "write one letter, or list the kinds",
        "unlisted.cli.letter:run",
        (
            arg("kind", metavar="KIND|all|list", help="which letter, all for one to each site, list to see the kinds"),
            arg("--subject", metavar="FILE|-", help="the subject file, - for standard input"),
            arg("--record", action="append", default=[], metavar="LABEL", help="the source that the letter is about"),
            arg("--to", metavar="DIRECTORY", help="a directory by its id (default: the site that shows the record)"),
            arg("--authority", metavar="ID", help="an authority by its id (complaints: that of your country)"),
            arg("--recipient", metavar="NAME", help="someone else by name"),
            arg("--email", metavar="ADDRESS", help="the recipient's e-mail address, where you know it"),
            arg("--post", action="append", default=[], metavar="LINE", help="a line of the recipient's post address"),
            arg("--law", metavar="ID", help="the law to name (default: one that fits, or none)"),
            arg("--after", nargs=2, metavar=("REFERENCE", "DAY"), help="the earlier letter that this one follows"),
            arg("--look", action="store_true", help="open the record first, and use the words that it shows"),
            arg("--zip", metavar="FILE", help="write everything into this one file, with a reminder and a table"),
            arg("--english", action="store_true", help="all: in English (default: in the recipient's language)"),
            arg("--track", metavar="FILE", help="keep in this file that you asked"),
            *LETTER_OUT,
        ),
    ),
    "track": (
        "keep track of requests in a file that you name",
        "unlisted.cli.track:run",
        (
            arg("file", metavar="FILE", help="the file; nothing is kept elsewhere"),
            arg(
                "action",
                choices=("add", "list", "due", "answer", "ics", "look", "remind", "complain"),
                help="add a request, list all, say what is due, keep an answer, make calendar reminders, look at the page "
                "again, write a reminder, write a complaint",
            ),
            arg("reference", nargs="?", metavar="REFERENCE", help="which request"),
            arg("answer", nargs="?", metavar="ANSWER", help="answer: what they said, such as fulfilled or denied"),
            arg(
                "--subject",
                metavar="FILE|-",
                help="look, remind, complain: the subject file; a page that it gives as a saved file is not opened online",
            ),
            arg("--reason", metavar="WORDS", help="answer denied: why, such as 'not covered'"),
            arg("--kind", metavar="KIND", help="add: which letter it was"),
            arg("--recipient", metavar="NAME", help="add: who got it"),
            arg("--record", metavar="LABEL", help="add: the source that it is about"),
            arg("--law", metavar="ID", help="add: the law that it names"),
            arg("--on", metavar="DAY", help="the day that counts as today, such as 2026-11-21"),
            arg("--authority", metavar="ID", help="complain: which authority"),
            *LETTER_OUT,
        ),
    ),
    "checks": (
        "list the checks, show one, write a new one, or test them",
        "unlisted.cli.checks:run",
        (
            arg("action", choices=("list", "show", "new", "test"), help="what to do"),
            arg("name", nargs="?", metavar="FAMILY/NAME", help="which check"),
            arg("--in", dest="folder", default="checks", metavar="DIR", help="where new checks go (default: checks)"),
            arg("--python", action="store_true", help="new: a check with a function beside its card"),
        ),
    ),
    "data": (
        "check the registers, or count what is in them",
        "unlisted.cli.data:run",
        (
            arg("action", choices=("check", "stats"), help="what to do"),
            arg("path", nargs="?", metavar="DIR", help="check: a folder of entries (default: the built-in ones)"),
        ),
    ),
    "prove": (
        "rehearse how to show that an account or page is yours; nothing is stored",
        "unlisted.cli.prove:run",
        (
            arg("address", metavar="ADDRESS", help="your account or page"),
            arg("--service", metavar="NAME", help="the service of an account, such as mastodon"),
        ),
    ),
}


def parser() -> argparse.ArgumentParser:
    """The parser for the whole command line."""
    top = argparse.ArgumentParser(
        prog="unlisted", description=ABOUT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"unlisted {metadata.version('unlisted')}")
    commands = top.add_subparsers(metavar="COMMAND", title="commands")
    for name, (help_text, run, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text.capitalize() + ".")
        for names, options in arguments:
            command.add_argument(*names, **options)
        command.set_defaults(run=run)
    return top
