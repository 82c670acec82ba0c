"""Python's search for garbage, which finds little among weeks and models: nearly all of it stays."""

from __future__ import annotations

import atexit
import gc

NEW_OBJECTS = 100_000
"""So many more objects before Python looks; its own few hundred take a good part of a quick command."""


def collect_seldom() -> None:
    """Look for garbage seldom, and not once more when the process ends: that took a quarter of a second."""
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)
