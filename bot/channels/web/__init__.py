"""The page under `kaikaku serve`: rendered here, whole without script, asking nothing of other addresses."""
