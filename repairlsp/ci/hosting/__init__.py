"""GitHub and GitLab: pull requests and review comments, opened by whoever was told to, once."""
