"""What if: cases of a changed week, each solved against a baseline in a process of its own, and compared."""
