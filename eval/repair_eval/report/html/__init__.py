"""`--html`: one page in one file, that needs no other and no network."""
