/* way-pick-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-chips.h"
#include "pages/way-page.h"
#include "pages/way-picker.h"

G_BEGIN_DECLS

#define WAY_TYPE_PICK_LIST (way_pick_list_get_type ())
G_DECLARE_FINAL_TYPE (WayPickList, way_pick_list, WAY, PICK_LIST, AdwBin)

/* What a list is of; the words are translated where they are shown. */
typedef struct
{
  const char *name;            /* of the list */
  const char *key;             /* the field that tells one row from another */
  const char *one;             /* what stands over the row that is picked */
  const char *find;            /* what the search asks for */
  const char *icon_name;       /* where no row is like what is asked for */
  const char *none;            /* then too */
  const char *advice;          /* and what to do about it */
  const char *failure;         /* where they cannot be read */
  const char *const *filters;  /* up to NULL; the first is chosen */
  WayChipsFunc is_in_filter;   /* whether a row is in the filter of that number */
  const char *const *searched; /* fields of a row that the search looks in, up to NULL */
  WayPickerRows rows;
} WayPickListKind;

GtkWidget *way_pick_list_new (const WayPickListKind *kind, GtkWidget *detail);
void way_pick_list_set_tools (WayPickList *self, GtkWidget *tools);
GtkWidget *way_pick_list_get_filter (WayPickList *self);
GtkWidget *way_pick_list_get_search (WayPickList *self);
void way_pick_list_take (WayPickList *self, WayPage *page, GListModel *rows, const GError *error);

G_END_DECLS
