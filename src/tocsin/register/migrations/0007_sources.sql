-- The ledger of sources: what stood at a place (a file, a line of it, a byte of an archive, an address) when it was last read
-- with success or without, by which run and how. What is the same there need not be opened by the same run again. A row is
-- written in one transaction with what it tells of; `reason` where the page could not be read.
CREATE TABLE entry (
  place TEXT PRIMARY KEY, digest TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run (id), how TEXT NOT NULL,
  source TEXT NOT NULL, article TEXT, reason TEXT, seen TEXT NOT NULL
) WITHOUT ROWID;
