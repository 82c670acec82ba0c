"""Rosters that people use: workbook, calendars, tables and sheets of paper."""
