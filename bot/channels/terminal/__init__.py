"""The bot in a terminal: lines typed or piped in, replies drawn in plain characters."""
