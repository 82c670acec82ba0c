"""``iop-sched schema``."""

from __future__ import annotations

from iop_sched.cli.console import show_json
from iop_sched.cli.guard import guarded


@guarded
def schema() -> None:
    """Print the JSON Schema of a program week.

    With it, an editor completes and checks a program week as you type.

    \b
    Example:
      iop-sched schema > week.schema.json
      then put this line at the top of your week.yaml:
      # yaml-language-server: $schema=week.schema.json
    """
    import json

    from iop_sched.week.schema import week_schema

    show_json(json.dumps(week_schema(), indent=2, ensure_ascii=False))
