/* way-interaction-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assessment/way-shuffle.h"
#include "content/way-pack.h"
#include "widgets/way-choice-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_INTERACTION_VIEW (way_interaction_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (
    WayInteractionView, way_interaction_view, WAY, INTERACTION_VIEW, GtkWidget)

struct _WayInteractionViewClass
{
  GtkWidgetClass parent_class;

  void (*build) (WayInteractionView *self, WayPack *pack, guint64 seed, const char *sentence);
  WayValue *(*dup_value) (WayInteractionView *self);
  void (*set_value) (WayInteractionView *self, const WayValue *value);
  gboolean (*is_complete) (WayInteractionView *self);
  void (*mark) (WayInteractionView *self, const WayValue *correct, gboolean is_right);
  gboolean (*press_digit) (WayInteractionView *self, guint digit);
};

GtkWidget *way_interaction_view_new (GType type,
                                     const WayInteraction *interaction,
                                     const WayDeclaration *declaration,
                                     WayPack *pack,
                                     guint64 seed,
                                     const char *sentence);
const WayInteraction *way_interaction_view_get_interaction (WayInteractionView *self);
const WayDeclaration *way_interaction_view_get_declaration (WayInteractionView *self);

/* What somebody who holds one asks it. */
WayValue *way_interaction_view_dup_value (WayInteractionView *self);
void way_interaction_view_set_value (WayInteractionView *self, const WayValue *value);
gboolean way_interaction_view_is_complete (WayInteractionView *self);
void
way_interaction_view_mark (WayInteractionView *self, const WayValue *correct, gboolean is_right);
gboolean way_interaction_view_is_marked (WayInteractionView *self);
gboolean way_interaction_view_press_digit (WayInteractionView *self, guint digit);

/* For those that are one. */
void way_interaction_view_changed (WayInteractionView *self);
void way_interaction_view_answer (WayInteractionView *self);
WayValue *way_interaction_view_make_value (WayInteractionView *self, GPtrArray *texts);
GtkWidget *
way_interaction_view_add_prompt (WayInteractionView *self, WayPack *pack, const char *hint);
gboolean way_value_holds (const WayValue *value, const char *text);

G_END_DECLS
