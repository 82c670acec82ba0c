"""Whatever is in a file, the week or a list of problems comes of it, each in one line. See benchmarks/fuzz."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from tables.spoiling import KINDS, spoilt

TIMES = {"workbook": 200, "cells": 150, "csv": 200, "yaml": 100, "json": 400}


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_files(kind: str, tmp_path: Path) -> None:
    refused = 0
    for seed in range(TIMES[kind]):
        path = spoilt(kind, seed, tmp_path)
        try:
            load_week(path)
        except InputProblems as found:
            refused += 1
            assert found.problems, f"{kind} {seed}: nothing is said"
            assert all("\n" not in str(one) for one in found.problems), f"{kind} {seed}"
        except Exception as error:
            raise AssertionError(f"{kind} {seed}") from error
    assert refused > TIMES[kind] / 3
