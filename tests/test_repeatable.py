"""``--deterministic`` writes the same bytes in another process, where Python's hashes are others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

INSTANCES = Path(__file__).resolve().parents[1] / "instances"


def solve(instance: str, out: Path, hash_seed: int, workers: int) -> bytes:
    """The roster file of a run that stops by the solver's own measure of work, proven or not."""
    options = f"--deterministic --seed 3 --time-limit 1 --workers {workers} --quiet --out {out}"
    command = [
        sys.executable,
        "-m",
        "iop_sched",
        "solve",
        str(INSTANCES / instance),
        *options.split(),
    ]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@pytest.mark.parametrize("workers", [1, 8])
@pytest.mark.parametrize("instance", ["quickstart.yaml", "programs/work-friendly.yaml"])
def test_two_processes_write_the_same_bytes(instance: str, workers: int, tmp_path: Path) -> None:
    first = solve(instance, tmp_path / "first.json", 1, workers)
    second = solve(instance, tmp_path / "second.json", 2, workers)
    assert first == second
