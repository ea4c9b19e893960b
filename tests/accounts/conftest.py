"""The comparison of recordings is shared with the tests of pages."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def recordings() -> ModuleType:
    """The module that compares recordings with what is found in them."""
    path = Path(__file__).parent.parent / "pages" / "recordings.py"
    spec = importlib.util.spec_from_file_location("accounts_recordings", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
