-- The ledger of sources: what stood at a place (a file, a line of it, a byte of an archive, an address) when it was last read
-- with success or without, by which run and how. What is the same there need not be opened by the same run again. A row is
-- written in one transaction with what it tells of; `reason` where the page could not be read.
CREATE TABLE entry (
  place TEXT PRIMARY KEY, digest TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run (id), how TEXT NOT NULL,
  source TEXT NOT NULL, article TEXT, reason TEXT, seen TEXT NOT NULL
) WITHOUT ROWID;

-- Copies of a text that are not the same to the letter: a group has a fullest text, the anchor, of which every member holds most
-- or is mostly held by it; members are never linked through one another. `earliest` is the first known to be published.
CREATE TABLE copy_group (
  id INTEGER PRIMARY KEY,
  anchor INTEGER NOT NULL REFERENCES article (id), earliest INTEGER NOT NULL REFERENCES article (id), agency TEXT
);
CREATE TABLE copy (
  article INTEGER PRIMARY KEY REFERENCES article (id), copy_group INTEGER NOT NULL REFERENCES copy_group (id),
  kind TEXT NOT NULL, share REAL NOT NULL, agency TEXT
);
CREATE INDEX copy_members ON copy (copy_group);

-- Where texts with the same runs of words are found: a sample of the runs of each article, as numbers. What a copy shares with
-- its anchor stands there once. `size` counts the sample of an article.
CREATE TABLE run_of_words (run INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (run, article)) WITHOUT ROWID;
CREATE TABLE sketch (article INTEGER PRIMARY KEY REFERENCES article (id), size INTEGER NOT NULL, runs BLOB NOT NULL);
