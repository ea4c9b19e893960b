"""The JSON file: its shape, its schema, and that nothing gets in by accident."""

from __future__ import annotations

import json as reader
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from unlisted.model.result import AuditResult
from unlisted.report import json, schema

KEYS = ["version", "made_on", "sources", "findings", "not_checked", "places", "ways_in", "plan"]
MORE = ["dropped_points", "knows", "habits", "trips"]
FINDING = ["check", "source", "where", "kind", "fact", "priority", "certainty", "fingerprint"]
NAMES = ("rich", "empty", "nothing", "unread", "small", "many", "again")


def read(result: AuditResult) -> dict[str, Any]:
    """The JSON, read back."""
    made: dict[str, Any] = reader.loads(json.render(result))
    return made


@pytest.mark.parametrize("name", NAMES)
def test_every_result_keeps_the_schema(results: dict[str, AuditResult], name: str) -> None:
    """Whatever was found, the file is one that the schema takes."""
    shape = schema.AuditShape.model_validate_json(json.render(results[name]), strict=True)
    assert len(shape.findings) == len(results[name].findings)


def test_shipped_schema_is_current() -> None:
    """The JSON Schema in the package is the one that the models give."""
    assert schema.shipped_schema() == schema.schema()


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a key too many": lambda data: data.update(extra=1),
    "a key too few": lambda data: data.pop("plan"),
    "a value": lambda data: data["findings"][0].update(value="27 Larch Row"),
    "a priority of its own": lambda data: data["findings"][0].update(priority="urgent"),
    "a grade": lambda data: data["findings"][0].update(certainty="95 %"),
    "a coordinate": lambda data: data["places"][0].update(lat=44.1),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_schema_refuses_what_it_does_not_know(rich: AuditResult, name: str) -> None:
    """A key too many, a key too few, a word outside of its list: each is refused."""
    data = read(rich)
    schema.AuditShape.model_validate(data)
    CHANGES[name](data)
    with pytest.raises(ValidationError):
        schema.AuditShape.model_validate(data)


def test_keys_stand_in_the_order_of_the_design(rich: AuditResult, results: dict[str, AuditResult]) -> None:
    """The outer keys and those of a finding are exactly those that were promised; what has nothing to say is left out."""
    data = read(rich)
    assert list(data) == KEYS + MORE
    assert list(read(results["empty"])) == KEYS
    assert all(list(one) == FINDING for one in data["findings"])
    assert all(list(one) == ["source", "check", "reason"] for one in data["not_checked"])


def test_same_result_same_bytes(rich: AuditResult) -> None:
    """The same result gives the same file, with a line break at the end and nothing but ASCII."""
    assert json.render(rich) == json.render(rich)
    assert json.render(rich).endswith("}\n")
    assert json.render(rich).isascii()


def test_labels_come_back_unchanged(worded: Callable[[str], AuditResult]) -> None:
    """Any label is read back as it was, so that a later audit finds it again."""
    label = 'a "b" \\ \u202e \U0001f600 </script>'
    assert read(worded(label))["findings"][0]["fact"] == label


def test_values_of_the_made_up_result(rich: AuditResult) -> None:
    """Words stand as in the fixed vocabularies, dates in ISO form, ordinals by source."""
    data = read(rich)
    assert data["made_on"] == "2026-11-21T09:30:00+00:00"
    assert data["findings"][0]["priority"] == "now"
    assert data["findings"][0]["certainty"] == "Quite sure"
    assert data["places"][0]["fewest"] == [{"source": "holiday photos", "ordinals": [3, 7, 12, 16]}]
    assert data["plan"][0]["findings"] == [rich.findings[0].fingerprint, rich.findings[6].fingerprint]
    assert data["ways_in"][4]["open"] is True


def test_what_times_and_counts_tell_is_in_the_file(rich: AuditResult) -> None:
    """The curve, habits and trips stand there with how sure they are, in numbers and labels; an older file has none of them."""
    data = read(rich)
    assert data["knows"][0] == {"posts": 5, "certainty": 0.21}
    assert data["habits"][0] == {"weekday": 1, "block": 4, "weeks": 14, "of": 17, "certainty": "Quite sure"}
    assert data["trips"][0]["seen_in"] == [{"source": "holiday photos", "ordinals": list(range(20, 28))}]
    assert [place["fewest_exact"] for place in data["places"]] == [True, False, False, True, True]
    assert [place["area_only"] for place in data["places"]] == [False, False, False, True, False]
    for key in MORE:
        del data[key]
    for place in data["places"]:
        del place["fewest_exact"], place["area_only"]
    assert schema.AuditShape.model_validate(data).knows == ()


def test_evidence_and_scores_are_not_published(rich: AuditResult) -> None:
    """Fields of the model that the schema does not name stay inside."""
    plain = json.render(rich)
    for name in ("evidence", "score", "detail", "learns", "contacted", "week"):
        assert f'"{name}"' not in plain


def test_nearness_of_undeclared_places_is_not_published(rich: AuditResult) -> None:
    """A place that was not declared has no distance in the file, whatever came along with it."""
    places = tuple(replace(place, distance="under 500 m") for place in rich.places)
    near = {one["name"]: one["distance"] for one in read(replace(rich, places=places))["places"]}
    assert near["home"] == "under 500 m"
    assert near["A"] is None
