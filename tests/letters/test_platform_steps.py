"""Privacy settings in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from unlisted.data.loader import platforms
from unlisted.remedy.platforms import CHECKS, MAX_SETTINGS, NOTICE, TOPICS, settings_for, steps_against

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("strava", "strava"),
        ("www.strava.com", "strava"),
        (" STRAVA.com ", "strava"),
        ("m.facebook.com", "facebook"),
        ("twitter", "x"),
        ("maps.google.com", "google-maps"),
        ("notstrava.com", None),
        ("strava.com.evil.example", None),
        ("", None),
        ("no such word", None),
    ],
)
def test_a_service_is_found(word: str, found: str | None) -> None:
    """A service is found by its host or by the word of the subject file, and by nothing that only looks like it."""
    advice = settings_for(word, now=NOW)
    assert (advice.id if advice else None) == found


def test_steps_say_what_is_known_and_what_is_not() -> None:
    """Without a known path the step says what to look for; old posts, cautions, source and age are told as far as known."""
    advice = settings_for("komoot", now=NOW)
    assert advice is not None
    setting = advice.settings[0]
    assert setting.steps[0] == "Where: on the website only."
    assert "Older posts are covered too." in setting.steps
    assert (setting.known_from, setting.checked) == ("from the help pages of the service", "date unknown")
    venmo = settings_for("venmo", now=NOW)
    assert venmo is not None
    assert venmo.settings[0].steps[0].startswith("In the settings, look for “Default privacy: Private”")
    assert venmo.settings[0].checked == "checked 5 years ago"


def test_every_service_has_settings_or_says_why_not() -> None:
    """No service is empty without a word, and what was not read says so."""
    for entry in platforms().values():
        advice = settings_for(entry.id, now=NOW)
        assert advice is not None
        assert advice.settings or advice.note
    assert sum(bool(entry.setting) for entry in platforms().values()) >= 30


def test_words_are_unique() -> None:
    """No host and no word leads to two services."""
    words = [word for entry in platforms().values() for word in (*entry.domains, *entry.services)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("kind", "topics"), TOPICS.items())
def test_every_topic_has_a_setting_somewhere(kind: str, topics: tuple[str, ...]) -> None:
    """For each kind of finding that settings can help against, some service has one, and steps name it in quotes or by path."""
    found = {entry.id: steps_against(kind, entry.id, now=NOW) for entry in platforms().values()}
    some = {name: steps for name, steps in found.items() if steps}
    assert some
    for name, steps in some.items():
        settings = [each for each in platforms()[name].setting if set(each.about) & set(topics)]
        assert len(steps) == min(len(settings), MAX_SETTINGS) + 2
        assert all(step.startswith(("Where: ", "In the settings")) for step in steps[:-2])


def test_most_settings_say_what_they_hide() -> None:
    """A setting without a topic is shown by no finding: there are few of them."""
    settings = [each for entry in platforms().values() for each in entry.setting]
    assert sum(bool(each.about) for each in settings) >= 55


def test_who_notices_minutes_and_how_to_check() -> None:
    """Each piece of advice says how long it takes, who may notice and how to see that it works."""
    flickr = steps_against("position", "flickr", now=NOW)
    assert flickr[-2] == (
        "It takes about 5 minutes. People who follow you may notice. "
        "To check, open a post of yours where you are not logged in: no place is on it."
    )
    snapchat = " ".join(steps_against("place", "snapchat", now=NOW))
    assert NOTICE["people who follow you"] in snapchat
    for kind, topics in TOPICS.items():
        for entry in platforms().values():
            steps = steps_against(kind, entry.id, now=NOW)
            if steps:
                assert "minutes." in steps[-2]
                assert any(CHECKS[topic] in steps[-2] for topic in topics)
                assert any(words in " ".join(steps) for words in NOTICE.values())


def test_what_was_not_read_says_so() -> None:
    """A setting that nobody looked up is called not verified, and a path that is known comes with the setting's name."""
    assert steps_against("address", "zillow", now=NOW)[-1].startswith(
        "For Zillow, this is not verified (date unknown)."
    )
    (first, *_) = steps_against("phone", "discord", now=NOW)
    assert first.startswith(
        "Where: user settings, Privacy and Safety. Look for “Allow direct messages from server members”."
    )
