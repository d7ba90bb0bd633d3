"""What a plan says: its structure, amounts and fiscal years, what we add to it, and what does not add up in it.

Imports nothing of ours but `knowledge.faults`. Begin with `plan.Plan`.
"""
