"""Rosters that people use: page, workbook, calendars, sheets to print and tables."""
