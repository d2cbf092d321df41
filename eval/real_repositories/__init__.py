"""Git repositories made of published source releases, with bugs of our own committed on top: what
the CI bot is tried on, end to end."""
