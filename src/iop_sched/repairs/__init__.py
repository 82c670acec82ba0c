"""What would it take: the cheapest changes of a week that make something possible, each one tried."""
