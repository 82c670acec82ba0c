"""JSON as plain data with positions.

The grammar is left to the standard library; a second pass over what it accepted finds positions and
duplicate keys.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from typing import Any

from iop_sched.week.building import Builder
from iop_sched.week.document import Document, Position

MAX_DIGITS = 18

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+')
_NEWLINE = re.compile("\n")
_WORDS = {"null": None, "true": True, "false": False}


def read_json(file: str, text: str) -> Document:
    """Read one JSON value; raises ``InputProblems`` (and ``RecursionError`` when nested too deep)."""
    builder = Builder(file)
    try:
        # Numbers are looked at in the second pass; int() of a long one would raise here.
        json.loads(text, parse_int=len, parse_float=len, parse_constant=len)
    except json.JSONDecodeError as error:
        what, right = _syntax(error.msg)
        builder.stop((error.lineno, error.colno), what, right)
    _walk(builder, text)
    return builder.finish()


def _walk(builder: Builder, text: str) -> None:
    starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]
    for found in _TOKEN.finditer(text):
        token, offset = found[0], found.start()
        line = bisect_right(starts, offset)
        at: Position = (line, offset - starts[line - 1] + 1)
        if token == "{":
            builder.opening({}, at)
        elif token == "[":
            builder.opening([], at)
        elif token in "}]":
            builder.closing()
        elif builder.wants_key:
            builder.key(_text(token), at)
        else:
            builder.scalar(_text(token) if token[0] == '"' else _literal(token), at)


def _text(token: str) -> str:
    read: str = json.loads(token) if "\\" in token else token[1:-1]
    return read


def _literal(token: str) -> Any:
    if token in _WORDS:
        return _WORDS[token]
    if token.lstrip("-").isdecimal():
        return int(token) if len(token) <= MAX_DIGITS else token
    # NaN, Infinity and 1e999 stay text, which no field takes for a number.
    number = float(token)
    return number if math.isfinite(number) else token


def _syntax(said: str) -> tuple[str, str]:
    if "property name" in said:
        return "a key in double quotes is missing here", 'write "key": value, and no comma after the last one'
    if "delimiter" in said:
        return "a comma or a colon is missing here", 'write "key": value, with commas between'
    if "Extra data" in said:
        return "something follows the end of the JSON value", "keep one value a file"
    if "control character" in said:
        return "a line break or a tab stands inside a text", r"write \n or \t, or leave it out"
    if "string" in said or "escape" in said:
        return "a text is not closed or not written rightly", "close its double quotes and check backslashes"
    return "a value is missing or not written rightly", 'write "mon" (in double quotes), 3, true or null'
