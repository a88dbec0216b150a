/* way-libpq.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define WAY_LIBPQ_ITSELF

#include "db/way-libpq.h"

#include "db/way-db.h"

#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libpq.so.5"

WayLibpq way_libpq;

typedef struct
{
  const char *name;
  gsize offset; /* in WayLibpq */
} Function;

#define FUNCTION(name) { #name, G_STRUCT_OFFSET (WayLibpq, name) },
static const Function FUNCTIONS[] = { WAY_LIBPQ_FUNCTIONS (FUNCTION) };

/* Returns: (transfer full) (nullable): what is wrong */
static char *
load (void)
{
  /* It stays: it has what cannot be put away, such as the state of its TLS. */
  void *library = dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    return g_strdup (dlerror ());
  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    {
      void *function = dlsym (library, FUNCTIONS[i].name);

      if (function == NULL)
        return g_strdup_printf (LIBRARY " has no %s", FUNCTIONS[i].name);
      memcpy ((char *) &way_libpq + FUNCTIONS[i].offset, &function, sizeof function);
    }
  return NULL;
}

/* way_libpq_load:
 *
 * Called before anything else of libpq, from any thread and as often as one likes. */
gboolean
way_libpq_load (GError **error)
{
  static gsize is_done = 0;
  static char *trouble = NULL;

  if (g_once_init_enter (&is_done))
    {
      trouble = load ();
      g_once_init_leave (&is_done, 1);
    }
  if (trouble != NULL)
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED, trouble);
  return trouble == NULL;
}
