/* way-journal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-bodies.h"
#include "report/way-document.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* What a person writes for themselves: notes and reflective accounts. Nobody else reads either,
 * ever. While it is being written it lies in the store of this computer as a draft, so that what
 * was typed and taken out again is in no log; kept, it is an event, and an edit is a newer one. */

/* For both: "note" with a WayNoteBody, "reflection" with a WayReflectionBody. way_session_write_
 * finish(); a draft has the id "". */
void way_journal_draft_async (WaySession *session,
                              const char *kind,
                              gconstpointer body,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void way_journal_keep_async (WaySession *session,
                             const char *kind,
                             gconstpointer body,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* way_session_list_finish, newest first, of WayRow: id (NULL of a draft that was never kept), the
 * fields of the kind, at (µs, NULL of such a draft), is_draft (0/1) */
void way_journal_load_async (WaySession *session,
                             const char *kind,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* As a file: text of both, and CSV of reflections. */
char *way_journal_format_text (WayPack *pack, const char *kind, GListModel *rows);
char *way_journal_format_csv (WayPack *pack, GListModel *rows);
WayDocument *
way_journal_make_document (WayPack *pack, GListModel *rows, const char *name, gint64 now);
gint64 way_journal_sum_minutes (GListModel *rows, gint64 from, gint64 until);
const char *way_journal_describe_step (WayPack *pack, const char *module, const char *step);

G_END_DECLS
