/* way-shim.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "way-fault-shim.h"

G_BEGIN_DECLS

/* A test's hold on the programs that it starts with a failing disk or a wrong clock. The
 * library itself is named by WAY_FAULT_SHIM_LIBRARY, which the build sets. */
WayFaultShim *way_shim_new (const char *path, const char *prefix);
void way_shim_free (WayFaultShim *self);
/* What is started by it goes wrong as @path says. */
void way_shim_preload (GSubprocessLauncher *launcher, const char *path);
/* Counts anew, with the @at-th going wrong, and @n_wrong from there on. */
void way_shim_set (
    WayFaultShim *self, WayShimOps ops, WayShimAction action, gint64 at, gint64 n_wrong, int error);
char *way_shim_dup_preload (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayFaultShim, way_shim_free)

G_END_DECLS
