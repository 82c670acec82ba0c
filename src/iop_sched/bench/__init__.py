"""What the solver is measured against, and how."""
