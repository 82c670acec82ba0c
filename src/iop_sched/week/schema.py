"""The JSON Schema of a program week, for editors that complete and check as one types."""

from __future__ import annotations

from typing import Any

from iop_sched.week.program import ProgramWeek


def week_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the file that ``load_week`` reads."""
    schema = ProgramWeek.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Program week of iop-sched",
    }
