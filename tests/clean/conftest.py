"""Fixtures of the cleaning tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from unlisted.remedy.clean import Cleaned, Refused, Wanted, clean

Copy = Callable[..., bytes]
Answer = Callable[..., Cleaned | Refused]
Told = Callable[[bytes], Mapping[str, Any]]


@pytest.fixture(autouse=True)
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The tests write thousands of copies: none waits for the disk. How often one would have."""
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    return calls


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Clean bytes as a file; what came of it. The copy lies at `copy.bin`."""

    def go(data: bytes, asked: Wanted | None = None) -> Cleaned | Refused:
        path, to = tmp_path / "picture.bin", tmp_path / "copy.bin"
        path.write_bytes(data)
        to.unlink(missing_ok=True)
        told = clean(path, to=to, asked=asked)
        assert path.read_bytes() == data
        assert to.exists() == isinstance(told, Cleaned)
        assert {file.name for file in tmp_path.iterdir() if file.is_file()} <= {"picture.bin", "copy.bin"}
        return told

    return go


@pytest.fixture
def copy(answer: Answer, tmp_path: Path) -> Copy:
    """Clean bytes that can be cleaned; the bytes of the copy."""

    def go(data: bytes, asked: Wanted | None = None) -> bytes:
        told = answer(data, asked)
        assert isinstance(told, Cleaned), told
        return (tmp_path / "copy.bin").read_bytes()

    return go


@pytest.fixture
def exiftool(tmp_path: Path) -> Told:
    """What exiftool says of some bytes, embedded tracks included, without what it says of the file itself."""
    if not shutil.which("exiftool"):
        pytest.skip("exiftool is not installed")

    def go(data: bytes) -> Mapping[str, Any]:
        path = tmp_path / "asked.bin"
        path.write_bytes(data)
        command = ["exiftool", "-j", "-G1", "-a", "-ee", "-n", "-b", str(path)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        path.unlink()
        told: dict[str, Any] = json.loads(done.stdout)[0]
        return {
            name: value for name, value in told.items() if name.split(":")[0] not in {"SourceFile", "System", "File"}
        }

    return go
