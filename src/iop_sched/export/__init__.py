"""A roster in the forms that people use: a page for the wall, and what else an office reads and prints."""
