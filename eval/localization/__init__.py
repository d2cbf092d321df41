"""Fault localization measured: bugs injected into published packages, and where they are ranked."""
