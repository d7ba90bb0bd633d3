"""Readers and writers of plans: the text of a printed plan, and the workbook that an officer edits."""
