/* way-stack.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void way_stack_show (GtkStack *stack, GtkWidget *child);
void way_stack_show_named (GtkStack *stack, const char *name);

G_END_DECLS
