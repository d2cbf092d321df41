"""repairlsp: small bug fixes from a local language model, proved by running the tests."""

__version__ = "0.1.0"
