"""What is due, and saying it once. Knows the plan and the roster; no chat product."""
