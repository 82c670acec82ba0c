"""Why a roster is as it is, said to a director."""
