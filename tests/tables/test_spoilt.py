"""Whatever is in a file, a week or a list of problems comes of it. See benchmarks/fuzz, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from tables.spoiling import KINDS, spoilt

TIMES = {"workbook": 200, "cells": 150, "csv": 200, "yaml": 100, "json": 400}


def said(path: Path) -> list[str] | None:
    """What is said about a file; none when it is in order."""
    try:
        load_week(path)
    except InputProblems as found:
        return [str(one) for one in found.problems]
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_files(kind: str, tmp_path: Path) -> None:
    refused = 0
    for seed in range(TIMES[kind]):
        lines = said(spoilt(kind, seed, tmp_path))
        refused += lines is not None
        assert lines != [], f"{kind} {seed}: nothing is said"
        assert all(line.isprintable() for line in lines or ()), f"{kind} {seed}"
    assert refused > TIMES[kind] / 3
