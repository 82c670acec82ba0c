"""The page: a roster as one HTML file that needs nothing else, for screens and for the wall."""
