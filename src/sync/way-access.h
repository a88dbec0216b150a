/* way-access.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* That somebody looks, said to a trust on a server before anything is shown. what: person,
 * report, export, extract. A trust in a file is told by the log of whoever looked. */
gboolean way_access_look (
    WayStore *trust, const char *what, const char *detail, const char *subject, GError **error);

G_END_DECLS
