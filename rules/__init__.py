"""What a board may change without a programmer (TOML)."""
