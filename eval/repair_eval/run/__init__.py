"""Running: attempts and judgements as tasks, in processes here or on a cluster."""
