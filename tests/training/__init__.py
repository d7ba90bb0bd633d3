"""Learns which reading is meant from questions whose right answer is known: python -m tests.training.ranking."""
