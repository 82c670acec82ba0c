"""Running the solver: strategy, progress, interruption, statuses."""
