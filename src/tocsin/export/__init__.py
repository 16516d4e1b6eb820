"""Results in other forms: so far as words for people and as one self-contained page."""
