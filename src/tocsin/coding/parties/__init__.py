"""Sides that the event's own clause does not name: hosts, givers, testers, whose the unnamed are."""
