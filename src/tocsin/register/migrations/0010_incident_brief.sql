-- Incidents of many reports in brief (incidents/brief.py), so that a page of a list need not read them all. A brief is dropped
-- by the triggers below with anything that it follows from, and made again at the end of the transaction; where there is none,
-- it is worked out when it is asked for. Memberships are no longer told apart by where their papers were signed: all incidents
-- are made anew.
CREATE TABLE incident_brief (incident TEXT PRIMARY KEY, brief TEXT NOT NULL) WITHOUT ROWID;
-- Incidents whose brief is to be made again; empty after a transaction. '*' stands there while all incidents are made anew.
CREATE TABLE incident_touched (incident TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TRIGGER incident_touched_brief AFTER INSERT ON incident_touched WHEN new.incident != '*' BEGIN
  DELETE FROM incident_brief WHERE incident = new.incident;
END;
-- ON CONFLICT DO NOTHING, not OR IGNORE: that gives way to the statement which fires the trigger.
CREATE TRIGGER incident_member_came AFTER INSERT ON incident_member
  WHEN NOT EXISTS (SELECT 1 FROM incident_touched WHERE incident = '*') BEGIN
  INSERT INTO incident_touched VALUES (new.incident) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_member_moved AFTER UPDATE ON incident_member BEGIN
  INSERT INTO incident_touched VALUES (old.incident), (new.incident) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_member_left AFTER DELETE ON incident_member
  WHEN NOT EXISTS (SELECT 1 FROM incident_touched WHERE incident = '*') BEGIN
  INSERT INTO incident_touched VALUES (old.incident) ON CONFLICT DO NOTHING;
END;

-- The incidents in which the records of articles stand, whichever reading or reviewed record is shown.
CREATE VIEW incident_of_article AS
  SELECT reading.article, incident FROM reading JOIN incident_member ON record BETWEEN first AND first + records - 1
  UNION ALL
  SELECT reviewed.article, incident FROM reviewed JOIN incident_member ON incident_member.record = stands;
-- What an account takes from elsewhere than the records: exact copies, and near copies with the fullest text of their group.
CREATE TRIGGER incident_copy_linked AFTER INSERT ON article WHEN new.duplicate_of IS NOT NULL BEGIN
  INSERT INTO incident_touched SELECT incident FROM incident_of_article WHERE article = new.duplicate_of ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_copy_came AFTER INSERT ON copy BEGIN
  INSERT INTO incident_touched SELECT incident FROM incident_of_article WHERE article = new.article ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_copy_moved AFTER UPDATE OF copy_group ON copy BEGIN
  INSERT INTO incident_touched SELECT incident FROM incident_of_article WHERE article = new.article ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_copy_left AFTER DELETE ON copy BEGIN
  INSERT INTO incident_touched SELECT incident FROM incident_of_article WHERE article = old.article ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER incident_copy_anchored AFTER UPDATE OF anchor ON copy_group WHEN new.anchor != old.anchor BEGIN
  INSERT INTO incident_touched SELECT incident FROM copy
    JOIN incident_of_article ON incident_of_article.article = copy.article WHERE copy_group = new.id ON CONFLICT DO NOTHING;
END;

-- The newest day of publication, by which plans are called stale, at once.
CREATE INDEX article_published ON article (published);
