/* way-bodies.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-kind.h"

G_BEGIN_DECLS

/* What each kind of event says: one struct a kind, filled by way_kind_read() and written
 * by way_kind_write(). Texts are owned by the struct. Where an optional field is absent
 * a text is NULL, an integer WAY_NO_INTEGER, a decimal NAN. Times are microseconds UTC.
 * The way-kind-*.c files say what may stand in each field. */

/* Measuring */

typedef struct
{
  char *type;
  char *pack;
  gint64 pack_version;
  char *parameters;
  char *language;
  char *seed;     /* a guint64 in decimal */
  char *required; /* (nullable) "2,2,2,3,2,2" */
  char *self_now; /* (nullable) the same */
  char *recent;   /* (nullable) item ids with blanks between */
  char *exposed;  /* (nullable) the same */
  char *recheck;  /* (nullable) a capability */
  double prior_mean;
  double prior_sd;
  char *module; /* (nullable) */
  char *desk;   /* (nullable) */
  char *draw;   /* (nullable) item ids with blanks between, of a check */
  gint64 try;
  char *continues; /* (nullable) an attempt */
  gint64 level;    /* of a yes or no: at least which */
  double rho;      /* how the capabilities go together, where the trust has set it */
  char *cuts;      /* (nullable) where levels begin, where the trust has set it, "-1 0 1" */
  double rapid;    /* of an item's time: a faster answer is missing; 0: none is */
  gint64 minutes;  /* time limit */
  char *purpose;   /* (nullable) of a check: that it was taken before the lesson */
  char *balance;   /* (nullable) of a short sitting: what its first answers were chosen for */
} WayAttemptBody;

typedef struct
{
  char *attempt;
  gint64 ordinal;
  char *item;
  char *capability;
  double value;
  double information;
  gint64 pool;
  gint64 rank;
  char *reason;
  gint64 enemies; /* left out: of an item that was asked */
  gint64 recent;  /* left out: seen in the last twelve months */
  gint64 exposed; /* left out: too many people see them */
} WaySelectionBody;

typedef struct
{
  char *attempt;
  gint64 ordinal;
  char *item;
  char *answer;
  double score;
  gint64 ms;
  gboolean dont_know;
  gboolean counted;
} WayResponseBody;

typedef struct
{
  char *attempt;
  char *type;
  char *how;
  char *module; /* (nullable) */
  char *desk;   /* (nullable) */
  gint64 asked;
  gint64 right;
  double score;
  gboolean passed;
  char *doubt;   /* (nullable) why a sitting's results are kept, but not reported */
  char *purpose; /* (nullable) as its beginning has it */
} WayAttemptEndBody;

typedef struct
{
  char *attempt;
  char *capability;
  double mean;
  double sd;
  double p1;
  double p2;
  double p3;
  double p4;
  gint64 items;
  gboolean provisional;
  gint64 required;
  double p_required;
  char *standing;
  char *parameters;
} WayEstimateBody;

typedef struct
{
  char *capability;
  gint64 now;
  gint64 need;
} WaySelfRatingBody;

typedef struct
{
  char *module;
  char *moment;
  gint64 value;
} WayConfidenceBody;

typedef struct
{
  char *barrier;
  gint64 value;
} WayBarrierBody;

typedef struct
{
  char *key;
  char *value;
} WayAboutMeBody;

typedef struct
{
  char *key;
  char *value;
} WayPreferenceBody;

/* Learning and practising */

typedef struct
{
  char *module;
  gint64 version;
  char *step;
} WayStepBody;

/* An empty text takes a note away: nobody else has read it, and the log keeps what was. */
typedef struct
{
  char *module;
  char *text;
  char *step; /* (nullable) of the module */
  char *note; /* (nullable) the event that first said it, which this takes the place of */
} WayNoteBody;

/* The same holds of a reflection, whose text is what was done. */
typedef struct
{
  char *module; /* (nullable) */
  char *text;
  char *outcome;    /* (nullable) a skill that somebody witnessed */
  char *learned;    /* (nullable) */
  char *change;     /* (nullable) how it changes what one does */
  char *code;       /* (nullable) what it has to do with the code of one's profession */
  gint64 minutes;   /* time spent */
  gint64 day;       /* when it was done, µs */
  char *reflection; /* (nullable) the event that first said it */
} WayReflectionBody;

typedef struct
{
  char *module;
  gint64 version;
} WayShiftDoneBody;

typedef struct
{
  char *attempt;
  gint64 ordinal;
  char *action;
  char *target;
  char *value; /* (nullable) */
  char *item;  /* (nullable) the question of a sitting that it is at */
} WayActionBody;

typedef struct
{
  char *attempt;
  char *module;
  char *desk;
  char *rule;
  char *record;  /* (nullable) */
  char *outcome; /* (nullable) */
  gboolean held;
  gint64 points;
  gint64 out_of;
  gint64 try;  /* left out: which run of the desk it was, from 1 */
  gint64 help; /* left out: how often help was asked for in it */
} WayRuleOutcomeBody;

typedef struct
{
  char *outcome;
  char *module; /* (nullable) */
  char *type;
  char *note; /* (nullable) */
  char *seen; /* (nullable) the day on which it was seen, YYYY-MM-DD */
  char *by;   /* (nullable) the name of who says it, for whoever it is about */
  /* Signed off as a whole, which is of no outcome and no module: */
  char *result; /* (nullable) the newest evidence that was seen */
  char *asked;  /* (nullable) pack, version and levels that the person's work asks for */
} WayEvidenceBody;

/* A piece of a file that goes with evidence. */
typedef struct
{
  char *evidence;
  char *name;
  char *type;
  gint64 n; /* from 1 */
  gint64 of;
  char *data; /* base64 */
} WayEvidenceFileBody;

/* What somebody says to what others say that they saw them do. It is about who said that. */
typedef struct
{
  char *evidence;
  char *answer;
  char *text; /* (nullable) */
  char *by;   /* (nullable) the name of who answers */
} WayEvidenceAnswerBody;

typedef struct
{
  char *module;  /* (nullable) one of module and pathway */
  char *number;  /* (nullable) left out: the code is made of the event's id and digest */
  char *pathway; /* (nullable) */
  char *pack;    /* in which it was taught */
  gint64 pack_version;
  gint64 version; /* of the module; of the pack for a pathway */
  gint64 earned;  /* µs: when the last of it was passed, as its owner's computer has it */
} WayCertificateBody;

/* Helping, listening, leading */

typedef struct
{
  char *page;
  char *module; /* (nullable) */
  char *item;   /* (nullable) */
  char *text;
  char *topic;   /* (nullable) */
  gint64 urgent; /* 1: it stops them working */
  char *system;  /* (nullable) a word: which one it is about */
  char *called;  /* (nullable) champions of other places who may be asked, by spaces */
  char *by;      /* (nullable) the name of who asks, for those */
} WayHelpRequestBody;

typedef struct
{
  char *request;
  char *action;
  char *text; /* (nullable) */
  char *to;   /* (nullable) to whom it is passed on; absent: whoever comes next */
  char *by;   /* (nullable): the name of who did it, for whoever asked */
} WayHelpActionBody;

typedef struct
{
  char *module;
} WayHelpDeclinedBody;

typedef struct
{
  char *topic;
  gint64 people;
  gint64 minutes;
  char *text;   /* (nullable) */
  gint64 day;   /* µs: when it was, where it is written down later */
  char *by;     /* (nullable): the name of who gave it, for whoever was helped */
  char *system; /* (nullable): which system it was about, a word */
} WayHelpGivenBody;

/* What everybody may know of a champion of a unit, the newest of each. */
typedef struct
{
  char *name;
  char *shifts;  /* (nullable) a weekly pattern, "mon-early tue-night"; absent: not known */
  char *systems; /* (nullable) words with blanks between */
  gboolean ended;
} WayOnCallBody;

typedef struct
{
  char *type;
  char *text;
  char *page;
  char *module; /* (nullable) */
  char *token;  /* (nullable) of a message without a name: the hash of its token */
  char *system; /* (nullable) a word: which one it is about */
} WayFeedbackBody;

typedef struct
{
  char *token;  /* the hash, as of the message */
  char *source; /* the feedback_action that it repeats */
  char *action;
  char *decision; /* (nullable) */
  char *because;  /* (nullable) */
  char *text;     /* (nullable) */
} WayDropAnswerBody;

typedef struct
{
  char *feedback;
  char *action;
  char *decision; /* (nullable) */
  char *because;  /* (nullable) */
  char *text;     /* (nullable) */
  /* Absent: as it was. Empty: none. */
  char *theme;      /* (nullable) */
  char *owner;      /* (nullable) a person's id */
  char *due;        /* (nullable) a day, YYYY-MM-DD */
  char *joined;     /* (nullable) with "joined": the feedback that says the same */
  char *initiative; /* (nullable) */
  char *module;     /* (nullable) that helps with it */
  char *published;  /* (nullable) with "published": what everybody reads of it */
} WayFeedbackActionBody;

typedef struct
{
  char *published; /* (nullable) the first of what was published of this; absent in it */
  char *type;
  char *said;
  char *state;
  char *decision; /* (nullable) */
  char *because;  /* (nullable) */
  char *did;      /* (nullable) */
  char *theme;    /* (nullable) */
  char *measure;  /* (nullable) what was measured, with its unit */
  double before;
  double after;
  gint64 people;    /* who said so, where they are eight or more */
  char *initiative; /* (nullable) */
  char *module;     /* (nullable) */
} WayPublishedBody;

/* Of what was published: nobody sees what others told the trust. */
typedef struct
{
  char *feedback;
  gint64 value; /* 1: it is supported; 0: no longer */
} WayVoteBody;

typedef struct
{
  char *feedback; /* what was published */
  char *text;     /* the aim */
  char *result;   /* (nullable) */
  char *trial;    /* (nullable) the first word of this trial; absent in it */
  char *measure;  /* (nullable) by what it is judged */
  char *until;    /* (nullable) a day, YYYY-MM-DD */
} WayTrialBody;

typedef struct
{
  char *state;
  char *shifts;   /* (nullable) a weekly pattern, "mon-early tue-night"; absent: as it was */
  char *systems;  /* (nullable) words with blanks between */
  gint64 minutes; /* protected, a week */
  char *term;     /* (nullable) the event that began the term, where it is another */
  gint64 until;   /* µs: when the term ends by itself */
  char *text;     /* (nullable) why, in somebody's words */
} WayChampionTermBody;

/* Who works when, of one person in one unit in one week; the newest stands. */
typedef struct
{
  char *week;   /* its Monday, 2026-03-23 */
  char *shifts; /* as a weekly pattern; "" is not there that week */
} WayRotaBody;

typedef struct
{
  char *title;
  char *place; /* (nullable) */
  gint64 starts;
  gint64 minutes;
  char *text;    /* (nullable) what it is about */
  char *by;      /* (nullable) the name of whoever holds it */
  char *session; /* (nullable) the first of those that this changes */
} WaySessionBody;

typedef struct
{
  char *session; /* the first of those that say when it is */
  char *state;   /* (nullable) came, where nothing is said */
} WayAttendanceBody;

typedef struct
{
  char *text;  /* "" where nothing is said beside it */
  char *about; /* (nullable): the request that was fixed, or the help that was noted */
} WayThanksBody;

typedef struct
{
  char *topic; /* a word, as of help that was given */
  char *text;
  char *by; /* (nullable): the name of who asks, for the other champions */
} WayCornerQuestionBody;

typedef struct
{
  char *question;
  char *action;
  char *answer; /* (nullable): of what is taken down, where it is not the question */
  char *text;   /* the answer; why it is taken down */
  char *by;     /* (nullable): the name of who did it */
} WayCornerActionBody;

typedef struct
{
  char *answer; /* the corner_action whose answer worked */
  char *state;
  char *question; /* (nullable) */
  char *topic;    /* (nullable) */
  char *text;     /* (nullable): of what is taken down */
} WayTipBody;

typedef struct
{
  char *title;
  char *state;
  /* From here on absent: as it was. */
  char *text;       /* (nullable) what it is */
  char *initiative; /* (nullable) the first event of it; absent in that */
  char *template;   /* (nullable) the initiative that it was started from */
  char *who;        /* (nullable) the person or group that took this step */
  char *because;    /* (nullable) */
  char *why;        /* (nullable) */
  char *units;      /* (nullable) ids of places, by spaces; empty: the whole trust */
  char *roles;      /* (nullable) staff groups, by spaces; empty: all */
  char *benefit;    /* (nullable) */
  char *measure;    /* (nullable) of the benefit, with its unit */
  double before;
  double expected;
  double after;
  char *superusers; /* (nullable) ids of persons, by spaces */
  char *modules;    /* (nullable) ids, by spaces */
  char *parts;      /* (nullable) of being ready, beside the modules: classroom access */
  char *risks;      /* (nullable) */
  char *go_live;    /* (nullable) a day, YYYY-MM-DD */
} WayInitiativeBody;

typedef struct
{
  char *initiative; /* (nullable) */
  char *question;
  gint64 closes;
  gint64 opens;
  char *moment;    /* (nullable) of the initiative */
  gint64 share;    /* of a thousand people, how many are drawn */
  gint64 sample;   /* how many that were to be */
  char *question2; /* (nullable) */
  char *question3; /* (nullable) */
  char *question4; /* (nullable) */
  char *question5; /* (nullable) */
  char *units;     /* (nullable) places that it asks, by spaces, where they are several */
  char *roles;     /* (nullable) staff groups that it asks, by spaces */
} WayPulseBody;

typedef struct
{
  char *pulse;
  gint64 value; /* 1 (not at all) to 5 (very much); 0: skipped */
  char *text;   /* (nullable) */
  gint64 question;
} WayPulseAnswerBody;

typedef struct
{
  char *title;
  char *text;
  gint64 until;
  gint64 starts;
} WayNoticeBody;

/* What is asked of people, and what the trust administers */

typedef struct
{
  char *what;
  char *module; /* (nullable) */
  gint64 due;
} WayAssignmentBody;

typedef struct
{
  char *assignment;
  char *reason;
} WayAssignmentEndBody;

typedef struct
{
  char *what;
  char *reason;
} WayExemptionBody;

typedef struct
{
  char *what;
} WayReminderBody;

typedef struct
{
  char *role;
  char *capability;
  gint64 level;
} WayRoleRequirementBody;

typedef struct
{
  char *name;
  char *ods;
  gboolean synthetic;
} WayOrganisationBody;

typedef struct
{
  char *place;
  char *code;
  char *name;
  char *type;
  char *parent; /* (nullable) */
} WayPlaceBody;

typedef struct
{
  char *person;
  char *username;
  char *name;
  char *employee; /* (nullable) */
  char *staff_group;
  gint64 started;
  gboolean ended;
  char *principal; /* (nullable) by which name a domain knows them */
  char *job;       /* (nullable) the job role, as the staff list has it */
} WayPersonBody;

typedef struct
{
  char *person;
  char *place;
  gboolean is_primary;
  gboolean ended;
} WayMembershipBody;

typedef struct
{
  char *person;
  char *role;
  char *place; /* (nullable) */
  gboolean ended;
  char *source; /* (nullable): "import" where a list of staff said so */
} WayRoleGrantBody;

typedef struct
{
  char *key;
  char *value;
} WaySettingBody;

typedef struct
{
  char *part;
  char *pack;
  gint64 version;
  char *ident;
  char *name;
  char *short_name; /* (nullable) "short" in the body */
  char *capability; /* (nullable) */
  gint64 level;
  gint64 minutes;
  char *digest; /* (nullable) */
  gint64 position;
  char *required; /* (nullable) */
} WayPackReleaseBody;

typedef struct
{
  char *pack;
  char *item;
  char *version;
  double a;
  double b;
  double c;
  double d;
  double sd;
  char *steps;     /* (nullable) of partial credit, "-1 0.5" */
  gint64 of;       /* how many items the version has */
  char *note;      /* (nullable) why there is this version */
  double seconds;  /* how long people take for it */
  double exposure; /* the share of sittings that had it */
} WayItemParameterBody;

typedef struct
{
  char *module;
  char *text;
} WayLocalNoteBody;

typedef struct
{
  char *what;
  char *detail; /* (nullable) */
  char *by;     /* (nullable): the name of who looked, for whoever it is about */
} WayAccessBody;

typedef struct
{
  char *target;
  char *reason; /* (nullable) */
} WayRetractionBody;

typedef struct
{
  char *person; /* "" where an event of nobody is meant */
  char *reason;
  char *event; /* (nullable): this one alone, not the person */
} WayErasureRequestBody;

typedef struct
{
  char *person;
  char *request; /* (nullable): who asked for it; none where a rule did it */
  char *event;   /* (nullable): this one alone, not the person */
  char *reason;  /* (nullable): asked, retention, ledger */
} WayErasureBody;

G_END_DECLS
