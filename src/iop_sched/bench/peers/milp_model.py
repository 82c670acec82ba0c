"""A linear program in MathOpt's own form."""

from __future__ import annotations

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from iop_sched.master.linear import Linear, Objective


def written(linear: Linear, objective: Objective) -> mathopt.Model:
    """The program with whole-number columns, to be minimised; a column's number is its index.

    As a protocol buffer: a row at a time in Python would take minutes for a large week.
    """
    proto = model_pb2.ModelProto()
    columns = range(len(linear.lower))
    proto.variables.ids.extend(columns)
    proto.variables.lower_bounds.extend(linear.lower)
    proto.variables.upper_bounds.extend(linear.upper)
    proto.variables.integers.extend(True for _ in columns)
    costs = sorted((column, cost) for column, cost in objective.terms.items() if cost)
    proto.objective.offset = objective.offset
    proto.objective.linear_coefficients.ids.extend(column for column, _ in costs)
    proto.objective.linear_coefficients.values.extend(cost for _, cost in costs)
    proto.linear_constraints.ids.extend(range(len(linear.rows)))
    proto.linear_constraints.lower_bounds.extend(row.lower for row in linear.rows)
    proto.linear_constraints.upper_bounds.extend(row.upper for row in linear.rows)
    matrix = proto.linear_constraint_matrix
    for number, row in enumerate(linear.rows):
        terms = sorted((column, c) for column, c in row.terms.items() if c)
        matrix.row_ids.extend([number] * len(terms))
        matrix.column_ids.extend([column for column, _ in terms])
        matrix.coefficients.extend([c for _, c in terms])
    return mathopt.Model.from_model_proto(proto)
