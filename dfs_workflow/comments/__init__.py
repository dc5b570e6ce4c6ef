"""Comments of readers: who sees which, and what they are about."""
