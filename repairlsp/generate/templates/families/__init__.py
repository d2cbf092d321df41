"""The families of fixes, one per file. A new file here, and its prior in `priors.toml`, is all."""
