/* way-certificate-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-certificate.h"

G_BEGIN_DECLS

GtkWidget *way_certificate_window_present (GtkWindow *parent, const WayCertificate *certificate);

G_END_DECLS
