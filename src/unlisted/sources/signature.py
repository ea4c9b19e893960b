"""A signature with a key that the account publishes, made and checked by the system's `ssh-keygen`: whoever signs has it already.

The file has the form SSHSIG (PROTOCOL.sshsig of OpenSSH). It is opened here first: its namespace must be ours, and its key must
stand in the list at the account's own host. Only then `ssh-keygen -Y check-novalidate` is asked, without a shell and with fixed
arguments, whether it fits the words. Nothing is written, not even for a moment.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from unlisted.errors import FetchError, Malformed, NotRead, TooLarge
from unlisted.model import Source, SourceKind
from unlisted.sources.account_hosts import place
from unlisted.sources.fetch import Fetcher

NAMESPACE = "unlisted"
PROGRAM = "ssh-keygen"
MAX_FILE = 50_000
"""Bytes of a signature: the largest keys in use make 3,000."""

MAX_KEYS = 1_000
"""Lines of an account's list of keys."""

MAX_KEY = 20_000
"""Characters of one line."""

SECONDS = 20.0
"""Time on the wall for the check."""

NO_FILE = "there is no such file"
NOT_ONE = "the file is no signature that can be read"
TOO_LONG = "the file is too long for a signature"
OTHER_USE = "the signature was made for something else; use the command as it stands"
OTHER_KEY = "the key of the signature is not one that the account publishes"
NO_KEYS = "the account publishes no keys"
WRONG = "the signature does not fit these three words"
NO_PROGRAM = "the program ssh-keygen is not on this computer"

_ARMOUR = re.compile(
    rb"\s{0,99}-----BEGIN SSH SIGNATURE-----\s{1,99}([A-Za-z0-9+/=\s]{1,49000})-----END SSH SIGNATURE-----\s{0,99}"
)
_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-ed25519@", "sk-ecdsa-sha2-")
ENDS = ("\n", "", " \r\n", "\r\n")
"""What a command line may put behind the words: `echo` of each system does it in its own way."""


def command(words: str) -> str:
    """The one command that signs the words, for the person to run: the same on every system."""
    return f"echo {words} | {PROGRAM} -Y sign -n {NAMESPACE} -f ~/.ssh/id_ed25519 > words.sig"


def possible(source: Source) -> bool:
    """Whether a signature can count: the service publishes keys, and the program that checks is there."""
    if source.kind is not SourceKind.ACCOUNT or shutil.which(PROGRAM) is None:
        return False
    try:
        return place(source).service.keys is not None
    except NotRead:
        return False


def check(file: str, words: str, source: Source, *, fetcher: Fetcher, now: datetime) -> None:
    """Raises NotRead, with the reason, where the file does not show that whoever signed the words has a key of the account."""
    path = path_of(file)
    key = key_of(opened(path))
    keys = set(published(source, fetcher=fetcher, now=now))
    if key not in keys:
        raise FetchError(OTHER_KEY if keys else NO_KEYS)
    if not any(fits(path, words + end, key) for end in ENDS):
        raise Malformed(WRONG)


def path_of(typed: str) -> Path:
    """The file that the person means. Raises NotRead where it names a home folder that is not there."""
    try:
        return Path(typed.strip().strip("\"'")).expanduser().absolute()
    except (RuntimeError, OSError, ValueError):
        raise NotRead(NO_FILE) from None


def opened(path: Path) -> bytes:
    """The bytes of the file. Raises NotRead where it is none, or too long."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotRead(NO_FILE)
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (OSError, ValueError):
        raise NotRead(NO_FILE) from None
    if len(data) > MAX_FILE:
        raise TooLarge(TOO_LONG)
    return data


def key_of(data: bytes) -> bytes:
    """The public key in a signature. Raises Malformed where it is none, or was made for another use than ours."""
    found = _ARMOUR.fullmatch(data)
    if found is None:
        raise Malformed(NOT_ONE)
    try:
        blob = base64.b64decode(b"".join(found[1].split()), validate=True)
    except binascii.Error:
        raise Malformed(NOT_ONE) from None
    if blob[:10] != b"SSHSIG\x00\x00\x00\x01":
        raise Malformed(NOT_ONE)
    parts = list(strings(blob[10:]))
    if len(parts) != 5:
        raise Malformed(NOT_ONE)
    if parts[1] != NAMESPACE.encode():
        raise Malformed(OTHER_USE)
    return parts[0]


def strings(blob: bytes) -> Iterator[bytes]:
    """The strings that a block of SSH holds, each behind its length. Raises Malformed."""
    at = 0
    while at < len(blob):
        size = int.from_bytes(blob[at : at + 4], "big")
        part = blob[at + 4 : at + 4 + size]
        if at + 4 > len(blob) or len(part) < size:
            raise Malformed(NOT_ONE)
        yield part
        at += 4 + size


def published(source: Source, *, fetcher: Fetcher, now: datetime) -> Iterator[bytes]:
    """The keys that an account shows to everybody, at its own host. Raises NotRead."""
    where = place(source)
    if where.service.keys is None:
        raise NotRead(NO_KEYS)
    typed = where.at_home(where.service.keys)
    answer = fetcher.get(typed, source=source.label, now=now, kind="page")
    if answer.truncated:
        raise TooLarge(TOO_LONG)
    for line in answer.body.decode("utf-8", "replace").splitlines()[:MAX_KEYS]:
        kind, _, rest = line[:MAX_KEY].strip().partition(" ")
        if kind.startswith(_KINDS):
            try:
                yield base64.b64decode(rest.partition(" ")[0], validate=True)
            except (binascii.Error, ValueError):
                continue


def fits(path: Path, message: str, key: bytes) -> bool:
    """Whether the file signs this message with this key, as `ssh-keygen` sees it. Raises NotRead where it cannot be asked."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotRead(NO_PROGRAM)
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  (a fixed program and fixed arguments, no shell; the path is whole)
            [program, "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path)],
            input=message.encode(),
            capture_output=True,
            timeout=SECONDS,
            env={**keep, "LC_ALL": "C"},
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        raise NotRead(NO_PROGRAM) from None
    name = base64.b64encode(hashlib.sha256(key).digest()).rstrip(b"=")
    # the name of the key is compared once more: the file could have been another one a moment ago
    return done.returncode == 0 and b"SHA256:" + name in done.stdout.split()
