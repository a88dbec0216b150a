/* ctl-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-pack.h"
#include "db/way-db.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* Results go to stdout, one sentence to stderr; the exit codes of the contract. */
enum
{
  CTL_DONE = 0,
  CTL_FAILED = 1,
  CTL_USAGE = 2,
};

int ctl_certificate (int argc, char **argv);
int ctl_check (const char *uri, const char *pack_path, gboolean is_all);
int ctl_demo (int argc, char **argv);
int ctl_demo_server (int argc, char **argv);
int ctl_governance (int argc, char **argv);
int ctl_grant (
    const char *uri, const char *username, const char *role, const char *unit, gboolean is_end);
int ctl_import (int argc, char **argv);
int ctl_import_units (int argc, char **argv);
int ctl_import_rota (int argc, char **argv);
int ctl_import_training (int argc, char **argv);
int ctl_import_bundle (int argc, char **argv);
int ctl_irt (int argc, char **argv);
int ctl_pack (int argc, char **argv);
int ctl_pack_export_scorm (int argc, char **argv);
int ctl_pack_new (int argc, char **argv);
int ctl_pack_preview (int argc, char **argv);
int ctl_qti (int argc, char **argv);
int ctl_report (int argc, char **argv);
int ctl_require (const char *uri,
                 const char *role,
                 const char *capability,
                 const char *level,
                 const char *pack_path);
int ctl_setting (const char *uri, const char *key, const char *value);
int ctl_sync (int argc, char **argv);
int ctl_trust (int argc, char **argv);

/* Withdraws what the last import of a kind wrote; how many events that were. */
typedef gboolean (*CtlTakeBack) (WayStore *trust, guint *n_events, GError **error);

gboolean ctl_import_begin (int *argc,
                           char ***argv,
                           const GOptionEntry *more,
                           CtlTakeBack take_back,
                           gboolean *is_dry,
                           int *status);
int ctl_import_write (WayStore *trust, GPtrArray *drafts, const char *key);

char *ctl_judge_marks (
    WayStore *trust, const char *attempt, WayPack *pack, gboolean *is_erased, GError **error);
int ctl_write_bundle (const char *store_path, const char *path, gboolean is_whole);
int ctl_read_receipt (const char *store_path, const char *path);

/* Takes the options out of argv; what is left is argv[1] … */
gboolean ctl_parse (int *argc, char ***argv, const GOptionEntry *entries);
void ctl_print_ticked (WayDb *db, const char *meta);
void ctl_usage_take (char **argv);
char *ctl_usage_to_string (guint *agreed);
int ctl_usage (void);
int ctl_fail (GError *error);
int ctl_fail_text (const char *format, ...) G_GNUC_PRINTF (1, 2);
int ctl_complain (GPtrArray *problems, const char *path);
char *ctl_dup_pack_path (void);

G_END_DECLS
