"""What a proposal says: the words of a place, how they are written in a form, and how they meet the newest version."""
