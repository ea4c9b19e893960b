"""The country of the subject file decides how its facts are read."""

from __future__ import annotations

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model import Fact, Subject


@pytest.mark.parametrize(
    ("country", "declared", "written"),
    [
        ("GB", "07700 900123", "+44 7700 900123"),
        ("GB", "020 7946 0123", "+44 20 7946 0123"),
        ("DE", "030 23125 001", "+49 30 23125001"),
        ("FR", "06 39 98 01 23", "+33 6 39 98 01 23"),
        ("US", "(207) 555-0142", "+1 207 555 0142"),
    ],
)
def test_a_national_number_is_the_same_in_its_international_form(country: str, declared: str, written: str) -> None:
    """A fact that names no country takes that of the subject."""
    subject = Subject(country=country, facts=(Fact(kind="phone", label="mobile", value=declared),))
    found = Matcher(subject.facts).find(f"Call me: {written}.")
    assert [(match.fact.label, match.level) for match in found] == [("mobile", "same")]


def test_a_fact_keeps_a_country_of_its_own() -> None:
    """Somebody in Germany may have a British number."""
    subject = Subject(country="DE", facts=(Fact(kind="phone", label="old", value="07700 900123", region="GB"),))
    assert [fact.region for fact in subject.facts] == ["GB"]


def test_a_day_is_read_in_the_order_of_the_country() -> None:
    """The third of April is 3/4 in Britain and 4/3 in the United States."""
    days = {}
    for country in ("GB", "US"):
        subject = Subject(country=country, facts=(Fact(kind="birth_date", label="born", value="1984-04-03"),))
        matcher = Matcher(subject.facts)
        days[country] = [max((m.certainty for m in matcher.find(text)), default=0) for text in ("3/4/1984", "4/3/1984")]
    assert days["GB"][0] >= days["GB"][1]
    assert days["US"][1] >= days["US"][0]
