/* way-evidence-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* A file that goes with what was seen: a picture, a PDF or a text. It lies in the log in pieces, as
 * an event is small, so that it travels, is read and is erased as other events are. */
#define WAY_EVIDENCE_FILE_MOST (1024 * 1024)

typedef struct
{
  char *name;
  char *type; /* image/png, image/jpeg, application/pdf or text/plain */
  GBytes *bytes;
} WayEvidenceFile;

WayEvidenceFile *way_evidence_file_new (const char *name, GBytes *bytes, GError **error);
void way_evidence_file_free (WayEvidenceFile *self);

/* Reads a file that somebody has chosen. */
void way_evidence_file_read_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* For both: (transfer full) (nullable) */
WayEvidenceFile *way_evidence_file_finish (GAsyncResult *result, GError **error);
/* The file that goes with @evidence, from one's own store. */
void way_evidence_file_load_async (WaySession *session,
                                   const char *evidence,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

gboolean way_evidence_file_add_drafts (const WayEvidenceFile *self,
                                       const char *evidence,
                                       const char *subject,
                                       GPtrArray *drafts,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayEvidenceFile, way_evidence_file_free)

G_END_DECLS
