"""What a director hands upward: the figures of a week, as numbers."""
