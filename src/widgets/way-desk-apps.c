/* way-desk-apps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-desk-apps.h"

#include "widgets/way-board-view.h"
#include "widgets/way-files-view.h"
#include "widgets/way-computer-view.h"
#include "widgets/way-finder-view.h"
#include "widgets/way-form-view.h"
#include "widgets/way-inbox-view.h"
#include "widgets/way-inspect-view.h"
#include "widgets/way-record-view.h"
#include "widgets/way-share-view.h"
#include "widgets/way-keys-view.h"
#include "widgets/way-settings-view.h"
#include "widgets/way-signin-view.h"
#include "widgets/way-table-view.h"
#include "widgets/way-table-words.h"
#include "widgets/way-talk-view.h"

#include <glib/gi18n.h>

/* One line for each app that can stand on a desk. */
static const WayDeskApp apps[] = {
  { "files", N_ ("Files"), N_ ("_Try again with other files"), way_files_view_new,
    way_files_view_describe, way_files_view_dup_progress },
  { "computer", N_ ("Shared computer"), N_ ("_Try again with other events"), way_computer_view_new,
    way_computer_view_describe },
  { "finder", N_ ("Patient records"), N_ ("_Try again with other requests"), way_finder_view_new,
    NULL },
  { "form", N_ ("Forms"), N_ ("_Try again with other facts"), way_form_view_new,
    way_form_view_describe },
  { "inbox", N_ ("Mail"), N_ ("_Try again with other messages"), way_inbox_view_new, NULL },
  { "inspect", N_ ("Viewer"), N_ ("_Try again with other faults"), way_inspect_view_new,
    way_inspect_view_describe, way_inspect_view_dup_progress, way_inspect_view_set_pack },
  { "keys", N_ ("Order page"), N_ ("_Try again with other steps"), way_keys_view_new,
    way_keys_view_describe },
  { "order", N_ ("Planner"), N_ ("_Try again with other cards"), way_board_view_new,
    way_board_view_describe },
  { "record", N_ ("Electronic record"), N_ ("_Try again with other tasks"), way_record_view_new,
    way_record_view_describe },
  { "share", N_ ("Share"), N_ ("_Try again with other messages"), way_share_view_new,
    way_share_view_describe, way_share_view_dup_progress },
  { "settings", N_ ("Settings"), N_ ("_Try again with other people"), way_settings_view_new,
    way_settings_view_describe },
  { "signin", N_ ("Your account"), N_ ("_Try again with other steps"), way_signin_view_new, NULL },
  { "table", N_ ("Table and chart"), N_ ("_Try again with other figures"), way_table_view_new,
    way_table_describe, way_table_dup_progress },
  { "talk", N_ ("Conversation"), N_ ("_Try again with other people"), way_talk_view_new,
    way_talk_view_describe, way_talk_view_dup_progress },
};

/**
 * way_desk_app_find:
 * @name: (nullable): as a desk names it
 *
 * Returns: (nullable) (transfer none): the app, %NULL for one that needs a newer Waymark
 */
const WayDeskApp *
way_desk_app_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++)
    if (g_strcmp0 (apps[i].name, name) == 0)
      return &apps[i];

  return NULL;
}
