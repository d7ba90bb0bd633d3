"""Keeping it running for years: backup, restore, doctor, and forgetting in time."""
