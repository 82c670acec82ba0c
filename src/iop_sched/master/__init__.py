"""The staged strategy's master: the linear rows of the full model, without exact times.

``translate`` reads the rows off the full model, ``windows`` adds what the timetable's rules leave of each
day, ``highs`` and ``process`` solve it beside CP-SAT, ``conflicts`` says why a master's solution has no
timetable, and ``table`` says of each rule whether the master states it exactly, relaxes it, or leaves it to
the timetable.
"""
