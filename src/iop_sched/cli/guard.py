"""No command ends in a traceback: what goes wrong becomes a few lines on stderr and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode

P = ParamSpec("P")


class BadInputError(Exception):
    """Bad input that is not inside a file; the message says what is wrong and what would be right."""


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn every exception of a command into a message and an exit status."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            say("Interrupted.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except BrokenPipeError:
            _forget_stdout()
            raise typer.Exit(128 + 13) from None
        except Exception as error:  # the last resort: whatever went wrong, a director never sees a traceback
            raise typer.Exit(_explain(error)) from None

    return run


def _explain(error: Exception) -> ExitCode:
    from iop_sched.week.problems import InputProblems

    if isinstance(error, InputProblems):
        return _list_problems(error)
    if isinstance(error, BadInputError):
        say(str(error))
        return ExitCode.BAD_INPUT
    if isinstance(error, OSError) and error.filename:
        say(f"{error.filename}: {error.strerror or 'cannot be read or written'}")
        return ExitCode.BAD_INPUT
    if os.environ.get("IOP_SCHED_DEBUG"):
        raise error
    say(f"Something went wrong inside iop-sched ({type(error).__name__}); no roster is shown.")
    say("This is a defect of the program, not of your file. Set IOP_SCHED_DEBUG=1 and run the same command")
    say("again to see the details that a developer needs. They may contain ids from your file.")
    return ExitCode.CONTRADICTION


def _list_problems(found: Exception) -> ExitCode:
    problems = list(getattr(found, "problems", ()))
    for problem in problems:
        say(str(problem))
    number = len(problems)
    say(f"{number} problem{'s' * (number != 1)} found. Correct the lines named above and run this again.")
    return ExitCode.BAD_INPUT


def _forget_stdout() -> None:
    # The interpreter flushes stdout on its way out and would complain about the closed pipe.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
