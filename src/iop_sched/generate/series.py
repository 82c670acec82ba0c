"""A series of weeks: which there are, and that each comes out byte for byte as it is listed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings, Tightness
from iop_sched.generate.text import week_text
from iop_sched.week.base import Frozen
from iop_sched.week.policy_file import read_toml
from iop_sched.week.reading import read_text
from iop_sched.week.validating import problems_of, validated

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Size(Frozen):
    """Weeks of one size, in each tightness and with each seed of the series."""

    clients: Annotated[int, Field(ge=1, description="clients, those who wait among them")]
    sites: Annotated[int, Field(ge=1, description="sites")] = 1
    suffix: Annotated[str, Field(pattern="^(yaml|json)$", description="yaml or json")] = "yaml"


class Series(Frozen):
    """What ``series.toml`` says."""

    sizes: Annotated[tuple[Size, ...], Field(min_length=1, description="sizes")]
    tightness: Annotated[tuple[Tightness, ...], Field(min_length=1, description="low, medium, high")]
    seeds: Annotated[tuple[int, ...], Field(min_length=1, description="seeds")]
    sha256: Annotated[dict[str, Sha256], Field(description="file name to SHA-256 of the file")] = {}


@dataclass(frozen=True)
class Entry:
    """One week of a series."""

    name: str
    settings: Settings

    def text(self) -> str:
        """The file."""
        return week_text(generate(self.settings), self.name.endswith(".json"))


def load_series(path: str | Path) -> Series:
    """Read a series file; raises ``InputProblems`` with all that is wrong."""
    document = read_toml(str(path), read_text(path))
    series, faults = validated(Series, document.data)
    if series is None:
        raise problems_of(document, faults)
    return series


def entries(series: Series) -> Iterator[Entry]:
    """Every week, by size, tightness and seed; raises ``ValueError`` for one that cannot be made."""
    for size in series.sizes:
        for tight in series.tightness:
            for seed in series.seeds:
                name = f"c{size.clients:04d}-s{size.sites:02d}-{tight}-{seed}.{size.suffix}"
                yield Entry(name, Settings(size.clients, size.sites, seed, tight, tight, tight))


def sha256(text: str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
