"""Two rosters side by side: what differs, for whom, by which figures, and how much is disturbed."""
