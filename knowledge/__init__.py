"""What the plan says, and who answers for it. Knows nothing of chat, clocks or channels."""
