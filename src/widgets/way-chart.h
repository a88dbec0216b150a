/* way-chart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One point of a chart. What is not known is NAN: a gap. */
typedef struct
{
  char *name;
  double value;
  double low;  /* of a band */
  double high; /* of a band */
  double own;  /* the ring */
  double need; /* the flag */
  gboolean is_picked;
} WayChartPoint;

typedef enum
{
  WAY_CHART_BARS,
  WAY_CHART_LINE,
  WAY_CHART_RUN, /* a line, with the middle value */
  WAY_CHART_BANDS,
} WayChartKind;

#define WAY_TYPE_CHART (way_chart_get_type ())
G_DECLARE_FINAL_TYPE (WayChart, way_chart, WAY, CHART, GtkWidget)

/* Emits "picked" (guint) when a point is pressed. */
GtkWidget *way_chart_new (WayChartKind kind);
void way_chart_set_axis (WayChart *self, double from, double to, const char *const *names);
void way_chart_set_points (WayChart *self, const WayChartPoint *points, guint n);

G_END_DECLS
