"""YAML 1.2 as plain data with positions, built from the parser's events.

Built from events rather than loaded, so that anchors, tags and duplicate keys are seen and reported, dates
and times stay as written, and the depth is bounded without recursion. Only ``true`` and ``false`` are
Booleans.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from iop_sched.week.building import Builder
from iop_sched.week.document import Document, Position
from iop_sched.week.problems import InputProblems

MAX_DIGITS = 18
LARGE = 10_000

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INT = re.compile(rf"[-+]?[0-9]{{1,{MAX_DIGITS}}}")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# The parser's own words quote the file, which may hold what must not be printed.
_SYNTAX = {
    "mapping values": ("a colon stands where none can", "indent the line rightly, or quote a text with ': '"),
    "simple key": ("a line without a colon stands among keys", "write 'key: value'"),
    "'\\t'": ("a tab stands where only spaces can", "indent with spaces"),
    "block collection": ("this line does not belong here", "indent it like its neighbours"),
    "'-' indicator": ("this line does not belong here", "indent it like its neighbours"),
    "<block end>": ("this line does not belong here", "indent it like its neighbours"),
    "block end": ("this line does not belong here", "indent it like its neighbours"),
    "block mapping": ("this line does not belong here", "indent it like its neighbours"),
    "block sequence": ("a list item is not allowed here", "indent it like its neighbours"),
    "',' or ']'": ("a list in brackets is not closed", "write [one, two]"),
    "',' or '}'": ("a mapping in braces is not closed", "write {one: 1, two: 2}"),
    "end of stream": ("a quotation mark is never closed", "close it"),
    "escape": ("a backslash in double quotes means nothing here", "use single quotes"),
}


def read_yaml(file: str, text: str) -> Document:
    """Read one YAML document; raises ``InputProblems``.

    Small files are read by ruamel's parser in Python. A larger one is given to its parser in C first, where
    that is installed (``ruamel.yaml.clib``, 20 times faster); the one in Python still decides about an error,
    as the one in C refuses some YAML 1.2 (``[9:00]``) and words its errors differently.
    """
    if len(text) > LARGE and find_spec("_ruamel_yaml") is not None:
        with suppress(Exception):
            return build(file, text, pure=False)
    return build(file, text, pure=True)


def build(file: str, text: str, pure: bool) -> Document:
    """Read one YAML document with the parser in Python (``pure``) or in C; raises ``InputProblems``."""
    builder = Builder(file)
    try:
        for event in YAML(typ="safe", pure=pure).parse(text):
            _take(builder, event)
    except InputProblems:
        raise
    except MarkedYAMLError as error:
        _report_syntax(builder, error)
    except Exception:
        # On some broken input the parser stumbles over itself (IndexError, AssertionError …).
        builder.stop((1, 1), "this is not YAML", "check the file with a YAML editor")
    if not builder.started:
        builder.stop((1, 1), "the file is empty", "see instances/quickstart.yaml for one to start from")
    return builder.finish()


def _take(builder: Builder, event: Any) -> None:
    handle = _HANDLERS.get(type(event).__name__)
    if handle is not None:
        handle(builder, event)


def _scalar(builder: Builder, event: Any) -> None:
    at = _node(builder, event)
    if builder.wants_key:
        builder.key(event.value, at)
    else:
        builder.scalar(event.value if event.style else plain(event.value), at)


def _mapping(builder: Builder, event: Any) -> None:
    _opening(builder, event, {})


def _sequence(builder: Builder, event: Any) -> None:
    _opening(builder, event, [])


def _opening(builder: Builder, event: Any, value: dict[str, Any] | list[Any]) -> None:
    at = _node(builder, event)
    if builder.wants_key:
        builder.stop(at, "a list or mapping stands where a key should", "write 'key: value'")
    builder.opening(value, at)


def _closing(builder: Builder, event: Any) -> None:
    builder.closing()


def _alias(builder: Builder, event: Any) -> None:
    at = _position(event.start_mark)
    builder.stop(at, "a YAML alias (*) is not allowed", "write the value out, or quote it")


def _document(builder: Builder, event: Any) -> None:
    if builder.started:
        builder.stop(_position(event.start_mark), "a second document begins here", "keep one document a file")


_HANDLERS: dict[str, Callable[[Builder, Any], None]] = {
    "ScalarEvent": _scalar,
    "MappingStartEvent": _mapping,
    "SequenceStartEvent": _sequence,
    "MappingEndEvent": _closing,
    "SequenceEndEvent": _closing,
    "AliasEvent": _alias,
    "DocumentStartEvent": _document,
}


def _node(builder: Builder, event: Any) -> Position:
    at = _position(event.start_mark)
    if event.anchor is not None:
        builder.stop(at, "a YAML anchor (&) is not allowed", "write the value out, or quote it")
    if event.tag is not None:
        builder.stop(at, "a YAML tag (!) is not allowed", "leave the tag out, or quote the value")
    return at


def plain(text: str) -> Any:
    """What an unquoted scalar means in YAML 1.2: null, true, false, a number, or text.

    Numbers too large to be meant (and those not finite) stay text.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and len(text) <= 40:
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _position(mark: Any) -> Position:
    return (mark.line + 1, mark.column + 1)


def _report_syntax(builder: Builder, error: MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    at = _position(mark) if mark is not None else (1, 1)
    said = f"{error.problem} {error.context}"
    meaning = next((words for sign, words in _SYNTAX.items() if sign in said), None)
    what, right = meaning or ("the YAML cannot be read from here on", "check indentation, colons and quotes")
    builder.stop(at, what, right)
