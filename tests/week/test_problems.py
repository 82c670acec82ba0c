"""What is wrong with a file, said so that a director can put it right."""

from __future__ import annotations

from iop_sched.week.problems import InputProblems, Problem, spoken


def test_a_problem_reads_as_one_line() -> None:
    problem = Problem(
        "x.yaml", 41, 12, "clients[c07].busy[0].end", "this window ends early", "write a later end"
    )
    assert (
        str(problem) == "x.yaml:41:12: clients c07, busy #1, end: this window ends early; write a later end"
    )


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    assert str(Problem("x.yaml", 0, 0, "", "there is no such file", "check the name")) == (
        "x.yaml: there is no such file; check the name"
    )


def test_problems_stand_in_the_order_of_the_file() -> None:
    late, early = Problem("x", 9, 1, "", "b", ""), Problem("x", 2, 5, "", "a", "")
    found = InputProblems([late, early])
    assert found.problems == (early, late)
    assert str(found) == "x:2:5: a\nx:9:1: b"


def test_ids_with_dots_stay_whole() -> None:
    assert spoken("clients[a.b].days") == "clients a.b, days"
