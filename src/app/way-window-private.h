/* way-window-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/way-set-up-page.h"
#include "app/way-sign-in-page.h"
#include "app/way-sync-button.h"
#include "app/way-window.h"

G_BEGIN_DECLS

typedef struct _WayDestination WayDestination;

/* A place in the sidebar. */
struct _WayDestination
{
  const char *name;  /* in win.go */
  const char *title; /* marked for translation */
  const char *icon_name;
  WayRoles roles; /* any of these; WAY_ROLE_LEARNER is everybody */
  GtkWidget *(*create) (WaySession *session);
  const char *heading; /* (nullable) marked for translation: begins a part of the list */
  gboolean is_apart;   /* not in the sidebar: reached in another way */
};

struct _WayWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings; /* (owned) */
  WaySession *session; /* (owned) (nullable) */
  char *start_page;    /* (owned) (nullable) shown after signing in */
  GQueue *visited;     /* (owned) of const char*: names of destinations, the newest last */
  char *draft;         /* (owned) (nullable) what was written to the trust and not sent */
  char *question;      /* (owned) (nullable) what was written to a champion and not sent */
  AdwToast *news;      /* (nullable) the last that said that something has come */
  guint clock_source;
  WaySetUpPage *set_up; /* (nullable) in the stack, once it was needed */

  /* template */
  AdwAvatar *avatar;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkBox *content;
  AdwWindowTitle *content_title;
  AdwBin *focus_bin;
  GtkBox *header_actions;
  AdwLeaflet *leaflet;
  GtkStack *pages;
  GtkLabel *person_name;
  GtkLabel *person_role;
  AdwStatusPage *problem;
  GtkStack *root;
  GtkBox *sidebar;
  GtkListBox *sidebar_list;
  WaySignInPage *sign_in;
  WaySyncButton *sync;
  GtkRevealer *synthetic;
  AdwToastOverlay *toasts;
};

/* way-window-pages.c */
const WayDestination *way_window_list_destinations (guint *n);
const WayDestination *way_window_find_destination (WayWindow *self, const char *name);
gboolean way_window_may_go (WayWindow *self, const WayDestination *destination);
void way_window_fill_sidebar (WayWindow *self);
void way_window_go (WayWindow *self, const char *name);
void way_window_go_back (WayWindow *self);
void way_window_forget_pages (WayWindow *self);
void way_window_show_focus (WayWindow *self, GtkWidget *page);
void way_window_leave_focus (WayWindow *self);
void way_window_show_set_up (WayWindow *self);
GtkWidget *way_window_get_page (WayWindow *self);
void way_window_start_baseline (WayWindow *self);
void way_window_start_recheck (WayWindow *self, const char *capability);
void way_window_start_yes_no (WayWindow *self, const char *capability, int level);
void way_window_start_round (WayWindow *self, const char *module, const char *skill);
void way_window_start_practice (WayWindow *self, const char *module, const char *desk);
void way_window_show_module (WayWindow *self, const char *module);
void way_window_reload_module (WayWindow *self);
void way_window_test_out (WayWindow *self, const char *module);

/* way-window-actions.c */
void way_window_install_actions (WayWindow *self);
void way_window_enable_actions (WayWindow *self);
void way_window_toast (WayWindow *self, const char *text, const char *undo_id);
void way_window_announce (WayWindow *self, const char *text);
char *way_window_dup_context (WayWindow *self, const char *property);

/* way-window-news.c */
void way_window_tell_news (WayWindow *self, const char *page, const char *text);
void way_window_clear_news (WayWindow *self, const char *page);
void way_window_forget_news (WayWindow *self);

G_END_DECLS
