"""Characters that cannot be seen, made visible: what somebody typed must not steer a terminal or mislead."""

from __future__ import annotations

import re

# Control characters; marks that turn the reading direction; characters without width or ink; noncharacters.
# What joins letters or pictures (zero-width joiners) is left where it has letters or pictures to join.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def steers(text: str) -> bool:
    """Whether a text has what no value of a week may have: controls, or marks that force a direction."""
    return _STEERING.search(text) is not None


def visible(text: str) -> str:
    """The text with U+FFFD for each character that cannot be seen; line breaks and tabs stay."""
    return _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text)


def on_one_line(text: str) -> str:
    """The text as ``visible`` has it, with one blank for any line breaks, tabs and blanks in a row."""
    return " ".join(visible(text).split())


def visible_json(text: str) -> str:
    """JSON that means the same, with an escape for each character that cannot be seen."""
    return _INVISIBLE.sub(_escapes, text)


def _escapes(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
