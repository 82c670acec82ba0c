"""The part of ``iop-sched explain`` that asks what it would take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iop_sched.repairs.question import Question
    from iop_sched.repairs.search import Repairs

Tell = Callable[[str], None]


def answers(questions: Sequence[Question], seconds: float, tell: Tell) -> Iterator[Repairs]:
    """What came of each question, the time shared among those that are left; the last one after Ctrl-C.

    ``tell`` is called with the words of each step.
    """
    import time

    from iop_sched.repairs.search import repairs

    until = time.monotonic() + seconds
    for number, question in enumerate(questions):
        left = max(0.0, until - time.monotonic()) / (len(questions) - number)
        who = "" if question.client is None else f" for {question.client}"
        answer = repairs(question, left, partial(_tell, tell, who))
        yield answer
        if answer.interrupted:
            return


def _tell(tell: Tell, who: str, found: int, solve: int) -> None:
    tell(f"Trying changes{who}: {found} found, solve {solve}")
