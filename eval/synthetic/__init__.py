"""Fresh synthetic bugs in published packages, and the program that has them repaired."""
