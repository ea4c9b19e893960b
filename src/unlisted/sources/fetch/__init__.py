"""The fetch layer: the only part of the program that touches the network, and only for what a person typed."""

from unlisted.sources.fetch.address import Address, parse
from unlisted.sources.fetch.fetcher import AbsentError, Fetcher
from unlisted.sources.fetch.limits import Limits
from unlisted.sources.fetch.network import Dial, Resolve, Target

__all__ = ["AbsentError", "Address", "Dial", "Fetcher", "Limits", "Resolve", "Target", "parse"]
