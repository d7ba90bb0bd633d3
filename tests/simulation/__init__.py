"""A city that lives through five fiscal years of reminders, day by day, over a real database.

`make simulation` prints what everybody was told, and what was held against it.
"""
