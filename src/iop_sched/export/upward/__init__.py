"""A report to hand upward, as a page and as tidy tables."""
