/* ctl-run.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

extern char *program;
extern char *folder; /* where everything of this run lies */
extern char *trust;  /* URI */

typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

void run_begin (const char *waymarkctl);
int run_end (void);
void run_use_pack (void);
Run run (const char *line);
void run_clear (Run *run);
void run_remove (const char *path);
void run_write_file (const char *name, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

G_END_DECLS
