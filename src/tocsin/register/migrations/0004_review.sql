-- Reviews. A claim is a record as it was when it was first judged (or as a reviewer added it), with the article whose text
-- its offsets refer to; corrections are about claims and are only ever added.
CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  record TEXT NOT NULL, article INTEGER NOT NULL REFERENCES article (id), type TEXT NOT NULL, seen TEXT NOT NULL
);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_record ON claim (record);

-- `value` of an edit and `record` as JSON; `article` is the one whose text they refer to.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  claim INTEGER NOT NULL REFERENCES claim (id), action TEXT NOT NULL, reviewer TEXT NOT NULL, made TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (id),
  slot TEXT, value TEXT, record TEXT, note TEXT, undoes INTEGER REFERENCES correction (id), queue TEXT
);
CREATE INDEX correction_claim ON correction (claim);
CREATE INDEX correction_reviewer ON correction (reviewer);
CREATE TRIGGER correction_unchanged BEFORE UPDATE ON correction BEGIN
  SELECT RAISE(ABORT, 'a correction is never changed');
END;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction BEGIN
  SELECT RAISE(ABORT, 'a correction is never deleted');
END;

-- What claims make of the reading that is shown of an article; follows from the tables above and is made anew with each
-- correction and reading. `record` is the coder's record that answers to the claim, `stands` the one shown in its place.
CREATE TABLE reviewed (
  claim INTEGER NOT NULL REFERENCES claim (id), article INTEGER NOT NULL REFERENCES article (id),
  state TEXT NOT NULL, reviewer TEXT NOT NULL, made TEXT NOT NULL,
  record INTEGER, stands INTEGER, hidden INTEGER NOT NULL, changed INTEGER NOT NULL,
  PRIMARY KEY (claim, article)
) WITHOUT ROWID;
CREATE INDEX reviewed_article ON reviewed (article);
CREATE INDEX reviewed_record ON reviewed (record) WHERE record IS NOT NULL;
CREATE INDEX reviewed_stands ON reviewed (stands) WHERE stands IS NOT NULL;
