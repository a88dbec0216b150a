/* way-passport.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "report/way-document.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* The ladder of evidence, the lowest rung first. */
typedef enum
{
  WAY_RUNG_NONE,
  WAY_RUNG_SAID,      /* rated as sure of it */
  WAY_RUNG_KNOWN,     /* a check passed, here, on paper or elsewhere */
  WAY_RUNG_PRACTISED, /* a practice in which all of it went right */
  WAY_RUNG_WITNESSED, /* seen or signed off by somebody in that role */
  WAY_RUNG_USED,      /* at work */
  WAY_N_RUNGS
} WayRung;

/* A passport: everything that speaks for each outcome, and the strongest of it. */
typedef struct
{
  char *name;
  char *organisation;
  char *language;
  gboolean is_synthetic;
  gint64 made; /* µs: when it was put together */
  guint n_shown;
  GListModel *outcomes; /* of WayRow, in the pack's order: outcome, text, capability, area (its
                           name), module, title, rung (0–5), at (µs of the strongest), n */
  GListModel *entries; /* of WayRow, the strongest first: outcome, rung, type, at, how (a sentence),
                          note (absent) */
} WayPassport;

void way_session_load_passport_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
WayPassport *
way_session_load_passport_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_passport_free (WayPassport *self);

WayRung way_rung_of (const char *type);
const char *way_rung_get_name (WayRung rung);
WayDocument *way_passport_make_document (const WayPassport *self);
GBytes *way_passport_make_csv (const WayPassport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPassport, way_passport_free)

G_END_DECLS
