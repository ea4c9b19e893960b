"""The help list: names only, by the declared country."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from unlisted.report import help  # noqa: A004  (the help lines)

RAW = files("unlisted.report").joinpath("helplines.toml").read_text(encoding="utf-8")


def test_list_is_sorted_by_the_country_and_ends_with_everyone() -> None:
    """The organisations of the country come first, then those that help everywhere."""
    codes = [line.country for line in help.lines_for("US")]
    assert codes.count("US") >= 5
    assert codes == sorted(codes, key=lambda code: code == help.EVERYWHERE)
    assert set(codes) == {"US", help.EVERYWHERE}


@pytest.mark.parametrize("country", ["DE", "de", "FR", "NO"])
def test_states_of_one_law_share_its_office(country: str) -> None:
    """Where the same law holds, the office of the own country is named."""
    assert "The data protection authority of your country" in {line.name for line in help.lines_for(country)}


@pytest.mark.parametrize("country", ["XX", "", "all", "<b>"])
def test_unknown_country_has_the_common_list(country: str) -> None:
    """A country without an entry is offered what helps everywhere."""
    assert {line.country for line in help.lines_for(country)} == {help.EVERYWHERE}


def test_no_number_no_address_no_date_that_nobody_knows() -> None:
    """No telephone number, no web address, no made-up date of a check stands in the file."""
    rows = tomllib.loads(RAW)["organisation"]
    assert len(rows) >= 20
    for row in rows:
        assert set(row) <= {"country", "name", "what", "checked"}
        assert not re.search(r"\d{3}|https?:|www\.|@", row["name"] + row["what"])


def test_each_name_stands_once_a_country() -> None:
    """No organisation is listed twice for the same country."""
    pairs = [(row["country"], row["name"]) for row in tomllib.loads(RAW)["organisation"]]
    assert len(pairs) == len(set(pairs))
