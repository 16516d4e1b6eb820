-- Counts of the records that are shown, kept on every write, for pages that would otherwise count a million records.
-- `month` is that of the event's first day (else its last), empty where it has none. A party is its country, else its
-- known id, else its name.
CREATE TABLE rollup_type (
  type TEXT NOT NULL, subtype TEXT NOT NULL, status TEXT NOT NULL, month TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (type, subtype, status, month)
) WITHOUT ROWID;
CREATE TABLE rollup_party (
  party TEXT NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL, month TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (party, role, type, month)
) WITHOUT ROWID;
CREATE TABLE rollup_dyad (
  source TEXT NOT NULL, target TEXT NOT NULL, type TEXT NOT NULL, month TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (source, target, type, month)
) WITHOUT ROWID;
CREATE TABLE rollup_place (
  country TEXT NOT NULL, type TEXT NOT NULL, month TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (country, type, month)
) WITHOUT ROWID;
