class NotMade(RuntimeError):
    """A file that could not be made: one sentence that says why."""
