/* way-driver.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-node.h"
#include "way-tree.h"

G_BEGIN_DECLS

typedef struct _WayDriver WayDriver;

/* What to look for: a role as AT-SPI names it ("push button"; "*" for any) and a
 * name, in which * and ? stand for any text and any character. */
typedef struct
{
  const char *role;
  const char *name;
} WayTarget;

WayDriver *way_driver_new (void);
void way_driver_free (WayDriver *self);
void way_driver_set_patience (WayDriver *self, double seconds);
void way_driver_set_env (WayDriver *self, const char *name, const char *value);
void way_driver_set_text_scale (WayDriver *self, double scale);

void way_driver_start (WayDriver *self, const char *const *argv);
gboolean way_driver_is_running (WayDriver *self);
void way_driver_kill (WayDriver *self);
void way_driver_signal (WayDriver *self, int number);
int way_driver_quit (WayDriver *self, const char *keys);
int way_driver_wait_exit (WayDriver *self);

AtspiAccessible *way_driver_find (WayDriver *self, const char *role, const char *name);
GPtrArray *way_driver_find_all (WayDriver *self, const char *role, const char *name);
GPtrArray *way_driver_list_names (WayDriver *self);
AtspiAccessible *way_driver_wait (WayDriver *self, const char *role, const char *name);
guint way_driver_wait_one (WayDriver *self, const WayTarget *targets, guint n_targets);
void way_driver_wait_said (WayDriver *self, const char *text);
gboolean way_driver_has_said (WayDriver *self, const char *text);
void way_driver_wait_gone (WayDriver *self, const char *role, const char *name);
void way_driver_wait_state (
    WayDriver *self, const char *role, const char *name, AtspiStateType state, gboolean is_set);

void way_driver_press (WayDriver *self, const char *role, const char *name);
void way_driver_press_node (WayDriver *self, AtspiAccessible *node);
void way_driver_click (WayDriver *self, const char *role, const char *name);
void way_driver_click_at (WayDriver *self, int x, int y);
void way_driver_click_in_popup (WayDriver *self, double x, double y);
void way_driver_drag_at (WayDriver *self, int x, int y, int to_x, int to_y);
void way_driver_turn_wheel (WayDriver *self, int x, int y, gboolean is_down);
void way_driver_focus (WayDriver *self, const char *role, const char *name);
void way_driver_key (WayDriver *self, const char *keys);
void way_driver_type (WayDriver *self, const char *text);
void way_driver_set_text (WayDriver *self, const char *role, const char *name, const char *text);

void way_driver_resize (WayDriver *self, int width, int height);
void way_driver_get_size (WayDriver *self, int *width, int *height);
void way_driver_shoot (WayDriver *self, const char *path);

WayTree *way_driver_read (WayDriver *self);
void way_driver_audit (WayDriver *self);
char *way_driver_dump (WayDriver *self);
void way_driver_fail (WayDriver *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDriver, way_driver_free)

G_END_DECLS
