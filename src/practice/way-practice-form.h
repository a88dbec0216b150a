/* way-practice-form.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* The app "form": a record of the type form has entries (parts of the types text, number,
 * date, time, phone, choice, code and nhs) and sources (letters, calls) to take values from. What
 * an entry holds is canonical text: a date as 2026-11-22, a time as 09:05, a number with a
 * point and the id of its unit, a phone number and an NHS number as figures, a choice or code as an
 * id. What cannot be read as such is kept as it was typed. */
typedef enum
{
  WAY_ENTRY_FINE,
  WAY_ENTRY_EMPTY, /* and required */
  WAY_ENTRY_NOT_NUMBER,
  WAY_ENTRY_NO_UNIT,
  WAY_ENTRY_TOO_SMALL,
  WAY_ENTRY_TOO_LARGE,
  WAY_ENTRY_NOT_DATE,
  WAY_ENTRY_FUTURE,
  WAY_ENTRY_NOT_TIME,
  WAY_ENTRY_NOT_PHONE,
  WAY_ENTRY_NOT_TEN_FIGURES,
  WAY_ENTRY_CHECK_DIGIT,
  WAY_ENTRY_TOO_LONG,
} WayEntryProblem;

gboolean way_form_is_entry (const WayDeskRecord *part);
const WayDeskRecord *way_form_find_entry (const WayDeskRecord *form, const char *id);
gboolean way_form_is_checked (const WayDeskRecord *form, const WayDeskRecord *entry);
char *way_form_dup_canonical (const WayDeskRecord *entry, const char *text, const char *unit);
char *way_form_dup_shown (const WayDeskRecord *entry, const char *value, char **unit);
char *way_form_dup_words (const WayDeskRecord *entry, const char *value);

const char *way_practice_get_entry (WayPractice *self, const char *form, const char *entry);
WayEntryProblem
way_practice_get_entry_problem (WayPractice *self, const char *form, const char *entry);
gboolean way_practice_was_refused (WayPractice *self, const char *form);
gboolean way_practice_is_source_open (WayPractice *self, const char *form, const char *source);

G_END_DECLS
