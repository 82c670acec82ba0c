"""What is given and what comes out: the program week, the policy, the roster, and their files."""
