"""Ids that stand as words in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""As much as an id may be, with whatever ends the sentence."""
_ENDS = "._-"


def replace_ids(sentence: str, by_id: Mapping[str, str]) -> str:
    """The sentence with the text of ``by_id`` in place of each id that stands there as a whole word.

    Ids may end as sentences do (``J.D.``): the longest id that fits is taken, and what is left of the word
    stays behind it.
    """
    return _RUN.sub(lambda found: _replaced(found[0], by_id), sentence)


def _replaced(run: str, by_id: Mapping[str, str]) -> str:
    for end in range(len(run), len(run.rstrip(_ENDS)) - 1, -1):
        if run[:end] in by_id:
            return by_id[run[:end]] + run[end:]
    return run
