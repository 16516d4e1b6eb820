-- Feeds that are followed: in which state each was last read (so that it is asked for what is new only), when it is to be asked
-- again, how often in a row it failed and why, on which day it was last reached. Times are seconds since 1970. `moved` is where
-- it has moved to for good; `gone` where it said that it will not come back. `etag` and `modified` are written in one
-- transaction with what the feed listed.
CREATE TABLE polled (
  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, moved TEXT, next REAL NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0, reason TEXT, verified TEXT
) WITHOUT ROWID;

-- Articles that feeds listed, each address once, whichever feeds list it: to be fetched (`open`), handled (`done`), not to be had
-- (`failed`, with the reason). `feed` is the first that listed it, `published` what it said.
CREATE TABLE awaited (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, feed TEXT NOT NULL, publisher TEXT, title TEXT, published TEXT,
  found REAL NOT NULL, next REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open', reason TEXT
);
CREATE INDEX awaited_open ON awaited (next) WHERE state = 'open';

-- Hosts: what their robots.txt said and until when it holds, and before when they are not to be asked.
CREATE TABLE host (
  origin TEXT PRIMARY KEY, robots TEXT, holds REAL NOT NULL DEFAULT 0, ready REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
