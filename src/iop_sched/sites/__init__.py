"""Sites that share nothing but clients' choice: which they are, a week for each, one roster of all."""
