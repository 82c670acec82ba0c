"""The full model: a CP-SAT model with all decisions and all rules, the model of record."""
