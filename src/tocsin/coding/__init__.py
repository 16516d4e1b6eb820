"""From clauses to records: frames, status, slots, merging."""
