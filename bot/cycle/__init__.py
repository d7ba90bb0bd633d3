"""The yearly cycle in conversation: notices and their letters, deadlines, and what is done in each phase."""
