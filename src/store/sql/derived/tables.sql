-- The tables for reading. Each is filled by the file of its name, which deletes and
-- inserts everything for one key. Real on a trust, TEMP on a device; both engines read it.
-- What comes from a body may be absent: a newer version may have written it otherwise.

CREATE TABLE retracted (
  target text PRIMARY KEY NOT NULL
);

CREATE TABLE person (
  person text PRIMARY KEY NOT NULL,
  username text,
  name text,
  employee text,
  staff_group text,
  job text,
  started bigint,
  ended integer
);
CREATE INDEX person_username ON person (username);

CREATE TABLE unit (
  unit text PRIMARY KEY NOT NULL,
  code text,
  name text,
  type text,
  parent text,
  path text NOT NULL
);

CREATE TABLE membership (
  person text NOT NULL,
  unit text NOT NULL,
  is_primary integer,
  PRIMARY KEY (person, unit)
);
CREATE INDEX membership_unit ON membership (unit);

CREATE TABLE role (
  person text NOT NULL,
  role text NOT NULL,
  unit text NOT NULL,
  PRIMARY KEY (person, role, unit)
);

-- A term counts while its state is active and `until` has not come. `trained` is what a lead
-- has recorded; what modules say stands in progress.
CREATE TABLE champion (
  term text PRIMARY KEY NOT NULL,
  person text NOT NULL,
  unit text,
  state text NOT NULL,
  since bigint NOT NULL,
  begun bigint NOT NULL,
  accepted bigint,
  appointed bigint,
  trained bigint,
  shifts text,
  systems text,
  minutes integer,
  until bigint
);
CREATE INDEX champion_person ON champion (person);
CREATE INDEX champion_unit ON champion (unit);

CREATE TABLE rota (
  person text NOT NULL,
  unit text NOT NULL,
  week text NOT NULL,
  shifts text NOT NULL,
  PRIMARY KEY (person, unit, week)
);
CREATE INDEX rota_week ON rota (week, unit);

CREATE TABLE setting (
  key text PRIMARY KEY NOT NULL,
  value text
);

CREATE TABLE organisation (
  name text,
  ods text,
  synthetic integer
);

CREATE TABLE catalogue (
  part text NOT NULL,
  ident text NOT NULL,
  name text,
  short text,
  capability text,
  level integer,
  minutes integer,
  position integer,
  required text,
  pack text NOT NULL,
  version integer,
  PRIMARY KEY (pack, part, ident)
);

CREATE TABLE attempt (
  attempt text NOT NULL,
  person text NOT NULL,
  type text,
  module text,
  desk text,
  started bigint,
  ended bigint,
  how text,
  asked integer,
  right_count integer,
  score double precision,
  passed integer,
  pack text,
  pack_version integer,
  parameters text,
  try integer,
  purpose text,
  stands integer NOT NULL,
  received bigint,
  PRIMARY KEY (person, attempt)
);

CREATE TABLE level_history (
  person text NOT NULL,
  capability text NOT NULL,
  attempt text NOT NULL,
  mean double precision,
  sd double precision,
  p1 double precision,
  p2 double precision,
  p3 double precision,
  p4 double precision,
  items integer,
  provisional integer,
  required integer,
  p_required double precision,
  standing text,
  parameters text,
  at bigint NOT NULL,
  received bigint NOT NULL,
  PRIMARY KEY (person, capability, attempt)
);

CREATE TABLE level (
  person text NOT NULL,
  capability text NOT NULL,
  attempt text NOT NULL,
  mean double precision,
  sd double precision,
  p1 double precision,
  p2 double precision,
  p3 double precision,
  p4 double precision,
  items integer,
  provisional integer,
  required integer,
  p_required double precision,
  standing text,
  parameters text,
  at bigint NOT NULL,
  received bigint NOT NULL,
  PRIMARY KEY (person, capability)
);

CREATE TABLE self_rating (
  person text NOT NULL,
  capability text NOT NULL,
  now integer,
  need integer,
  at bigint NOT NULL,
  PRIMARY KEY (person, capability)
);

CREATE TABLE progress (
  person text NOT NULL,
  module text NOT NULL,
  state text NOT NULL,
  steps integer NOT NULL,
  practised integer NOT NULL,
  check_best double precision,
  check_passed integer NOT NULL,
  shift_done integer NOT NULL,
  confidence_before integer,
  confidence_after integer,
  started bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (person, module)
);

CREATE TABLE evidence (
  person text NOT NULL,
  outcome text NOT NULL,
  module text,
  type text NOT NULL,
  at bigint NOT NULL,
  source text NOT NULL,
  author text,
  PRIMARY KEY (person, source, outcome)
);

CREATE TABLE shared (
  person text NOT NULL,
  what text NOT NULL,
  with_whom text NOT NULL,
  PRIMARY KEY (person, what)
);

CREATE TABLE help (
  request text PRIMARY KEY NOT NULL,
  person text,
  unit text,
  page text,
  module text,
  item text,
  text text,
  topic text,
  state text NOT NULL,
  taken_by text,
  asked bigint NOT NULL,
  last bigint NOT NULL,
  answer text,
  urgent integer NOT NULL,
  system text,
  opened bigint NOT NULL,
  taken bigint,
  taken_name text,
  answered bigint,
  fixed integer,
  ended bigint,
  accepted bigint,
  -- champions of other places who may be asked, by spaces, and the name that they are told
  called text,
  name text
);
CREATE INDEX help_person ON help (person);

CREATE TABLE help_given (
  id text PRIMARY KEY NOT NULL,
  champion text NOT NULL,
  person text,
  unit text,
  topic text,
  people integer,
  minutes integer,
  text text,
  at bigint NOT NULL,
  system text
);
CREATE INDEX help_given_champion ON help_given (champion);

CREATE TABLE feedback (
  feedback text PRIMARY KEY NOT NULL,
  person text,
  unit text,
  type text,
  text text,
  page text,
  module text,
  state text NOT NULL,
  decision text,
  because text,
  reply text,
  theme text,
  owner text,
  due text,
  joined text,
  initiative text,
  about text,
  published text,
  at bigint NOT NULL,
  last bigint NOT NULL,
  system text
);
CREATE INDEX feedback_person ON feedback (person);

CREATE TABLE support (
  target text PRIMARY KEY NOT NULL,
  people integer NOT NULL
);

CREATE TABLE initiative (
  initiative text PRIMARY KEY NOT NULL,
  title text,
  state text,
  text text,
  why text,
  units text,
  roles text,
  benefit text,
  measure text,
  measured_before double precision,
  expected double precision,
  measured_after double precision,
  superusers text,
  modules text,
  parts text,
  risks text,
  go_live text,
  template text,
  at bigint NOT NULL,
  last bigint NOT NULL
);

CREATE TABLE initiative_step (
  id text PRIMARY KEY NOT NULL,
  initiative text NOT NULL,
  state text,
  who text,
  because text,
  at bigint NOT NULL
);

CREATE TABLE pulse_count (
  pulse text NOT NULL,
  question integer NOT NULL,
  value integer NOT NULL,
  people integer NOT NULL,
  answered integer NOT NULL,
  PRIMARY KEY (pulse, question, value)
);

CREATE TABLE corner (
  question text PRIMARY KEY NOT NULL,
  person text,
  name text,
  topic text,
  text text,
  because text,
  answers integer NOT NULL,
  at bigint NOT NULL,
  last bigint NOT NULL
);

CREATE TABLE corner_answer (
  answer text PRIMARY KEY NOT NULL,
  question text NOT NULL,
  person text,
  name text,
  text text,
  because text,
  at bigint NOT NULL
);
CREATE INDEX corner_answer_question ON corner_answer (question);

CREATE TABLE tip (
  answer text PRIMARY KEY NOT NULL,
  topic text,
  text text,
  people integer NOT NULL,
  at bigint NOT NULL
);
