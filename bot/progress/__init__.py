"""How far along the plan is: one summary, and the chat, page, papers and pictures that are made of its numbers.

May import evaluation and what is below it. Told in `summary.summarise`; a message's turn at it is in `handler`.
"""
