-- Incidents: records of one event, put beside each other (tocsin.incidents). All but the decisions follows from the records
-- that are shown and from the decisions, and is kept on every write for the records that the write touches.

-- What is compared of a record that is shown. `name` is that of the incident which the record makes alone: whatever incident
-- it comes to stand in is found by it. `key` identifies a lasting state.
CREATE TABLE incident_face (record INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT, face TEXT NOT NULL);
CREATE INDEX incident_face_name ON incident_face (name);
CREATE INDEX incident_face_key ON incident_face (key) WHERE key IS NOT NULL;

-- Where a record is looked up: blocks with the days (proleptic ordinals) in which it stands there, 0 where it has none.
CREATE TABLE incident_block (
  block INTEGER NOT NULL, first INTEGER NOT NULL, record INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (block, first, record)
) WITHOUT ROWID;

-- Pairs that agree (sure) or perhaps do; each pair stands twice, so that either record finds it. `open` where the two stand in
-- different incidents, in the row whose first number is the smaller.
CREATE TABLE incident_link (
  one INTEGER NOT NULL, other INTEGER NOT NULL, score REAL NOT NULL, sure INTEGER NOT NULL, open INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX incident_link_open ON incident_link (score) WHERE open;

-- `incident` is the name of the first reported record's; every record that is shown stands in one incident.
CREATE TABLE incident_member (record INTEGER PRIMARY KEY, incident TEXT NOT NULL);
CREATE INDEX incident_member_incident ON incident_member (incident);

-- The digest of the rules (knowledge/incidents) that made them.
CREATE TABLE incident_rules (digest TEXT NOT NULL);

-- Merging and splitting by hand, only ever added. `ones` and `others` are JSON lists of names of records (incident_face.name),
-- `anchors` says by name what such a record is found again by: its text, type, first evidence.
CREATE TABLE incident_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  action TEXT NOT NULL, reviewer TEXT NOT NULL, made TEXT NOT NULL,
  ones TEXT NOT NULL, others TEXT NOT NULL, anchors TEXT NOT NULL, note TEXT, undoes INTEGER REFERENCES incident_decision (id)
);
-- Names in decisions that no shown record bears, with the shown record that stands for each.
CREATE TABLE incident_alias (name TEXT PRIMARY KEY, record INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER incident_decision_unchanged BEFORE UPDATE ON incident_decision BEGIN
  SELECT RAISE(ABORT, 'a decision is never changed');
END;
CREATE TRIGGER incident_decision_kept BEFORE DELETE ON incident_decision BEGIN
  SELECT RAISE(ABORT, 'a decision is never deleted');
END;
