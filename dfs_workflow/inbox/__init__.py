"""Reading mails that arrive: who wrote, which words are their own, what came back. Knows nothing of the platform."""
