/* fuzz.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What every target defines, and libFuzzer or replay.c calls: it takes whatever bytes come,
 * never fails for them, and aborts where the program is wrong. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* The bytes as a file, for readers that take a path: valid until the next call. */
const char *fuzz_file (const guint8 *data, size_t size);

G_END_DECLS
