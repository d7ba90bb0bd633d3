"""Readers and writers: the text of a printed plan, the workbooks that an officer edits, the roster in CSV."""
