/* way-grammar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-xml.h"

G_BEGIN_DECLS

/* Private to this room: the RELAX NG schemas that the program carries. */
void way_grammar_check (WayXml *xml, const char *name);

G_END_DECLS
