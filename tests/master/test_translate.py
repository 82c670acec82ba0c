"""Rows hold exactly where the constraints they stand for hold: every point of small models, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from random import Random

import pytest
from ortools.sat.python import cp_model

from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective, relaxed
from master.points import obeys, solved

LITERALS = 5
Literals = list[cp_model.LiteralT]
Post = Callable[[cp_model.CpModel, Literals, cp_model.IntVar, Random], None]

MODELS = 40


def some(literals: Literals, rng: Random, least: int = 1) -> Literals:
    """A few of the literals, some of them negated."""
    chosen = rng.sample(literals, rng.randint(least, len(literals)))
    return [literal if rng.random() < 0.6 else ~literal for literal in chosen]


def _sum(literals: Literals, amount: cp_model.IntVar, rng: Random) -> cp_model.LinearExpr:
    terms = sum(rng.randint(-3, 3) * literal for literal in some(literals, rng))
    return terms + rng.randint(-1, 2) * amount


def linear(cp: cp_model.CpModel, literals: Literals, amount: cp_model.IntVar, rng: Random) -> None:
    """A range, with or without ends."""
    first = rng.choice([cp_model.INT_MIN, rng.randint(-4, 2)])
    last = rng.choice([cp_model.INT_MAX, rng.randint(-2, 5)])
    if first <= last:
        cp.add_linear_constraint(_sum(literals, amount, rng), first, last)


def enforced(cp: cp_model.CpModel, literals: Literals, amount: cp_model.IntVar, rng: Random) -> None:
    """A range that one to three literals ask for, some of them negated."""
    first, last = sorted((rng.randint(-4, 5), rng.randint(-4, 5)))
    constraint = cp.add_linear_constraint(_sum(literals, amount, rng), first, last)
    constraint.only_enforce_if(*some(literals, rng)[:3])


def bool_or(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """One of some literals, perhaps only if others hold."""
    constraint = cp.add_bool_or(some(literals, rng))
    if rng.random() < 0.5:
        constraint.only_enforce_if(*some(literals, rng)[:2])


def bool_and(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """All of some literals if others hold."""
    cp.add_bool_and(some(literals, rng)[:2]).only_enforce_if(*some(literals, rng)[:2])


def implication(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """One literal asks for another."""
    cp.add_implication(*some(literals, rng, 2)[:2])


def at_most_one(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """At most one of some literals."""
    cp.add_at_most_one(some(literals, rng))


def exactly_one(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """One of some literals."""
    cp.add_exactly_one(some(literals, rng))


def maximum(cp: cp_model.CpModel, literals: Literals, _: cp_model.IntVar, rng: Random) -> None:
    """A literal that holds when one of some others does."""
    target, *others = rng.sample(literals, rng.randint(2, LITERALS))
    cp.add_max_equality(target, others)


POSTS: tuple[Post, ...] = (
    linear,
    enforced,
    bool_or,
    bool_and,
    implication,
    at_most_one,
    exactly_one,
    maximum,
)


def small(post: Post, rng: Random) -> cp_model.CpModel:
    """Five literals, an amount from -1 to 2, and one or two constraints of a kind."""
    cp = cp_model.CpModel()
    literals: Literals = [cp.new_bool_var(f"b{number}") for number in range(LITERALS)]
    amount = cp.new_int_var(-1, 2, "amount")
    for _ in range(rng.randint(1, 2)):
        post(cp, literals, amount, rng)
    return cp


def all_points(cp: cp_model.CpModel) -> Iterator[list[int]]:
    domains = (list(variable.domain) for variable in cp.proto.variables)
    yield from map(list, product(*(range(first, last + 1) for first, last in domains)))


class _Collect(cp_model.CpSolverSolutionCallback):
    """Every solution of a model."""

    def __init__(self, columns: list[cp_model.IntVar]) -> None:
        super().__init__()
        self.columns = columns
        self.found: set[tuple[int, ...]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.value(column) for column in self.columns))


def solutions(cp: cp_model.CpModel) -> set[tuple[int, ...]]:
    """Every solution, by CP-SAT."""
    columns = [cp.get_int_var_from_proto_index(index) for index in range(len(cp.proto.variables))]
    solver, collect = cp_model.CpSolver(), _Collect(columns)
    solver.parameters.enumerate_all_solutions = True
    solver.solve(cp, collect)
    return collect.found


@pytest.mark.parametrize("post", POSTS)
def test_a_point_obeys_the_rows_when_it_obeys_the_constraints(post: Post) -> None:
    for seed in range(MODELS):
        cp = small(post, Random(seed))
        rows = relaxed(snapshot(cp))
        legal = {tuple(point) for point in all_points(cp) if obeys(rows, point)}
        assert legal == solutions(cp), f"seed {seed}"


def maximum_of_sums(low: int, const: int) -> cp_model.CpModel:
    """``most`` = max(a + b + c + low, const)."""
    cp = cp_model.CpModel()
    literals = [cp.new_bool_var(name) for name in "abc"]
    most = cp.new_int_var(-5, 5, "most")
    cp.add_max_equality(most, [sum(literals) + low, const])
    return cp


@pytest.mark.parametrize("low", [-3, -2, -1, 0, 1])
@pytest.mark.parametrize("const", [-1, 0, 2])
def test_the_maximum_of_a_sum_and_a_number_is_relaxed_to_a_line(low: int, const: int) -> None:
    # as service-delivery counts sessions of an open group beyond the prescribed ones: sum - 2, or 0
    cp = maximum_of_sums(low, const)
    rows = relaxed(snapshot(cp))
    legal = solutions(cp)
    assert all(obeys(rows, list(point)) for point in legal)
    for a, b, c in product((0, 1), repeat=3):
        kept = [most for most in range(-5, 6) if obeys(rows, [a, b, c, most])]
        assert min(kept) == max(a + b + c + low, const)
        if a + b + c in (0, 3):  # the line ends where the maximum does
            assert kept == [max(a + b + c + low, const)]


def test_what_asks_for_starts_has_no_rows() -> None:
    cp = cp_model.CpModel()
    on, first = cp.new_bool_var("on"), cp.new_bool_var("first")
    start, other = cp.new_int_var(0, 9, "start"), cp.new_int_var(2, 7, "other")
    intervals = [cp.new_optional_fixed_size_interval_var(begin, 4, on, "") for begin in (start, other)]
    cp.add_no_overlap(intervals)
    cp.add_cumulative(intervals, [1, 1], 1)
    cp.add(start + 4 <= other).only_enforce_if(on, first)
    cp.add(start >= 5)
    assert relaxed(snapshot(cp)).rows == []


def test_a_kind_without_rows_is_refused() -> None:
    cp = cp_model.CpModel()
    cp.add_bool_xor([cp.new_bool_var("a"), cp.new_bool_var("b")])
    with pytest.raises(NotImplementedError, match="bool_xor"):
        relaxed(snapshot(cp))


def test_a_domain_with_a_gap_keeps_its_ends() -> None:
    cp = cp_model.CpModel()
    amount = cp.new_int_var_from_domain(cp_model.Domain.from_values([0, 3, 9]), "amount")
    cp.add_linear_expression_in_domain(2 * amount, cp_model.Domain.from_values([0, 6]))
    rows = relaxed(snapshot(cp))
    assert (rows.lower, rows.upper) == ([0], [9])
    assert [obeys(rows, [amount]) for amount in (0, 1, 3, 4)] == [True, True, True, False]


def test_an_objective_keeps_its_offset() -> None:
    cp = cp_model.CpModel()
    a, b = cp.new_bool_var("a"), cp.new_bool_var("b")
    assert objective(3 * a + 2 * (1 - b) + 4 * a) == ({0: 7, 1: -2}, 2)
    assert objective(5) == ({}, 5)
    cp.minimize(3 * a + 2 * (1 - b))
    assert solved(cp) == [0, 1]
