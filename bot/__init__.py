"""The conversation, its channels, and the place where all parts are joined."""
