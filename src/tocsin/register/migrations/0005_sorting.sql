-- What the columns of a table are sorted by (register/sorting.py): for each order the value of every record that has one, as
-- chunks of numbers. The value of words is the number of their text within its family (parties, places …); how the texts of
-- a family stand in the alphabet is the order of their keys here. All of it follows from the other tables.
CREATE TABLE sort_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, texts INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sort_text (
  family INTEGER NOT NULL REFERENCES sort_name (id), key TEXT NOT NULL, id INTEGER NOT NULL,
  PRIMARY KEY (family, key)
) WITHOUT ROWID;
CREATE TABLE sort_chunk (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
