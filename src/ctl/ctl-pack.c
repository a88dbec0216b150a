/* ctl-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <json-glib/json-glib.h>

#include "assessment/way-scoring.h"
#include "content/way-pack.h"
#include "ctl/way-pack-judge.h"

#define USAGE "pack check PACK, or pack build FOLDER ZIP"
#define QTI_USAGE "qti score ITEM.xml --responses FILE.json"

static int
check (const char *path)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;

  if (!way_pack_judge (path, problems, &counts, &error))
    return ctl_fail (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0)
    return ctl_fail_text ("%u problems in %s", problems->len, path);
  g_print ("%s: nothing wrong\n%s\n", path, counts);
  return CTL_DONE;
}

/**
 * ctl_pack:
 *
 * Checks and builds content packs.
 */
int
ctl_pack (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc == 3 && g_str_equal (argv[1], "check"))
    return check (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "build"))
    {
      if (!way_pack_build (argv[2], argv[3], &error))
        return ctl_fail (error);
      g_print ("%s\n", argv[3]);
      return CTL_DONE;
    }
  return ctl_usage (USAGE);
}

static WayValue *
read_value (const WayDeclaration *declaration, JsonNode *node)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return way_value_new (declaration->base_type, declaration->cardinality, NULL);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);
          GValue value = G_VALUE_INIT;
          GValue text = G_VALUE_INIT;

          if (!JSON_NODE_HOLDS_VALUE (element))
            continue;
          json_node_get_value (element, &value);
          g_value_init (&text, G_TYPE_STRING);
          if (g_value_transform (&value, &text))
            g_ptr_array_add (texts, g_value_dup_string (&text));
          g_value_unset (&value);
          g_value_unset (&text);
        }
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_ptr_array_add (texts, g_strdup (json_node_get_string (node)));
    }
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      g_ptr_array_add (texts, g_strdup (json_node_get_boolean (node) ? "true" : "false"));
    }
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      g_ptr_array_add (texts, g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)));
    }
  else
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_ptr_array_add (texts, g_strdup (g_ascii_dtostr (buffer, sizeof buffer,
                                                        json_node_get_double (node))));
    }
  g_ptr_array_add (texts, NULL);
  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

static int
score (const char *item_path, const char *responses_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (WayScore) result = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *line = NULL;
  char *data;
  gsize size;
  JsonObject *given;

  if (!g_file_get_contents (item_path, &data, &size, &error))
    return ctl_fail (error);
  bytes = g_bytes_new_take (data, size);
  item = way_item_new_from_bytes (bytes, item_path, &error);
  if (item == NULL || !json_parser_load_from_file (parser, responses_path, &error))
    return ctl_fail (error);
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return ctl_fail_text ("%s: not an object of responses", responses_path);
  given = json_node_get_object (json_parser_get_root (parser));
  for (guint i = 0; i < item->responses->len; i++)
    {
      const WayDeclaration *declaration = g_ptr_array_index (item->responses, i);

      g_hash_table_insert (responses, g_strdup (declaration->id),
                           read_value (declaration,
                                       json_object_get_member (given, declaration->id)));
    }
  result = way_scoring_run (item, responses, &error);
  if (result == NULL)
    return ctl_fail (error);

  json_builder_begin_object (builder);
  for (guint i = 0; i < item->outcomes->len; i++)
    {
      const WayDeclaration *declaration = g_ptr_array_index (item->outcomes, i);
      const WayValue *value = g_hash_table_lookup (result->outcomes, declaration->id);
      double number;

      json_builder_set_member_name (builder, declaration->id);
      if (value == NULL || way_value_is_null (value))
        json_builder_add_null_value (builder);
      else if (way_value_get_number (value, &number))
        json_builder_add_double_value (builder, number);
      else
        json_builder_add_string_value (builder, way_value_get_text (value));
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  line = json_generator_to_data (generator, NULL);
  g_print ("%s\n", line);
  return CTL_DONE;
}

/**
 * ctl_qti:
 *
 * Scores one item.
 */
int
ctl_qti (int argc, char **argv)
{
  g_autofree char *responses = NULL;
  const GOptionEntry entries[] = {
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &responses, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries, QTI_USAGE))
    return CTL_USAGE;
  if (argc != 3 || !g_str_equal (argv[1], "score") || responses == NULL)
    return ctl_usage (QTI_USAGE);
  return score (argv[2], responses);
}
