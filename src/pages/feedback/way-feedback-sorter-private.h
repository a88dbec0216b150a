/* way-feedback-sorter-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/feedback/way-feedback-sorter.h"
#include "pages/way-edit-window.h"

G_BEGIN_DECLS

struct _WayFeedbackSorter
{
  GObject parent_instance;

  WaySession *session;         /* (owned) */
  WayFeedbackPending *pending; /* the page's */
  GListModel *rows;            /* (owned) of WayRow, as they are shown */
  GListModel *owners;          /* (owned) (nullable) of WayRow: id, name */
  GListModel *initiatives;     /* (owned) (nullable) of WayRow */
  char *done;                  /* (owned) (nullable) events that can be taken back, by spaces */
  GPtrArray *before;           /* (owned) of char*: id, column, value, in threes */
};

/* A deed on its way to the disk. */
typedef struct
{
  WayFeedbackSorter *sorter;
  GtkWidget *over;
  WayEditWindow *window; /* (nullable) */
  GPtrArray *rows;       /* of WayRow */
  GPtrArray *columns;    /* of char*: column, value, in pairs */
  char *said;
  gboolean is_heard;
  gboolean is_new; /* what the first event is, is what was published */
} WayFeedbackDeed;

static inline const char *
way_feedback_get_text (WayRow *row, const char *column)
{
  return way_row_has (row, column) ? way_row_get_text (row, column) : "";
}

WayFeedbackDeed *way_feedback_deed_new (WayFeedbackSorter *sorter,
                                        GtkWidget *over,
                                        GPtrArray *rows,
                                        const char *said);
void way_feedback_deed_set (WayFeedbackDeed *deed, const char *column, const char *value);
void way_feedback_deed_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
