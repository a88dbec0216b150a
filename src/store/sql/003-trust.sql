-- What comes to a trust, and goes from it, beside the log: tickets by which a shared computer
-- sends on what people left there, messages without a name, and the files of packs.
-- Times are microseconds UTC.

-- Leave to add to one stream, and to do nothing else. The ticket itself is not here: what
-- it becomes with the salt is.
CREATE TABLE ticket (
  stream text NOT NULL,
  hash text NOT NULL CHECK (length (hash) = 64),
  salt text NOT NULL CHECK (length (salt) = 32),
  person text NOT NULL,
  issued integer NOT NULL,
  expires integer NOT NULL,
  revoked integer NOT NULL DEFAULT 0,
  PRIMARY KEY (stream, hash)
);

-- Messages without a name until the clockwork moves them. There is no time but the Monday
-- of the week, in days since 1970, and no order but that of the hashes, which is chance.
CREATE TABLE drop_box (
  token text PRIMARY KEY NOT NULL CHECK (length (token) = 64),
  week integer NOT NULL CHECK (week % 7 = 4),
  body text NOT NULL CHECK (length (body) <= 16384),
  unit text
) WITHOUT ROWID;

-- A pack as it was published: the digest is that of pack_release, sha256 that of the file.
CREATE TABLE pack_file (
  digest text PRIMARY KEY NOT NULL CHECK (length (digest) = 64),
  sha256 text NOT NULL CHECK (length (sha256) = 64),
  size integer NOT NULL CHECK (size > 0),
  chunks integer NOT NULL CHECK (chunks > 0),
  published integer NOT NULL
);

-- Its bytes, 256 KiB a row but for the last, as base64.
CREATE TABLE pack_chunk (
  digest text NOT NULL,
  n integer NOT NULL CHECK (n >= 1),
  sha256 text NOT NULL CHECK (length (sha256) = 64),
  bytes text NOT NULL,
  PRIMARY KEY (digest, n)
);
