"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MOST_COMPARED = 2000


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, capitals aside; none when nothing is near."""
    by_plain = {name.casefold(): name for name in list(known)[:_MOST_COMPARED]}
    found = get_close_matches(word.casefold()[:80], by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None
