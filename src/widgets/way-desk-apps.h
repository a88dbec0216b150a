/* way-desk-apps.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "practice/way-practice.h"

G_BEGIN_DECLS

/* How an app of the practice desk looks and speaks. */
typedef struct
{
  const char *name;  /* as the desk names it */
  const char *title; /* N_() */
  const char *again; /* N_() with a mnemonic: the same desk with other records */
  GtkWidget *(*new_view) (WayPractice *practice);
  /* (nullable) A sentence for the debrief where the usual one for the action does not fit. */
  char *(*describe) (WayPractice *practice,
                     const char *action,
                     const WayDeskRecord *target,
                     const char *value);
  /* (nullable) How far somebody is, where counting what is decided would mislead. */
  char *(*progress) (WayPractice *practice);
  /* (nullable) For an app that shows pictures: where they are. */
  void (*set_pack) (GtkWidget *view, WayPack *pack);
} WayDeskApp;

const WayDeskApp *way_desk_app_find (const char *name);

G_END_DECLS
