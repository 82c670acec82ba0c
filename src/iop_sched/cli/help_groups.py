"""Commands listed by what somebody wants to do."""

from __future__ import annotations

from typing import Any

from typer import BadParameter
from typer.core import TyperGroup


class Grouped(TyperGroup):
    """Lists commands under their ``rich_help_panel``, as plain text: rich takes too long for a help page."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what is wrong with its options is said without the words of the library below."""
        try:
            return super().invoke(ctx)
        except BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """A section for each group, in the order in which commands were added."""
        commands: dict[str, Any] = {name: self.commands[name] for name in self.list_commands(ctx)}
        widest = max(map(len, commands))
        room = formatter.width - widest - 6
        for group in dict.fromkeys(command.rich_help_panel for command in commands.values()):
            with formatter.section(group):
                formatter.write_dl(
                    [
                        (name.ljust(widest), command.get_short_help_str(room))
                        for name, command in commands.items()
                        if command.rich_help_panel == group
                    ]
                )
