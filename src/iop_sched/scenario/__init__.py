"""Scenarios: typed changes of a program week and its policy, from a file or in short words."""
