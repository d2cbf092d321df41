"""`python -m repairlsp.server` is `repairlsp serve`."""

from repairlsp.server.start import main

if __name__ == "__main__":
    main()
