"""What a run ran on and with: cores, load, memory, versions."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import iop_sched
from iop_sched.bench.row import Machine, Versions
from iop_sched.fanout.fleet import cores


@cache
def versions() -> Versions:
    """The versions in this process."""
    return Versions(
        iop_sched=iop_sched.__version__,
        source=source_hash(),
        ortools=metadata.version("ortools"),
        python=platform.python_version(),
    )


@cache
def source_hash() -> str:
    """A short hash of the package's Python files: two states of a checkout have one version."""
    folder = Path(iop_sched.__file__).parent
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def machine(load_before: float) -> Machine:
    """This machine, after a run that began at a load average."""
    return Machine(
        cpu=_cpu(), cores=cores(), memory_mb=_memory_mb(), load_before=load_before, load_after=load()
    )


def load() -> float:
    """Load average of the last minute; 0 where the system has none."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0


def peak_mb() -> float | None:
    """Peak resident memory of this process."""
    # getrusage would begin with what the parent had when it forked
    for line in _lines("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    return _usage_mb(children=False)


def peak_children_mb() -> float:
    """Peak resident memory of the largest child process that has ended."""
    return _usage_mb(children=True) or 0.0


def _usage_mb(children: bool) -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


@cache
def _cpu() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@cache
def _memory_mb() -> int:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) // 1024
    return 0


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
