/* way-certificate.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "report/way-document.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* What somebody has finished, as it stands on paper. */
typedef struct
{
  gboolean is_pathway;
  char *ident; /* of the module or pathway */
  char *title;
  char *capability; /* (nullable) of a module */
  char *level;      /* (nullable) of a module */
  int version;      /* of the module; of the content for a pathway */
  char **shown;     /* a module's outcomes; a pathway's modules */
  char *name;       /* whose it is */
  char *organisation;
  gint64 earned; /* µs: when the last of it was passed */
  char *code;
  gboolean is_received; /* the trust has it: the code can be checked now */
  gboolean is_synthetic;
  char *language; /* of the content */
} WayCertificate;

/* list_finish, of WayRow: part (module | pathway), ident, title, earned (µs), code (absent: none
 * was made yet), is_received (0/1); the newest first. */
void way_session_load_certificates_async (WaySession *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
void way_session_make_certificate_async (WaySession *self,
                                         const char *part,
                                         const char *ident,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
WayCertificate *
way_session_make_certificate_finish (WaySession *self, GAsyncResult *result, GError **error);
WayDocument *way_certificate_make_document (const WayCertificate *self);
char *way_certificate_suggest_name (const WayCertificate *self);
char *way_certificate_describe (const WayCertificate *self);
void way_certificate_free (WayCertificate *self);

char *way_format_day (gint64 us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCertificate, way_certificate_free)

G_END_DECLS
