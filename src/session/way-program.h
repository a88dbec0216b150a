/* way-program.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *way_program_find (const char *name, const char *room);

G_END_DECLS
