"""The cheapest repairs: the catalogue tried from the cheapest on, and pairs where no single change works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from iop_sched.repairs import kinds
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.catalogue import catalogue
from iop_sched.repairs.near import Near
from iop_sched.repairs.question import Question
from iop_sched.repairs.trials import Trials, Verdict, Works

ENOUGH = 5
"""When so many repairs are found, dearer ones are not tried; those of the same cost are."""

FEW = 4
"""From so many candidates of equal cost it is asked first whether all of them together would do."""

MOST_PAIRS = 20_000
"""Pairs looked at, the cheapest first."""

OnStep = Callable[[int, int], None]
"""Told the number of repairs found, and that of the solve that begins."""

Tried = tuple[Candidate, ...]


@dataclass(frozen=True)
class Repair:
    """One change, or a pair, that works: verified by solving the changed week and checking the roster."""

    candidates: Tried
    works: Works

    @property
    def points(self) -> int:
        """What it costs."""
        return points(self.candidates)

    @property
    def texts(self) -> tuple[str, ...]:
        """The changes, as ``--change`` takes them."""
        return tuple(text for one in self.candidates for text in one.texts)

    @property
    def says(self) -> tuple[str, ...]:
        """What they do, in sentences."""
        return self.works.changed.sentences

    def needless_beside(self, other: Repair) -> bool:
        """Whether this is the other repair and more besides, and disturbs no less."""
        return self.does > other.does and self.works.disturbs >= other.works.disturbs

    @property
    def does(self) -> frozenset[str]:
        """All that it changes, day by day."""
        return frozenset().union(*(one.does for one in self.candidates))

    @property
    def rank(self) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
        """Cheapest first, then what disturbs least."""
        return (self.points, self.works.disturbs, self.texts)


@dataclass(frozen=True)
class Repairs:
    """What came of a search.

    ``tried``: single changes and pairs of which it is known whether they work. ``not_known``: their trials
    took too long. ``not_tried``: the time was over before; those are not among them that are dearer than
    repairs of which there are enough. ``pairs``: no single change was found, so pairs were tried; the dearest
    ``left_out`` of them were not even looked at.
    """

    question: Question
    found: tuple[Repair, ...]
    tried: int
    not_known: tuple[Tried, ...]
    not_tried: tuple[Tried, ...]
    pairs: bool
    left_out: int
    solves: int
    interrupted: bool

    @property
    def cheapest_is_certain(self) -> bool:
        """Whether nothing cheaper than the first repair can work; without one, whether nothing does."""
        if not self.found and self.left_out:
            return False
        first = self.found[0].points if self.found else None
        open_ = (*self.not_known, *self.not_tried)
        return not any(first is None or points(one) < first for one in open_)


def points(candidates: Sequence[Candidate]) -> int:
    """What some changes cost together."""
    return sum(one.kind.points for one in candidates)


def repairs(question: Question, seconds: float, on_step: OnStep = lambda found, solve: None) -> Repairs:
    """The cheapest changes that do what is wanted, within ``seconds``. Ctrl-C ends it with what was found.

    Raises ``DefectError`` when the solver and the specification disagree.
    """
    search = _Search(question, seconds, on_step)
    try:
        search.run()
    except KeyboardInterrupt:
        search.interrupted = True
    return search.result()


@dataclass
class _Search:
    question: Question
    seconds: float
    on_step: OnStep
    found: list[Repair] = field(default_factory=list)
    interrupted: bool = False

    def __post_init__(self) -> None:
        self.trials = Trials(self.question, self.seconds, self._on_solve)
        self.near = Near(self.trials, ENOUGH)
        self.candidates = catalogue(self.question)
        self.answers: dict[Tried, Verdict] = {}
        self.too_little: list[frozenset[Candidate]] = []
        self.as_it_is: Verdict = "does not"
        self.making_room: int | None = None
        self.pairs = False
        self.paired: list[Tried] = []
        self.left_out = 0
        self.is_enough = False

    def _on_solve(self, solve: int) -> None:
        near = sum((one,) not in self.answers for one in self.near.found)
        self.on_step(len(self.found) + near, solve)

    def run(self) -> None:
        if self.question.roster is not None:
            self._ask_as_it_is()
        if self.question.client is not None and self.making_room != 0:
            self.near.look([one for one in self.candidates if not self._is_idle(one)])
        easing = [one for one in self.candidates if one.eases]
        if self.as_it_is == "does not":
            self._do_together(easing)
        for level in _levels([(one,) for one in self.candidates]):
            self._level(level)
            if len(self.found) >= ENOUGH or self._is_best():
                self.is_enough = True
                return
        if not self.found and self.as_it_is == "does not" and self.trials.seconds_left:
            self.pairs = True
            self._run_pairs()

    def _ask_as_it_is(self) -> None:
        """Whether others could make room in the week as it is, and how much that would disturb."""
        self.as_it_is = "not known"
        if self.trials.seconds_left:
            self.as_it_is, _ = self.trials.together([])
        if self.as_it_is == "works":
            answer = self.trials.alone(())
            if isinstance(answer, Works):
                self.making_room = answer.disturbs[0]

    def _run_pairs(self) -> None:
        helping = [one for one in self.candidates if self._may_help(one)]
        pairs: list[Tried] = [pair for pair in combinations(helping, 2) if not self._is_out(pair)]
        self.paired = sorted(pairs, key=points)[:MOST_PAIRS]
        self.left_out = len(pairs) - len(self.paired)
        for level in _levels(self.paired):
            self._level(level)
            if self.found:
                self.is_enough = True
                return

    def _may_help(self, one: Candidate) -> bool:
        """What only takes freedom away helps nobody, and what the week does not take cannot."""
        return self.answers.get((one,)) != "not possible" and not self._only_takes(one)

    def _is_idle(self, one: Candidate) -> bool:
        """Whether it takes freedom away from a week in which there is none."""
        return self.as_it_is == "does not" and self._only_takes(one)

    def _only_takes(self, one: Candidate) -> bool:
        return one.kind in (kinds.AS_IT_IS, kinds.SEAT, kinds.OPEN)

    # One cost after another

    def _level(self, level: list[Tried]) -> None:
        """All of one cost: those that cannot work by what is known, then by halves, then one by one."""
        for one in level:
            if self.as_it_is == "does not" and (self._is_out(one) or any(map(self._only_takes, one))):
                self.answers[one] = "does not"
        for one in level:
            if len(one) == 1 and one[0] in self.near.found:
                self._try(one)
        left = [one for one in level if one not in self.answers]
        easing = [one for one in left if all(part.eases for part in one)]
        if self.as_it_is == "does not":
            self._sift(easing)
        for one in left:
            self._try(one)

    def _is_out(self, some: Tried) -> bool:
        """Whether these, and perhaps more besides, are known to be too little."""
        return any(group.issuperset(some) for group in self.too_little)

    def _sift(self, some: list[Tried]) -> None:
        """Rule out as many as can be at once; the others are tried, the first ones first."""
        if len(some) >= FEW and self._do_together({part for one in some for part in one}):
            self._sift(some[: len(some) // 2])
            self._sift(some[len(some) // 2 :])
            return
        for one in some:
            self._try(one)

    def _do_together(self, some: Sequence[Candidate] | set[Candidate]) -> bool:
        """Whether these together may be enough."""
        group = frozenset(some)
        if self._is_out(tuple(group)):
            return False
        if not self.trials.seconds_left:
            return True
        verdict, taken = self.trials.together([one for one in self.candidates if one in group])
        if verdict == "does not":
            self.too_little.append(frozenset(taken))
        return verdict != "does not"

    def _try(self, one: Tried) -> None:
        if one in self.answers or not self.trials.seconds_left:
            return
        if self._is_out(one):
            self.answers[one] = "does not"
            return
        answer = self._answer(one)
        if isinstance(answer, Works):
            self._keep(Repair(one, answer))
            self.answers[one] = "works"
        else:
            self.answers[one] = answer

    def _answer(self, one: Tried) -> Verdict | Works:
        below, single = self._below(one), len(one) == 1
        near = self.near.found.get(one[0]) if single else None
        if near is not None and near.disturbs == (0,) and below != 0:
            return near
        looked_at = single and near is None and one[0] in self.near.looked_at
        return self.trials.alone(one, below, looked_at)

    def _keep_near(self) -> None:
        """What was found at first and not come to again, as the time was over."""
        for candidate, works in self.near.found.items():
            one = (candidate,)
            below = self._below(one)
            is_open = self.answers.get(one, "not known") == "not known"
            if is_open and (below is None or works.disturbs[0] < below):
                self._keep(Repair(one, works))
                self.answers[one] = "works"

    def _keep(self, repair: Repair) -> None:
        """Without those that do more than another one, and disturb no less."""
        if not any(repair.needless_beside(one) for one in self.found):
            self.found = [one for one in self.found if not one.needless_beside(repair)] + [repair]

    def _below(self, one: Tried) -> int | None:
        """Where others can make room, what a change must disturb less than: that, and cheaper changes."""
        if any(map(self._only_takes, one)):
            return None
        cheaper = [repair.works.disturbs[0] for repair in self.found if repair.points < points(one)]
        return None if self.making_room is None else min([self.making_room, *cheaper])

    def _is_best(self) -> bool:
        """Whether others could make room, and a change disturbs nothing: no dearer one can be better."""
        return self.making_room is not None and any(one.works.disturbs == (0,) for one in self.found)

    def result(self) -> Repairs:
        """What is known by now."""
        if not self.is_enough:
            self._keep_near()
        answered = [one for one, answer in self.answers.items() if answer != "not possible"]
        not_known = tuple(one for one in answered if self.answers[one] == "not known")
        ordered = tuple(sorted(self.found, key=lambda repair: repair.rank))
        dearest = ordered[-1].points if self.is_enough else None
        never = [one for one in self._all() if one not in self.answers]
        return Repairs(
            self.question,
            ordered,
            len(answered) - len(not_known),
            not_known,
            tuple(one for one in never if dearest is None or points(one) <= dearest),
            self.pairs,
            self.left_out,
            self.trials.solves,
            self.interrupted,
        )

    def _all(self) -> Iterator[Tried]:
        """Single changes, and the pairs that were looked at."""
        yield from ((one,) for one in self.candidates)
        yield from self.paired


def _levels(some: Sequence[Tried]) -> Iterator[list[Tried]]:
    """Those of equal cost together, the cheapest first."""
    for cost in sorted({points(one) for one in some}):
        yield [one for one in some if points(one) == cost]
