"""The progress of the plan, and its pictures."""
