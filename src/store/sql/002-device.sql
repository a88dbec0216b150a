-- What the trust has received of this person and cannot read, with the reason that it gave:
-- the events themselves stay in the log.
CREATE TABLE apart (
  stream text NOT NULL,
  seq integer NOT NULL,
  reason text NOT NULL,
  received integer NOT NULL,
  PRIMARY KEY (stream, seq)
);
