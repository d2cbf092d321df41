"""Jobs that run later, and again when they fail."""

from jobline.handlers import Handlers
from jobline.job import Job
from jobline.queue import JobQueue
from jobline.retry import RetryPolicy
from jobline.runner import Runner

__all__ = ["Handlers", "Job", "JobQueue", "RetryPolicy", "Runner"]
