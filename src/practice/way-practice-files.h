/* way-practice-files.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* Folders in each other with files in them, and jobs that say what is to be found. A folder
 * that is made goes by "made-1", "made-2"…; what is thrown away lies in "bin". */
#define WAY_FILES_BIN "bin"
#define WAY_FILES_MAX_NAME 80 /* characters */

gboolean way_file_is (const WayDeskRecord *record);
gboolean way_folder_is (const WayDeskRecord *record);
gboolean way_job_is (const WayDeskRecord *record);

const char *way_practice_get_folder (WayPractice *self, const WayDeskRecord *file);
const char *way_practice_get_file_name (WayPractice *self, const WayDeskRecord *file);
const WayDeskRecord *way_practice_get_version (WayPractice *self, const WayDeskRecord *file);
gboolean way_practice_is_final (WayPractice *self, const WayDeskRecord *file);
GPtrArray *way_practice_dup_folders (WayPractice *self);
const char *way_practice_get_folder_name (WayPractice *self, const char *folder);
const char *way_practice_get_folder_parent (WayPractice *self, const char *folder);
const WayDeskRecord *way_practice_get_last_filed (WayPractice *self);

G_END_DECLS
