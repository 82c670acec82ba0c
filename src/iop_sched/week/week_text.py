"""A program week as text that ``load_week`` reads as the same week, the same bytes each time."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK
from iop_sched.week.yaml_text import plain

WIDTH = 95
"""Most characters of a list or mapping on one line, its name and indentation aside."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{2}:\d{2}")
_GROUPS = {
    tuple(day.code for day in days): word
    for word, days in (("daily", WEEK), ("weekdays", WEEK[:5]), ("weekend", WEEK[5:]))
}


def week_text(week: ProgramWeek, as_json: bool = False, remark: str = "") -> str:
    """The file of a week, YAML (with a remark as its first comment) or JSON; defaults are left out."""
    data = {"format": week.format, **week.model_dump(mode="json", exclude_defaults=True)}
    if as_json:
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    parts = [f"# {line}\n" for line in remark.splitlines()]
    for name, value in data.items():
        # a list or mapping stands apart; single values stay together
        parts += ["\n"] * isinstance(value, (dict, list)) + [_yaml({name: value})]
    return "".join(parts)


def _yaml(entry: dict[str, Any]) -> str:
    writer = YAML()
    writer.width = 10 * WIDTH  # what is too long for a line has been taken apart already
    writer.brace_single_entry_mapping_in_flow_sequence = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    (name, value), *_ = entry.items()
    writer.dump({name: _styled(value, outermost=True)}, stream)
    return stream.getvalue()


def _styled(value: Any, outermost: bool = False) -> Any:
    """Plain data as it is to be written: on one line wherever that is short enough."""
    if isinstance(value, dict):
        found = CommentedMap((name, _styled(item)) for name, item in value.items())
        return _in_line(found, outermost)
    if isinstance(value, list):
        word = _GROUPS.get(tuple(value)) if all(isinstance(item, str) for item in value) else None
        return word or _in_line(CommentedSeq(map(_styled, value)), outermost)
    if isinstance(value, float) and value == int(value):
        return int(value)
    return _text(value) if isinstance(value, str) else value


def _in_line(value: CommentedMap | CommentedSeq, outermost: bool) -> CommentedMap | CommentedSeq:
    if not outermost and len(_flat(value)) <= WIDTH:
        value.fa.set_flow_style()
    return value


def _flat(value: Any) -> str:
    """About how a value reads on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flat(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return str(value)


def _text(value: str) -> Any:
    """A text in quotes wherever its reader would take it for something else."""
    if _DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if _CLOCK.fullmatch(value) or plain(value) is not value:
        return DoubleQuotedScalarString(value)
    return value
