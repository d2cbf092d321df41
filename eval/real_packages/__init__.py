"""Bugs put into published packages by hand, and the program that has them repaired."""
