"""A signature of the three words counts where its key is one that the account publishes; anything else proves nothing."""

from __future__ import annotations

import base64
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import FetchError, NotRead
from unlisted.model import Artifact, Source, SourceKind, Subject
from unlisted.sources import proof, signature
from unlisted.sources.fetch import Fetcher
from unlisted.sources.signature import (
    MAX_FILE,
    MAX_KEYS,
    NO_FILE,
    NO_KEYS,
    NO_PROGRAM,
    NOT_ONE,
    OTHER_KEY,
    OTHER_USE,
    TOO_LONG,
    WRONG,
    key_of,
)

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen on this computer")

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CODE = Source(label="my code", kind=SourceKind.ACCOUNT, address="https://github.com/wren", service="github", mine=True)
WORDS = "acorn badge cabin"
Sign = Callable[..., Path]


class Site(Fetcher):
    """Answers every question with one text, and keeps what was asked."""

    def __init__(self, body: bytes, *, truncated: bool = False) -> None:
        super().__init__()
        self.body, self.truncated = body, truncated
        self.asked: list[str] = []

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        self.asked.append(address)
        media = "text/plain"
        return Artifact(source=source, at=now, sha256="", media_type=media, body=self.body, truncated=self.truncated)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key of each kind, made for this run."""
    folder = tmp_path_factory.mktemp("keys")
    for kind in ("ed25519", "ecdsa", "rsa"):
        made = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", str(folder / kind)]
        subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.fixture
def sign(keys: Path, tmp_path: Path) -> Sign:
    """Signs as the shown command does."""

    def made(message: str = WORDS + "\n", *, kind: str = "ed25519", namespace: str = "unlisted") -> Path:
        done = subprocess.run(
            ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(keys / kind)],
            input=message.encode(),
            check=True,
            capture_output=True,
        )
        (tmp_path / "words.sig").write_bytes(done.stdout)
        return tmp_path / "words.sig"

    return made


def public(keys: Path, *kinds: str) -> bytes:
    """The list of keys as a service shows it."""
    return b"".join((keys / f"{kind}.pub").read_bytes() for kind in kinds)


def reason(path: Path | str, body: bytes, words: str = WORDS) -> str | None:
    """Why a file proves nothing; None where it does."""
    try:
        signature.check(str(path), words, CODE, fetcher=Site(body), now=NOW)
    except NotRead as error:
        return error.reason
    return None


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
@pytest.mark.parametrize("end", ["\n", "", " \r\n", "\r\n"])
def test_a_signature_with_a_published_key_counts(keys: Path, sign: Sign, kind: str, end: str) -> None:
    """Of any kind, among other keys, whatever a command line puts behind the words."""
    assert reason(sign(WORDS + end, kind=kind), public(keys, "ed25519", "ecdsa", "rsa")) is None


def test_a_key_that_is_not_published_proves_nothing(keys: Path, sign: Sign) -> None:
    """Anybody has a key."""
    assert reason(sign(), public(keys, "ecdsa", "rsa")) == OTHER_KEY
    assert reason(sign(), b"") == NO_KEYS


@pytest.mark.parametrize(
    "message", ["acorn badge cabins\n", "acorn badge\n", "x acorn badge cabin\n", "acorn badge cabin\n\n"]
)
def test_other_words_prove_nothing(keys: Path, sign: Sign, message: str) -> None:
    """An old signature, or one of a longer text."""
    assert reason(sign(message), public(keys, "ed25519")) == WRONG


def test_a_signature_for_another_use_proves_nothing(keys: Path, sign: Sign) -> None:
    """Files and commits that the person signed in public cannot be turned into a proof."""
    assert reason(sign(namespace="git"), public(keys, "ed25519")) == OTHER_USE


def test_a_signature_with_the_key_of_another_one_inside_is_wrong(keys: Path, sign: Sign) -> None:
    """Who writes a published key into a signature of their own is found out by the check itself."""
    path = sign(kind="ecdsa")
    blob = base64.b64decode(b"".join(path.read_bytes().split(b"-----")[2].split()))
    mine, theirs = (base64.b64decode(public(keys, kind).split()[1]) for kind in ("ecdsa", "ed25519"))
    swapped = blob.replace(len(mine).to_bytes(4, "big") + mine, len(theirs).to_bytes(4, "big") + theirs)
    text = b"-----BEGIN SSH SIGNATURE-----\n" + base64.b64encode(swapped) + b"\n-----END SSH SIGNATURE-----\n"
    path.write_bytes(text)
    assert key_of(text) == theirs
    assert reason(path, public(keys, "ed25519")) == WRONG


def test_a_file_that_changes_meanwhile_is_found_out(keys: Path, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that the check names must be the one that was looked up."""
    path = sign(kind="ecdsa")
    theirs = base64.b64decode(public(keys, "ed25519").split()[1])
    monkeypatch.setattr(signature, "key_of", lambda _data: theirs)
    assert reason(path, public(keys, "ed25519")) == WRONG


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    """A folder, a pipe, nothing, a name that no system takes."""
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path, tmp_path / "pipe", tmp_path / "absent", "-Y", "a\x00b", "x" * 5_000):
        assert reason(name, b"") == NO_FILE


@pytest.mark.parametrize(
    "typed", ["~nobody-of-this-name/words.sig", "'~nobody-of-this-name'", "~a\x00b/x", "~\ud800/x"]
)
def test_a_home_folder_that_is_not_there_is_said(typed: str) -> None:
    """A tilde before a name means somebody's home folder: where there is none, there is no such file."""
    assert reason(typed, b"") == NO_FILE


def test_a_folder_that_went_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without a folder is looked for in the folder of the terminal, which another program may have deleted."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert reason("words.sig", b"") == NO_FILE


ARMOUR = b"-----BEGIN SSH SIGNATURE-----\n%s\n-----END SSH SIGNATURE-----\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", NOT_ONE),
        (b"-----BEGIN PGP SIGNATURE-----", NOT_ONE),
        (ARMOUR % b"AAAA", NOT_ONE),
        (ARMOUR % b"A", NOT_ONE),
        (ARMOUR % base64.b64encode(b"SSHSIG\0\0\0\x01" + b"\xff\xff\xff\xff"), NOT_ONE),
        (ARMOUR % base64.b64encode(b"SSHSIG\0\0\0\x01" + b"\0\0\0\x01a" * 4), NOT_ONE),
        (ARMOUR % base64.b64encode(b"SSHSIG\0\0\0\x02" + b"\0\0\0\x01a" * 5), NOT_ONE),
        (ARMOUR % base64.b64encode(b"SSHSIG\0\0\0\x01" + b"\0\0\0\x01a" * 5), OTHER_USE),
        (b"A" * (MAX_FILE + 1), TOO_LONG),
    ],
)
def test_a_file_that_is_no_signature_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    """Without asking anybody."""
    (tmp_path / "words.sig").write_bytes(data)
    assert reason(tmp_path / "words.sig", b"") == said


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bytes_are_a_key_or_a_reason(data: bytes) -> None:
    """Lengths that lie raise nothing else."""
    for text in (data, ARMOUR % base64.b64encode(b"SSHSIG\0\0\0\x01" + data)):
        try:
            assert isinstance(key_of(text), bytes)
        except NotRead as error:
            assert error.reason in {NOT_ONE, OTHER_USE}  # noqa: PT017  (either way is right)


def test_a_hostile_list_of_keys_is_bounded(keys: Path, sign: Sign) -> None:
    """Broken lines are passed over, a list without end is not read to its end."""
    noise = b"ssh-ed25519 %%%\nssh-rsa\n\xff\xfe\n<html>\nssh-dss AAAA\n" + b"ssh-rsa " + b"A" * 100_000 + b"\n"
    assert reason(sign(), noise + public(keys, "ed25519")) is None
    assert reason(sign(), b"x\n" * MAX_KEYS + public(keys, "ed25519")) == NO_KEYS
    with pytest.raises(NotRead, match=TOO_LONG):
        list(signature.published(CODE, fetcher=Site(b"", truncated=True), now=NOW))


@pytest.mark.parametrize(
    ("address", "service", "asked"),
    [
        ("https://github.com/wren", "github", "https://github.com/wren.keys"),
        ("https://code.firm.example/wren", "github", "https://code.firm.example/wren.keys"),
        ("https://lab.example/wren", "gitlab", "https://lab.example/wren.keys"),
    ],
)
def test_keys_are_asked_for_at_the_account_itself(address: str, service: str, asked: str) -> None:
    """The name that was typed, on the host that was typed."""
    site = Site(b"")
    list(signature.published(replace(CODE, address=address, service=service), fetcher=site, now=NOW))
    assert site.asked == [asked]


def test_only_some_services_publish_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none are published, or nothing can check them, nobody is offered to sign."""
    assert signature.possible(CODE)
    assert not signature.possible(replace(CODE, service="mastodon", address="https://toots.example/@wren"))
    assert not signature.possible(replace(CODE, address="https://github.com/"))
    assert not signature.possible(Source(label="b", kind=SourceKind.PAGE, address="https://blog.example/"))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert not signature.possible(CODE)
    with pytest.raises(NotRead, match=NO_PROGRAM):
        signature.fits(Path("words.sig"), WORDS, b"")


class Signer:
    """A person who signs what the terminal shows."""

    def __init__(self, *typed: str | None, sign: Sign | None = None) -> None:
        self.typed, self.sign = list(typed), sign
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def answer(self) -> str | None:
        if self.sign is not None:
            command = next(text for text in self.told if "ssh-keygen" in text)
            return f' "{self.sign(command.partition("echo ")[2].partition(" |")[0] + chr(10))}" '
        return self.typed.pop(0)


def test_the_shown_command_leads_to_a_proof(keys: Path, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it signs are the words that were drawn; the proof is called a key, and nothing is left behind."""
    monkeypatch.setattr(proof, "texts_of", lambda *_a, **_k: pytest.fail("nobody looks at the bio"))
    person = Signer(sign=sign)
    subject = proof.by_words(
        Subject(sources=(CODE,)), fetcher=Site(public(keys, "ed25519")), now=NOW, rng=random.Random(1), person=person
    )
    assert subject.source("my code").proven == proof.BY_KEY
    assert person.told[-1] == proof.SIGNED


def test_who_cannot_sign_may_still_use_the_bio(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads nowhere costs a try; Enter alone looks at the bio."""
    drawn = " ".join(proof.draw(random.Random(1)))
    monkeypatch.setattr(proof, "texts_of", lambda *_a, **_k: [drawn])
    person = Signer("~nobody-of-this-name/words.sig", "")
    site = Site(public(keys, "ed25519"))
    assert proof.prove(CODE, fetcher=site, now=NOW, rng=random.Random(1), person=person) == proof.BY_WORDS
    assert proof.NO_LOOK.format(reason=NO_FILE) in person.told


def test_keys_that_cannot_be_fetched_are_said(sign: Sign) -> None:
    """The reason of the network is told, without a value."""

    class Down(Fetcher):
        def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
            raise FetchError("the server did not answer in time")

    person = Signer(str(sign()), None)
    assert proof.prove(CODE, fetcher=Down(), now=NOW, rng=random.Random(1), person=person) is None
    assert proof.NO_LOOK.format(reason="the server did not answer in time") in person.told
