"""What a director reads: views of a roster for the terminal, and the roster file itself."""
