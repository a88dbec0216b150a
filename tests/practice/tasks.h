/* tasks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

/* What is done about a record, in this order; a record that was not drawn is passed over.
 * The value is for "set", "place" and so on. */
typedef struct
{
  const char *record;
  const char *action;
  const char *value;
} Step;

/* In place of one step, another or none: what it costs. */
typedef struct
{
  const char *record;
  const char *value;  /* of the step; of one without, its action */
  const char *action; /* (nullable) what is done instead */
  const char *instead;
  int lost;
} Mistake;

typedef struct
{
  const char *desk;
  int full;
  const Step *steps;       /* the last one has no record */
  const Mistake *mistakes; /* the last one has no record */
} Task;

/* Another way to go about it, and what it is worth whatever was drawn. */
typedef struct
{
  const char *desk;
  int points;
  const Step *steps; /* the last one has no record */
} Path;

guint get_n_tasks (void);
const Task *get_task (guint i);
guint get_n_paths (void);
const Path *get_path (guint i);
void do_task (WayPractice *practice, const Task *task, const Mistake *mistake);
