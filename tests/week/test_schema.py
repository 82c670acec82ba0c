"""The JSON Schema of a program week."""

from __future__ import annotations

import json

from iop_sched.week.schema import week_schema


def test_it_is_plain_json_and_says_what_it_is() -> None:
    schema = json.loads(json.dumps(week_schema()))
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["title"]
    assert schema["additionalProperties"] is False
    assert {"program", "week_of", "sites", "levels"} == set(schema["required"])


def test_days_and_times_are_described_as_they_are_written() -> None:
    window = week_schema()["$defs"]["Window"]["properties"]
    assert {"type": "string", "enum": ["daily", "weekdays", "weekend"]} in window["days"]["anyOf"]
    assert window["start"]["type"] == "string"
