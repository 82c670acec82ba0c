"""What pydantic finds wrong with a value, in a director's words and without repeating the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from iop_sched.week.document import Fault, Path
from iop_sched.week.nearest import nearest

KINDS: dict[str, tuple[str, str]] = {
    "int_type": ("this is not a whole number", "write a number such as 3, without quotes"),
    "int_from_float": ("this is not a whole number", "write a number such as 3"),
    "int_parsing": ("this is not a whole number", "write a number such as 3, without quotes"),
    "float_type": ("this is not a number", "write a number such as 9 or 9.5, without quotes"),
    "float_parsing": ("this is not a number", "write a number such as 9 or 9.5, without quotes"),
    "bool_type": ("this is neither true nor false", "write true or false, without quotes"),
    "bool_parsing": ("this is neither true nor false", "write true or false, without quotes"),
    "string_type": ("this is not a text", "write a text; in quotes when it looks like a number or a date"),
    "date_type": ("this is not a date", "write YYYY-MM-DD, such as 2026-11-23"),
    "date_parsing": ("this is not a date", "write YYYY-MM-DD, such as 2026-11-23"),
    "date_from_datetime_parsing": ("this is not a date", "write YYYY-MM-DD, such as 2026-11-23"),
    "date_from_datetime_inexact": ("this is a date with a time", "write the date alone, YYYY-MM-DD"),
    "tuple_type": ("this is not a list", "write a list: [one, two], or a line with '- ' for each"),
    "dict_type": ("this is not a mapping", "write 'name: value' lines"),
    "model_type": ("this is not a mapping with named fields", "write 'field: value' lines"),
    "model_attributes_type": ("this is not a mapping with named fields", "write 'field: value' lines"),
    "string_pattern_mismatch": (
        "this is not an id",
        "write letters, digits, '.', '_' and '-' without spaces, beginning with a letter or digit",
    ),
}


def translate(error: ErrorDetails, path: Path, fields: Sequence[str]) -> Fault:
    """An error of pydantic as a fault.

    ``path`` is the place of the error in the data; ``fields`` are those that the model around it knows.
    """
    kind = error["type"]
    of_key = error["loc"][-1:] == ("[key]",)
    if kind == "extra_forbidden":
        return _unknown_field(path, fields)
    if kind == "missing":
        if isinstance(path[-1], int):
            return Fault(path[:-1], "a pair needs two", "write [one, other]")
        return Fault(path[:-1], f"'{path[-1]}' is missing", f"add '{path[-1]}: …'")
    what, right = KINDS.get(kind) or _bounds(kind, error.get("ctx", {}), error["msg"])
    return Fault(path, what, right, of_key)


def _bounds(kind: str, context: Mapping[str, Any], message: str) -> tuple[str, str]:
    if kind == "value_error":
        # The words of this package's own validators, which never repeat the value.
        what, _, right = str(context["error"]).partition("; ")
        return f"this is {what}" if what.startswith("not ") else what, right
    for sign, words in (
        ("greater_than_equal", "too small"),
        ("less_than_equal", "too large"),
    ):
        if kind == sign:
            bound = context["ge"] if "ge" in context else context["le"]
            least = "more" if "ge" in context else "less"
            return f"this number is {words}", f"write {bound:g} or {least}"
    if kind == "too_short":
        if context.get("actual_length") == 0:
            return "this list is empty", f"name {context['min_length']} or more"
        return "this list is too short", f"name {context['min_length']} or more"
    if kind == "too_long":
        return "this list is too long", f"name {context['max_length']} at most"
    if kind == "string_too_long":
        return "this text is too long", f"write {context['max_length']} characters at most"
    if kind in ("literal_error", "enum"):
        return "this is not one of the words allowed here", f"write {context['expected']}"
    return "this value is not allowed here", "see 'iop-sched schema' for what is"


def _unknown_field(path: Path, fields: Sequence[str]) -> Fault:
    known = [name for name in fields if name]
    close = nearest(str(path[-1]), known)
    right = f"write '{close}'" if close else f"take it out; fields here are {', '.join(known)}"
    return Fault(path, "there is no such field", right, of_key=True, own_word=True)
