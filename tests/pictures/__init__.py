"""The READMEs' pictures, and the command that takes them anew: python -m tests.pictures (make pictures)."""
