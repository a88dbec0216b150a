/* way-witness.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-evidence-file.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* What somebody was seen to do at work: one says so, the other agrees. Only then does it count.
 * Both lie on the devices of the two, so it needs no network. */

/* @person: (nullable): what one has seen of them; NULL: what others have seen of oneself.
 * list_finish, the last first, of WayRow: id, person, witness (both ids), by (the witness's name,
 * or NULL), outcome, module, unit, unit_name, note, seen (a day, YYYY-MM-DD), at, state (waiting |
 * agreed | not-quite | taken-back, by who was seen | withdrawn, by who saw it), said (µs: when that
 * was; NULL while waiting), text (what was said with it), file (the name of what goes with it,
 * where all of it is here) */
void way_witness_load_async (WaySession *session,
                             const char *person,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Where it may have been seen: the person's places of work, then one's own. list_finish, of WayRow:
 * unit, name */
void way_witness_load_units_async (WaySession *session,
                                   const char *person,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* write_finish gives the id that way_session_retract_async() withdraws. */
void way_witness_say_async (WaySession *session,
                            const char *person,
                            const char *module,
                            const char *outcome,
                            const char *unit,
                            const char *seen,
                            const char *note,
                            const WayEvidenceFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* @answer: agreed, not-quite or withdrawn. write_finish. */
void way_witness_answer_async (WaySession *session,
                               const char *id,
                               const char *witness,
                               const char *answer,
                               const char *text,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

const WayOutcome *way_witness_find_outcome (WayPack *pack, const char *module, const char *outcome);

G_END_DECLS
