/* way-lesson-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-lesson.h"
#include "session/way-session-private.h"

G_BEGIN_DECLS

/* One module as one person goes through it. The page that shows it owns it. */
struct _WayLesson
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WayPack *pack;       /* (owned) that of the session, or of what the person has begun */
  WayModule *module;   /* (owned) */
  char *person;        /* (owned) */
  GPtrArray *steps;    /* (owned) of char*, NULL-terminated */
  GHashTable *done;    /* (owned) steps that are done */
  int confidence_before;
  int confidence_after;
  char *local_note; /* (owned) (nullable) what the trust says */
  gboolean is_shift_done;

  /* The check: the tries before the one that is shown. */
  char *open_check;        /* (owned) (nullable) the attempt that was left open */
  GStrv draw;              /* (owned) (nullable) the last one's questions */
  guint64 seed;            /* and what they were drawn with */
  guint n_tries;           /* finished, after the lesson */
  gboolean is_passed;      /* the last finished */
  gboolean is_testing_out; /* the one that is open, or that comes next, is before the lesson */
  gboolean has_tested_out; /* the last finished was */
  guint n_missed;          /* not passed since the last that was, and since "I am fine" */
  char *declined;          /* (owned) (nullable) the event that says "I am fine" */
  GPtrArray *missed;       /* (owned) of char*: what the last finished had wrong */
  WayPaper *paper;         /* (owned) (nullable) the try that is shown */

  /* The practice: each desk that was opened has a run of its own. */
  GHashTable *runs;      /* (owned) of WayLessonRun by desk */
  GHashTable *practised; /* (owned) desks of which a run was finished */
};

/* Store thread. */
GListStore *way_lesson_query (
    WayLesson *self, const char *sql, const char *a, const char *b, const char *c, GError **error);
gboolean way_lesson_load_tries (WayLesson *self, GError **error);
gboolean way_lesson_load_practised (WayLesson *self, GError **error);

typedef struct _WayLessonRun WayLessonRun;
void way_lesson_run_free (WayLessonRun *self);

char *way_local_note_load (WaySession *session, const char *module, GError **error);

G_END_DECLS
