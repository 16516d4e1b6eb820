-- Articles with their versions, what each run read in them, and the index that answers `find`. Days are ISO 8601.

-- One state of a coder: its version and the digest of its tables. Reading again with another one adds readings.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  coder TEXT NOT NULL, version TEXT NOT NULL, knowledge TEXT NOT NULL,
  started TEXT NOT NULL,
  UNIQUE (coder, version, knowledge)
);

-- `address` is what the versions of an article share (its URL, else its source), NULL where there is none.
-- `duplicate_of` is the first article with the very same text; that one is coded. `shown` is the reading that `find` gives.
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  article TEXT NOT NULL UNIQUE, text_sha256 TEXT NOT NULL,
  source TEXT NOT NULL, address TEXT, url TEXT, title TEXT, author TEXT, publisher TEXT,
  published TEXT, published_basis TEXT NOT NULL, language TEXT, characters INTEGER NOT NULL,
  extra TEXT NOT NULL,
  duplicate_of INTEGER REFERENCES article (id), shown INTEGER,
  added TEXT NOT NULL
);
CREATE INDEX article_digest ON article (text_sha256);
CREATE INDEX article_duplicates ON article (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE version (
  address TEXT NOT NULL, number INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES article (id), seen TEXT NOT NULL,
  PRIMARY KEY (address, number)
) WITHOUT ROWID;

-- Absent for copies, and where only hashes and quotes are kept.
CREATE TABLE text (article INTEGER PRIMARY KEY REFERENCES article (id), text TEXT NOT NULL);

CREATE TABLE block (
  article INTEGER NOT NULL REFERENCES article (id), position INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (article, position)
) WITHOUT ROWID;

-- One article read by one run; its records have the numbers `first` to `first + records - 1`.
CREATE TABLE reading (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id), run INTEGER NOT NULL REFERENCES run (id),
  first INTEGER NOT NULL, records INTEGER NOT NULL, made TEXT NOT NULL,
  UNIQUE (article, run)
);

-- What was left out or went wrong within an article that was read.
CREATE TABLE problem (
  reading INTEGER NOT NULL REFERENCES reading (id), position INTEGER NOT NULL, stage TEXT NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (reading, position)
) WITHOUT ROWID;

-- Inputs that could not be read. `article` where its text was known and the coder failed on it.
CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, input TEXT NOT NULL, message TEXT NOT NULL, article TEXT,
  options TEXT NOT NULL, tries INTEGER NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, resolved TEXT
);
CREATE INDEX failure_open ON failure (source) WHERE resolved IS NULL;
CREATE INDEX failure_input ON failure (input) WHERE resolved IS NULL;

-- `rest` holds the slots that no table below holds, as JSON.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  record TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (id), reading INTEGER NOT NULL REFERENCES reading (id),
  type TEXT NOT NULL, subtype TEXT, status TEXT NOT NULL, historical INTEGER NOT NULL,
  earliest TEXT, latest TEXT, confidence REAL NOT NULL,
  rest TEXT NOT NULL
);
CREATE INDEX record_name ON record (record);

CREATE TABLE actor (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT, known TEXT
);
CREATE INDEX actor_name ON actor (name COLLATE NOCASE);

CREATE TABLE party (
  record INTEGER NOT NULL REFERENCES record (id), role TEXT NOT NULL, position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actor (id), text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (record, role, position)
) WITHOUT ROWID;

CREATE TABLE attribution (
  record INTEGER NOT NULL REFERENCES record (id), position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actor (id), text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  verb TEXT, quoted INTEGER NOT NULL,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE materiel (
  record INTEGER NOT NULL REFERENCES record (id), position INTEGER NOT NULL,
  text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  designation TEXT, class TEXT NOT NULL, use TEXT,
  count_text TEXT, count_start INTEGER, count_end INTEGER, count_min INTEGER, count_max INTEGER, count_kind TEXT NOT NULL,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;

CREATE TABLE location (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, country TEXT, admin1 TEXT, geonameid INTEGER, lat REAL, lon REAL, precision TEXT NOT NULL
);
-- Degrees, WGS 84; only locations that have a point.
CREATE VIRTUAL TABLE location_box USING rtree (id, south, north, west, east);

CREATE TABLE place (
  record INTEGER NOT NULL REFERENCES record (id), position INTEGER NOT NULL,
  location INTEGER NOT NULL REFERENCES location (id), role TEXT NOT NULL,
  text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE INDEX place_location ON place (location, record);

CREATE TABLE evidence (
  record INTEGER NOT NULL REFERENCES record (id), position INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
  PRIMARY KEY (record, position)
) WITHOUT ROWID;

-- Words of articles by article number, and, for articles without their text, of quotes by record number.
CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quote_words USING fts5 (quotes, content='', tokenize='porter unicode61 remove_diacritics 2');

-- The index of `find` (register/bits.py, register/columns.py): which records a term holds for, as chunks of bits, and the
-- values to compare and sort by, as chunks of numbers. All of it follows from the tables above.
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE posting (id INTEGER PRIMARY KEY, bits BLOB NOT NULL);
CREATE TABLE "column" (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
