"""What an office prints: day sheets, sign-in sheets, a call sheet, a page for each client."""
