"""A roster changed by hand, and decisions of a roster held for the next solve.

Pure functions: a week, a roster and what is wanted in; another roster, or pins, out.
"""
