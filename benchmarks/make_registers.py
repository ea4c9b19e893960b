"""Turn gathered tables of facts into register entries: one TOML file an entry.

    python benchmarks/make_registers.py directories FACTS/directories.csv src/unlisted/data/directories
    python benchmarks/make_registers.py authorities FACTS/authorities.csv src/unlisted/data/authorities
    python benchmarks/make_registers.py schemas     src/unlisted/data

It overwrites entries of the same id. Only facts are taken over, each with its source; what the table does not know stays out.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from unlisted.data.domains import registered_domain
from unlisted.data.loader import KINDS, parse
from unlisted.data.schema import Authority, Directory

# The date of each list whose facts may be used; a list that is not here only ever confirmed that a site exists.
SOURCES: Mapping[str, str | None] = {
    "datenanfragen/data": "2026-07-21",
    "drumandbytes/eraser": "2026-08-22",
    "coreConvention/data-broker-optouts": "2025-12-01",
    "AnalogJ/justvanish": "2023-02-25",
    "jdm-contrib/jdm": "2026-08-21",
    "ekenit/gefanimig.se": "2026-03-31",
    "brianreumere/data-brokers": "2024-11-17",
    "the-markup/investigation-data-broker-opt-out-pages": "2025-08-11",
    "duckduckgo/Android": "2026-05-14",
}
FLAGS: Mapping[str, str] = {
    "publishing certificate": "publishing_certificate",
    "location data": "reports_location",
    "data of minors": "reports_minors",
    "reproductive health": "reports_health",
    "advertising ID": "ad_id_only",
    "hid its opt-out page": "hid_opt_out_page",
    "one request covers related": "covers_related",
    "address of the parent": "post_of_parent",
    "done in the portal": "portal_only",
    "own phone operator": "own_phone_company",
    "own phone company": "own_phone_company",
    "registration office": "local_office",
    "charging for removal": "charged_for_removal",
    "other sources name another owner": "owner_disputed",
}
EVENTS: Mapping[str, str] = {
    "marked it removed": "marked_removed",
    "site or firm is gone": "reported_gone",
    "found the opt-out broken": "opt_out_broken",
    "bounced": "email_bounced",
    "moved requests": "contact_moved",
}
OWNERS: Mapping[str, str] = {
    "BeenVerified": "beenverified.com",
    "PeopleFinders": "peoplefinders.com",
    "Whitepages": "whitepages.com",
    "PeopleConnect": "peopleconnect.us",
    "Epsilon": "epsilon.com",
    "Italiaonline": "italiaonline.it",
    "optout.lexisnexis.com": "lexisnexis.com",
}
NO_DOMAINS = frozenset({"index.php", "dr.sim", "web.cent", "postadress.html", "we.conect"})
"""Words that stand among the domains of the table and are none."""
OWN_FIELDS = frozenset({"id", "quality", "state", "last_verified", "sources_agree", "source", "history"})
"""What we say of an entry ourselves."""
_ALSO = "also answers for: "
_BETWEEN_NAMES = re.compile(r", (?!(?:Inc|LLC|Ltd|Pte|UAB|LP|PBC|S\.A|a\.s)\b)")
"""A comma between names, not the one before a firm's legal form."""
_DAY = re.compile(r"\b(20\d\d-\d\d(?:-\d\d)?)\b")


def toml(entry: Mapping[str, object]) -> str:
    """TOML of a flat entry whose lists of tables come last; None, "" and empty lists are left out."""
    plain = {key: value for key, value in entry.items() if not _is_tables(value)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items() if value not in (None, "", [], ())]
    for key, value in entry.items():
        if _is_tables(value):
            for table in value:  # type: ignore[attr-defined]  # a list of tables, as just asked
                lines += ["", f"[[{key}]]"]
                lines += [f"{name} = {_value(item)}" for name, item in table.items() if item not in (None, "", [])]
    return "\n".join(lines) + "\n"


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def directory(row: Mapping[str, str], ids: Mapping[str, str]) -> dict[str, object] | None:
    """The entry of one row; `ids` leads a domain to the id of its entry. None where no usable list names it."""
    sources = _sources(row)
    if not sources:
        return None
    needs, optional, other = _needs(row["needs"])
    flags = [flag for words, flag in FLAGS.items() if words in row["legal_note"]]
    owner = "" if row["parent"] == "operators supply the data" else row["parent"]
    parent = ids.get(OWNERS.get(owner, owner))
    entry: dict[str, object] = {
        "id": row["id"],
        "names": _names(row),
        "kind": row["kind"],
        "domains": [item for item in _split(row["domains"]) if item not in NO_DOMAINS and registered_domain(item)],
        "countries": _split(row["countries"]),
        "quality": row["quality"],
        "state": "defunct" if "site or firm is gone" in row["legal_note"] else "active",
        "last_verified": row["as_of"],
        "owner": owner,
        "parent": parent if parent != row["id"] else None,
        "removal_at_parent": {"yes": True, "no": False}.get(row["removal_at_parent"]) if owner else None,
        "opt_out_url": row["opt_out_url"] if _usable(row["url_source"]) else "",
        "opt_out_email": row["opt_out_email"] if _usable(row["email_source"]) else "",
        "email_status": "bounced" if "bounced" in row["legal_note"] else None,
        "post": [part.strip() for part in row["post"].split("|") if part.strip()],
        "needs": needs,
        "optional_needs": optional,
        "other_needs": other,
        "can_check_first": {"yes": True, "no": False}.get(row["can_check_first"]),
        "typical_days": row["typical_days"],
        "channel": row["channel"],
        "language": row["language"],
        "flags": list(dict.fromkeys(flags)),
        "sources_agree": {"yes": True, "no": False}.get(row["agree"]),
        "source": sources,
        "history": _history(row["legal_note"]),
    }
    if len(sources) == 1:  # one list alone names it: every fact is from there
        sources[0]["fields"] = [
            key for key, value in entry.items() if key not in OWN_FIELDS and value not in (None, "", [])
        ]
    return entry


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


def _usable(source: str) -> bool:
    return source in SOURCES or source.startswith("page ")


def _names(row: Mapping[str, str]) -> list[str]:
    note = row["legal_note"]
    also = note.removeprefix(_ALSO).removesuffix(" and more") if note.startswith(_ALSO) else ""
    return list(dict.fromkeys([row["name"], *(part.strip() for part in _BETWEEN_NAMES.split(also) if part.strip())]))


def _needs(words: str) -> tuple[list[str], list[str], list[str]]:
    """(asked for, optional, in its own words)."""
    asked: list[str] = []
    optional: list[str] = []
    other: list[str] = []
    for need in _split(words):
        bare = need.removesuffix("?")
        if bare.startswith("other("):
            other.append(" ".join(bare[len("other(") : -1].split()))
        else:
            (optional if need.endswith("?") else asked).append(bare)
    return asked, optional, other


def _sources(row: Mapping[str, str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    names = [name for name in _split(row["sources"]) if _usable(name) or name.startswith("datenanfragen/data")]
    for name in names:
        given = [field for field in ("url", "email") if row[f"{field}_source"] == name]
        fields = [f"opt_out_{field}" for field in given]
        day = _DAY.search(name)
        bare = name.removesuffix(" (operator record)")
        as_of = SOURCES.get(bare) or (day.group(1) if day else None)
        words = re.sub(r" \((?:20\d\d.*|operator record)\)", "", name)
        found.append({"name": words, "as_of": as_of, "method": "imported", "fields": fields})
    return found


def _history(note: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for part in note.split(";"):
        day = _DAY.search(part)
        found += [
            {"what": event, "on": day.group(1) if day else None} for words, event in EVENTS.items() if words in part
        ]
    return found


def make_directories(table: Path, folder: Path) -> int:
    """Write an entry for every usable row; the number written."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ids = {domain: row["id"] for row in reversed(rows) for domain in _split(row["domains"])}
    entries = [entry for row in rows if (entry := directory(row, ids)) is not None]
    return _write(entries, folder, Directory)


def make_authorities(table: Path, folder: Path) -> int:
    """Write an entry for every authority; the number written."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return _write([authority(row) for row in rows], folder, Authority)


def authority(row: Mapping[str, str]) -> dict[str, object]:
    """The entry of one authority."""
    return {
        "id": row["id"],
        "name": row["name"],
        "country": row["country"],
        "last_verified": row["as_of"],
        "post": [part.strip() for part in row["address"].split("|") if part.strip()],
        "email": row["email"],
        "web": row["web"].replace("http://", "https://"),
        "form": row["form"].replace("http://", "https://"),
        "languages": _split(row["languages"]),
        "source": [{"name": row["source"], "as_of": row["as_of"], "method": "imported"}],
    }


def _write(entries: Iterable[Mapping[str, object]], folder: Path, model: type[Directory | Authority]) -> int:
    count = 0
    for entry in entries:
        text = toml(entry)
        parse(text, model, name=str(entry["id"]))
        (folder / f"{entry['id']}.toml").write_text(text, encoding="utf-8")
        count += 1
    return count


def make_schemas(folder: Path) -> int:
    """Write the JSON Schema of each register; the number written."""
    for kind, model in KINDS.items():
        text = json.dumps(model.model_json_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8")
    return len(KINDS)


def main(words: list[str]) -> int:
    """Run one of the three; the exit code."""
    match words:
        case ["directories", table, folder]:
            print(make_directories(Path(table), Path(folder)))
        case ["authorities", table, folder]:
            print(make_authorities(Path(table), Path(folder)))
        case ["schemas", folder]:
            print(make_schemas(Path(folder)))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
