"""The pictures of README and documents, and the command that takes them anew: python -m tests.pictures (make pictures)."""
