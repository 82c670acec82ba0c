"""A program week as tables: a workbook, or a folder of CSV files. One layout drives reading and writing."""
