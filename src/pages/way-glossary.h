/* way-glossary.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_GLOSSARY (way_glossary_get_type ())
G_DECLARE_FINAL_TYPE (WayGlossary, way_glossary, WAY, GLOSSARY, AdwBin)

GtkWidget *way_glossary_new (WayPack *pack);
void way_glossary_look_up (WayGlossary *self, const char *word);

G_END_DECLS
