/* way-feedback-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_FEEDBACK_PAGE (way_feedback_page_get_type ())
G_DECLARE_FINAL_TYPE (WayFeedbackPage, way_feedback_page, WAY, FEEDBACK_PAGE, WayPage)

GtkWidget *way_feedback_page_new (WaySession *session);

G_END_DECLS
