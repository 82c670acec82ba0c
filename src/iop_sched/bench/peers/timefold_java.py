"""The Java side of the Timefold peer: where the JDK, Timefold's jars and the program are; compiling it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

OMITTED = ("logback", "junit", "mockito", "assertj", "tests", "python-core", "jpyinterpreter", "opentest4j")
"""Jars of the package that a Java program has no use for; logback would write to standard output."""


def jars() -> list[Path]:
    """Timefold's jars, as its Python package brings them; none without the package."""
    spec = find_spec("timefold")
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    found = sorted(jar for folder in folders for jar in (folder / "solver" / "jars").glob("*.jar"))
    return [jar for jar in found if not any(word in jar.name for word in OMITTED)]


def tool(name: str) -> str | None:
    """The path of ``java`` or ``javac``: of ``JAVA_HOME`` if that is set, else on the path."""
    home = os.environ.get("JAVA_HOME")
    inside = Path(home) / "bin" / name if home else None
    return str(inside) if inside is not None and inside.is_file() else shutil.which(name)


def sources() -> list[Path]:
    """The program: inside the installed package, or in ``benchmarks/`` of a checkout."""
    packaged = Path(__file__).resolve().parent / "timefold_program"
    checkout = Path(__file__).resolve().parents[4] / "benchmarks" / "peers" / "timefold"
    return sorted((packaged if packaged.is_dir() else checkout).rglob("*.java"))


def missing() -> str:
    """What has to be installed before the peer can run; empty when nothing."""
    if not jars():
        return "install the extra: pip install 'iop-sched[timefold]'"
    if tool("java") is None or tool("javac") is None:
        return "install a JDK, version 17 or later (java and javac on the path, or JAVA_HOME)"
    return "" if sources() else "run from a checkout: benchmarks/peers/timefold is not there"


def class_path() -> str:
    """Compiles the program if it has changed, and says where classes and jars are.

    Raises ``RuntimeError`` with what the compiler says.
    """
    library = os.pathsep.join(str(jar) for jar in jars())
    files = sources()
    digest = hashlib.sha256(library.encode())
    for file in files:
        digest.update(file.read_bytes())
    classes = _cache() / digest.hexdigest()[:16]
    if not classes.is_dir():
        _compile(files, library, classes)
    return os.pathsep.join([str(classes), library])


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "iop-sched" / "timefold"


def _compile(files: list[Path], library: str, classes: Path) -> None:
    classes.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=classes.parent))
    command = [tool("javac") or "javac", "-proc:none", "-d", str(made), "-cp", library, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(made)
        raise RuntimeError(f"the Java program does not compile: {done.stderr.strip()[-400:]}")
    try:
        made.rename(classes)  # in one step: several runs may compile at once
    except OSError:
        shutil.rmtree(made)


__all__ = ["class_path", "jars", "missing", "sources", "tool"]
