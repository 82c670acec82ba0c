"""What changes say when there are many of them: a file of held pins has one for every decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

HOLDS = "Pin {} holds."
"""What a pin that is added says."""
HANDFUL = 5
"""Pins that are named one by one; of more, the first few are."""
_NAMED = 3
_PIN = re.compile(re.escape(HOLDS).replace(r"\{\}", "(.+)"))


def condensed(sentences: Sequence[str]) -> list[str]:
    """The sentences of changes in their order, those of more than a handful of pins as one."""
    pins = [found[1] for one in sentences if (found := _PIN.fullmatch(one))]
    if len(pins) <= HANDFUL:
        return list(sentences)
    said = f"{len(pins)} pins hold: {', '.join(pins[:_NAMED])} and {len(pins) - _NAMED} more."
    first = next(at for at, one in enumerate(sentences) if _PIN.fullmatch(one))
    rest = [one for one in sentences[first:] if not _PIN.fullmatch(one)]
    return [*sentences[:first], said, *rest]
