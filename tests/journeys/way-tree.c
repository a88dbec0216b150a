/* way-tree.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-tree.h"

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define CACHE "/org/a11y/atspi/cache"

/* What a program tells of its nodes, all at once: asking node by node takes a message and
 * its answer for each name, role and state, and a journey looks some hundred times. */
typedef struct
{
  char *path;
  char *name;
  char *description;
  AtspiRole role;
  guint64 states;
  int n_children;
} Item;

struct _WayTree
{
  AtspiAccessible *application; /* (owned) */
  GHashTable *items;            /* (owned) path to Item */
  GHashTable *by_path;          /* (owned) path to WayVisit */
  GPtrArray *visits;            /* (owned) in the order of the tree */
};

static void
item_free (gpointer data)
{
  Item *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

static void
visit_free (gpointer data)
{
  WayVisit *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

/**
 * way_tree_get_bus:
 *
 * Returns: (transfer none): the bus on which programs tell of their windows
 */
GDBusConnection *
way_tree_get_bus (void)
{
  static GDBusConnection *bus;
  g_autoptr (GDBusConnection) session = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  const char *address = g_getenv ("AT_SPI_BUS_ADDRESS");

  if (bus != NULL)
    return bus;
  if (address == NULL)
    {
      session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
      if (session != NULL)
        reply = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus",
                                             "org.a11y.Bus", "GetAddress", NULL,
                                             G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                             NULL, &error);
      if (reply == NULL)
        g_error ("There is no accessibility bus: %s", error->message);
      g_variant_get (reply, "(&s)", &address);
    }
  bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  if (bus == NULL)
    g_error ("The accessibility bus cannot be reached: %s", error->message);
  return bus;
}

/* Returns: (nullable): NULL when the node or the program has gone meanwhile. */
static GVariant *
call (WayTree *self,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      const char *type)
{
  return g_dbus_connection_call_sync (way_tree_get_bus (),
                                      ATSPI_OBJECT (self->application)->app->bus_name, path,
                                      interface, method, parameters, G_VARIANT_TYPE (type),
                                      G_DBUS_CALL_FLAGS_NONE, 15000, NULL, NULL);
}

static guint64
read_states (GVariant *words)
{
  guint64 states = 0;

  for (guint i = 0; i < MIN (g_variant_n_children (words), 2); i++)
    {
      guint32 word;

      g_variant_get_child (words, i, "u", &word);
      states |= (guint64) word << (32 * i);
    }
  return states;
}

static void
read_items (WayTree *self)
{
  g_autoptr (GVariant) reply = call (self, CACHE, "org.a11y.atspi.Cache", "GetItems", NULL,
                                     "(a((so)(so)(so)iiassusau))");
  g_autoptr (GVariant) list = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  gsize n = list != NULL ? g_variant_n_children (list) : 0;
  Item *item;

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (list, i);
      g_autoptr (GVariant) states = NULL;
      guint32 role;

      item = g_new0 (Item, 1);
      g_variant_get (row, "((so)(so)(so)iiassus@au)", NULL, &item->path, NULL, NULL, NULL, NULL,
                     NULL, &item->n_children, NULL, &item->name, &role, &item->description,
                     &states);
      item->role = (AtspiRole) role;
      item->states = read_states (states);
      g_hash_table_replace (self->items, item->path, item);
    }
}

/* A node of which the program did not tell by itself: it does once it was asked. */
static Item *
ask_item (WayTree *self, const char *path)
{
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) role = NULL;
  g_autoptr (GVariant) states = NULL;
  g_autoptr (GVariant) words = NULL;
  guint32 number;
  Item *item = g_hash_table_lookup (self->items, path);

  if (item != NULL)
    return item;
  all = call (self, path, "org.freedesktop.DBus.Properties", "GetAll",
              g_variant_new ("(s)", ACCESSIBLE), "(a{sv})");
  role = call (self, path, ACCESSIBLE, "GetRole", NULL, "(u)");
  states = call (self, path, ACCESSIBLE, "GetState", NULL, "(au)");
  if (all == NULL || role == NULL || states == NULL)
    return NULL;
  item = g_new0 (Item, 1);
  item->path = g_strdup (path);
  g_variant_get (role, "(u)", &number);
  item->role = (AtspiRole) number;
  words = g_variant_get_child_value (states, 0);
  item->states = read_states (words);
  properties = g_variant_get_child_value (all, 0);
  g_variant_lookup (properties, "Name", "s", &item->name);
  g_variant_lookup (properties, "Description", "s", &item->description);
  g_variant_lookup (properties, "ChildCount", "i", &item->n_children);
  g_hash_table_replace (self->items, item->path, item);
  return item;
}

/* What is in a node, in its order: (transfer container). The list is asked for each time: of a
 * stack GTK 4.8 tells the pages, and lists what is on the one that is shown. */
static GPtrArray *
list_children (WayTree *self, const char *path)
{
  GPtrArray *children = g_ptr_array_new ();
  g_autoptr (GVariant) reply = call (self, path, ACCESSIBLE, "GetChildren", NULL, "(a(so))");
  g_autoptr (GVariant) list = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  gsize n = list != NULL ? g_variant_n_children (list) : 0;

  for (gsize i = 0; i < n; i++)
    {
      const char *child;
      Item *item;

      g_variant_get_child (list, i, "(&s&o)", NULL, &child);
      item = ask_item (self, child);
      if (item != NULL)
        g_ptr_array_add (children, item);
    }
  return children;
}

static void
walk (WayTree *self, Item *item, WayVisit *parent, WayVisit *surface)
{
  g_autoptr (GPtrArray) children = NULL;
  WayVisit *visit;

  /* GTK 4.8 may count what is on a page of a stack twice. */
  if (g_hash_table_contains (self->by_path, item->path))
    return;

  visit = g_new0 (WayVisit, 1);
  visit->parent = parent;
  visit->surface = surface != NULL ? surface : visit;
  visit->path = g_strdup (item->path);
  visit->name = g_strdup (item->name != NULL ? item->name : "");
  visit->description = g_strdup (item->description != NULL ? item->description : "");
  visit->role = item->role;
  visit->states = item->states;
  visit->depth = parent != NULL ? parent->depth + 1 : 0;
  g_ptr_array_add (self->visits, visit);
  g_hash_table_insert (self->by_path, visit->path, visit);
  surface = visit->surface;

  if (item->n_children == 0)
    return;
  children = list_children (self, item->path);
  for (guint i = 0; i < children->len; i++)
    {
      Item *child = g_ptr_array_index (children, i);

      /* A popover is a surface of its own, and GTK calls what fills it by this name. */
      if (g_strcmp0 (child->name, "GtkPopoverContent") == 0)
        surface = visit->surface = visit;
      walk (self, child, visit, surface);
    }
}

/**
 * way_tree_read:
 * @application: on the accessibility bus
 * @is_modal_only: whether only the modal window is wanted where there is one
 *
 * Reads what is in the windows of a program, on the screen or not.
 *
 * Returns: (transfer full): it
 */
WayTree *
way_tree_read (AtspiAccessible *application, gboolean is_modal_only)
{
  WayTree *self = g_new0 (WayTree, 1);
  g_autoptr (GPtrArray) windows = NULL;

  self->application = g_object_ref (application);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, item_free);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->visits = g_ptr_array_new_with_free_func (visit_free);
  read_items (self);
  windows = list_children (self, ATSPI_OBJECT (application)->path);
  /* One above another: the last has the keys. */
  for (guint i = windows->len; is_modal_only && i > 0; i--)
    {
      Item *window = g_ptr_array_index (windows, i - 1);

      if ((window->states & ((guint64) 1 << ATSPI_STATE_MODAL)) == 0)
        continue;
      walk (self, window, NULL, NULL);
      return self;
    }
  for (guint i = 0; i < windows->len; i++)
    walk (self, g_ptr_array_index (windows, i), NULL, NULL);
  return self;
}

void
way_tree_free (WayTree *self)
{
  g_object_unref (self->application);
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->items);
  g_ptr_array_unref (self->visits);
  g_free (self);
}

/**
 * way_tree_get_visits:
 *
 * Returns: (transfer none) (element-type WayVisit): what was read, in the order of the tree
 */
GPtrArray *
way_tree_get_visits (WayTree *self)
{
  return self->visits;
}

/**
 * way_visit_has_state:
 *
 * Whether a node was, for example, checked, focused or sensitive.
 */
gboolean
way_visit_has_state (const WayVisit *visit, AtspiStateType state)
{
  return (visit->states & ((guint64) 1 << state)) != 0;
}

/* What a look at a point of the window meets, if it is something that a reader knows. */
static gboolean
is_met_at (WayTree *self, WayVisit *visit, int x, int y)
{
  g_autoptr (GVariant)
      reply = call (self, visit->surface->path, "org.a11y.atspi.Component", "GetAccessibleAtPoint",
                    g_variant_new ("(iiu)", x, y, ATSPI_COORD_TYPE_WINDOW), "((so))");
  WayVisit *met;
  const char *path;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "((&s&o))", NULL, &path);
  for (met = g_hash_table_lookup (self->by_path, path); met != NULL; met = met->parent)
    if (met == visit)
      return TRUE;
  return FALSE;
}

/**
 * way_tree_is_on_screen:
 *
 * Whether a look at a node meets it or something in it. States do not tell in GTK 4.8:
 * pages of a stack that are not shown are "visible".
 */
gboolean
way_tree_is_on_screen (WayTree *self, WayVisit *visit)
{
  g_autoptr (GVariant) reply = NULL;
  int left, top, width, height, x, y;

  if (visit == visit->surface)
    return TRUE;
  reply = call (self, visit->path, "org.a11y.atspi.Component", "GetExtents",
                g_variant_new ("(u)", ATSPI_COORD_TYPE_WINDOW), "((iiii))");
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "((iiii))", &left, &top, &width, &height);
  if (width <= 0 || height <= 0)
    return FALSE;

  x = left + width / 2;
  y = top + height / 2;
  /* In the middle of an entry or an icon button lies a part that no reader knows of. What
   * is told of its place leaves the padding out, so a look just outside may meet it. */
  if (is_met_at (self, visit, x, y) || is_met_at (self, visit, left - 3, y)
      || is_met_at (self, visit, left + width + 3, y) || is_met_at (self, visit, x, top - 3)
      || is_met_at (self, visit, x, top + height + 3))
    return TRUE;

  /* A look goes through what is not sensitive: that is there when what it is in is. */
  return !way_visit_has_state (visit, ATSPI_STATE_SENSITIVE) && visit->parent != NULL
         && way_tree_is_on_screen (self, visit->parent);
}

/**
 * way_tree_dup_node:
 *
 * Returns: (transfer full): a node that was read, to be worked
 */
AtspiAccessible *
way_tree_dup_node (WayTree *self, const WayVisit *visit)
{
  AtspiAccessible *node = g_object_new (ATSPI_TYPE_ACCESSIBLE, NULL);

  /* As the library makes them. Going down from the window takes a message for each step, and
   * does not come to what lies on the pages of a stack. */
  ATSPI_OBJECT (node)->app = g_object_ref (ATSPI_OBJECT (self->application)->app);
  ATSPI_OBJECT (node)->path = g_strdup (visit->path);
  return node;
}
