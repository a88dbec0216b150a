/* way-help-button.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_HELP_BUTTON (way_help_button_get_type ())
G_DECLARE_FINAL_TYPE (WayHelpButton, way_help_button, WAY, HELP_BUTTON, AdwBin)

G_END_DECLS
