"""A generated week as text: YAML or JSON, one line for each item of a list, the same bytes each time."""

from __future__ import annotations

import json
import re
from typing import Any

from iop_sched.generate.build import Generated

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.-]*|\d{4}-\d{2}-\d{2}")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def week_text(generated: Generated, as_json: bool) -> str:
    """The file of a generated week."""
    return _json(generated) if as_json else _yaml(generated)


def _json(generated: Generated) -> str:
    parts = []
    for name, value in generated.raw.items():
        if isinstance(value, list):
            items = ",\n  ".join(_compact(item) for item in value)
            parts.append(f"{json.dumps(name)}: [\n  {items}\n ]")
        elif name == "previous":
            inner = ",\n  ".join(
                f"{json.dumps(key)}: [\n   " + ",\n   ".join(_compact(item) for item in items) + "\n  ]"
                for key, items in value.items()
            )
            parts.append(f"{json.dumps(name)}: {{\n  {inner}\n }}")
        else:
            parts.append(f"{json.dumps(name)}: {_compact(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _yaml(generated: Generated) -> str:
    lines = [f"# {line}".rstrip() for line in _remarks(generated)]
    for name, value in generated.raw.items():
        if isinstance(value, list):
            lines += ["", f"{name}:", *(f"  - {_flow(item)}" for item in value)]
        elif name == "previous":
            lines += ["", f"{name}:"]
            for key, items in value.items():
                lines += [f"  {key}:", *(f"    - {_flow(item)}" for item in items)] if items else []
        else:
            lines.append(f"{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _remarks(generated: Generated) -> list[str]:
    wanting = len(generated.week.treated)
    return [
        f"{generated.settings.name}.",
        f"A roster is known that places {len(generated.roster.placements)} of the {wanting} people"
        " who want a place.",
        "Everybody here is invented.",
        "",
    ]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and value.lower() not in _WORDS and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
