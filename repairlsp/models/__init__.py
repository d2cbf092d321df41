"""Models: which folder, is it what it claims to be, and a worker process that runs it.

Most callers want `catalog.resolve` and `client.ModelWorker`. Nothing here imports the model
runtime in the caller's process; only `worker` does, in its own.
"""
