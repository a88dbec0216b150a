/* ctl-qti.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "assessment/way-scoring.h"
#include "assessment/way-template.h"
#include "practice/way-practice-item.h"

#define LARGEST (64 * 1024 * 1024)
#define DEEPEST 16
#define COMPLETION "completionStatus"

#define CTL_QTI_ERROR (g_quark_from_static_string ("ctl-qti-error"))

/* The name of a member, where the text that begins at @start is one: a colon comes after it. */
static char *
dup_member (const char *start, const char *end)
{
  const char *after = end + 1;
  g_autofree char *quoted = NULL;
  g_autoptr (JsonNode) node = NULL;

  after += strspn (after, " \t\r\n");
  if (*after != ':')
    return NULL;
  quoted = g_strndup (start, end + 1 - start);
  /* "\u0041" and "A" are one name. */
  node = json_from_string (quoted, NULL);
  return node != NULL ? g_strdup (json_node_get_string (node)) : NULL;
}

/* Whether a text can be given to a parser that trusts its depth, and that lets the last of two
 * members of one name stand without a word. */
static gboolean
check_json (const char *path, const char *text, gsize size, GError **error)
{
  /* (element-type GHashTable): the names so far of each object or list that is open */
  g_autoptr (GPtrArray)
      levels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  const char *quote = NULL;
  guint line = 1;

  if (strspn (text, " \t\r\n") == size)
    {
      g_set_error (error, CTL_QTI_ERROR, 0, "%s:1: the file is empty", path);
      return FALSE;
    }
  if (size > LARGEST || !g_utf8_validate (text, size, NULL))
    {
      g_set_error (error, CTL_QTI_ERROR, 0, "%s: %s", path,
                   size > LARGEST ? "too large" : "this is not UTF-8 text");
      return FALSE;
    }
  for (const char *c = text; c < text + size; c++)
    {
      line += *c == '\n';
      if (quote != NULL && *c == '\\')
        c++;
      else if (*c == '"' && quote == NULL)
        quote = c;
      else if (*c == '"')
        {
          g_autofree char *name = dup_member (quote, c);

          quote = NULL;
          if (name != NULL && levels->len > 0
              && !g_hash_table_add (levels->pdata[levels->len - 1], g_strdup (name)))
            {
              g_set_error (error, CTL_QTI_ERROR, 0, "%s:%u: “%s” is there twice", path, line, name);
              return FALSE;
            }
        }
      else if (quote == NULL && (*c == '{' || *c == '['))
        g_ptr_array_add (levels, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL));
      else if (quote == NULL && (*c == '}' || *c == ']') && levels->len > 0)
        g_ptr_array_set_size (levels, levels->len - 1);
      if (levels->len > DEEPEST)
        {
          g_set_error (error, CTL_QTI_ERROR, 0, "%s:%u: nested too deeply", path, line);
          return FALSE;
        }
    }
  return TRUE;
}

static JsonParser *
load_json (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error) || !check_json (path, text, size, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, size, error))
    {
      /* "<data>:1:12: …": the text has no name, and where it is wrong stands there. */
      g_autofree char *message = (*error)->message;
      const char *place = strchr (message, ':');

      (*error)->message = g_strdup_printf ("%s%s", path, place != NULL ? place : message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL)
    {
      g_set_error (error, CTL_QTI_ERROR, 0, "%s:1: there is no value in it", path);
      return NULL;
    }
  return g_steal_pointer (&parser);
}

/* A string, number or truth as QTI writes it; NULL where it is something else, or a number that is
 * too large to be one. */
static char *
dup_text (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (!isfinite (json_node_get_double (node)))
    return NULL;
  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
}

/* {"field": value}: each of the type that JSON gives it. */
static WayValue *
read_record (const WayDeclaration *declaration, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = json_object_get_member (object, name->data);
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) ? dup_text (node) : NULL;
      WayBaseType type = WAY_BASE_STRING;

      if (text == NULL || !way_value_accepts (WAY_BASE_IDENTIFIER, name->data))
        {
          g_set_error (error, CTL_QTI_ERROR, 0, "“%s” of “%s” is not a field with a value",
                       (char *) name->data, declaration->id);
          return NULL;
        }
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        type = WAY_BASE_INTEGER;
      else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
        type = WAY_BASE_FLOAT;
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        type = WAY_BASE_BOOLEAN;
      g_ptr_array_add (texts, way_value_dup_field (name->data, type, text));
    }
  g_ptr_array_add (texts, NULL);
  return way_value_new (declaration->base_type, WAY_CARDINALITY_RECORD,
                        (const char *const *) texts->pdata);
}

/* Whether a text has the form that its type needs to mean anything. What people type is not held
 * to it: a word where a number is asked for is a wrong answer. */
static gboolean
check_form (const WayDeclaration *declaration, const char *text, GError **error)
{
  gboolean is_point = declaration->base_type == WAY_BASE_POINT;
  gboolean is_pair = declaration->base_type == WAY_BASE_PAIR
                     || declaration->base_type == WAY_BASE_DIRECTED_PAIR;
  double x;
  double y;

  if (is_point ? way_point_parse (text, &x, &y)
               : !is_pair || way_value_accepts (declaration->base_type, text))
    return TRUE;
  g_set_error (error, CTL_QTI_ERROR, 0, "“%s” is “%s”, where a %s is needed", declaration->id, text,
               is_point ? "point “x y”" : "pair “A B”");
  return FALSE;
}

static WayValue *
read_value (const WayDeclaration *declaration, JsonNode *node, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean is_record = declaration->cardinality == WAY_CARDINALITY_RECORD;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;

  if (array != NULL && n > 1 && declaration->cardinality == WAY_CARDINALITY_SINGLE)
    {
      g_set_error (error, CTL_QTI_ERROR, 0, "“%s” has %u values, where there can be one",
                   declaration->id, n);
      return NULL;
    }
  if (is_record && node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return read_record (declaration, json_node_get_object (node), error);
  for (guint i = 0; node != NULL && !JSON_NODE_HOLDS_NULL (node) && i < n; i++)
    {
      char *text = dup_text (array != NULL ? json_array_get_element (array, i) : node);

      if (text == NULL)
        {
          g_set_error (error, CTL_QTI_ERROR, 0,
                       "“%s” is neither null, a value nor a list of values", declaration->id);
          return NULL;
        }
      g_ptr_array_add (texts, text);
      if (!check_form (declaration, text, error))
        return NULL;
    }
  g_ptr_array_add (texts, NULL);
  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

static void
build_text (JsonBuilder *builder, WayBaseType type, const char *text)
{
  g_autoptr (WayValue) value = way_value_new_text (type, text);
  gint64 integer;
  double number;

  if (type == WAY_BASE_BOOLEAN)
    json_builder_add_boolean_value (builder, g_str_equal (text, "true"));
  else if (type == WAY_BASE_INTEGER
           && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    json_builder_add_int_value (builder, integer);
  else if (way_value_get_number (value, &number))
    json_builder_add_double_value (builder, number);
  else
    json_builder_add_string_value (builder, text);
}

static void
build_outcomes (JsonBuilder *builder, const WayItem *item, const WayScore *score)
{
  json_builder_begin_object (builder);
  for (guint i = 0; item->outcomes != NULL && i < item->outcomes->len; i++)
    {
      const WayDeclaration *declaration = g_ptr_array_index (item->outcomes, i);
      const WayValue *value = g_hash_table_lookup (score->outcomes, declaration->id);

      json_builder_set_member_name (builder, declaration->id);
      if (way_value_is_null (value))
        json_builder_add_null_value (builder);
      else if (declaration->cardinality == WAY_CARDINALITY_SINGLE)
        build_text (builder, declaration->base_type, way_value_get_text (value));
      else
        {
          json_builder_begin_array (builder);
          for (guint k = 0; k < value->texts->len; k++)
            build_text (builder, declaration->base_type, value->texts->pdata[k]);
          json_builder_end_array (builder);
        }
    }
  if (item->is_adaptive && way_item_find_outcome (item, COMPLETION) == NULL)
    {
      const WayValue *value = g_hash_table_lookup (score->outcomes, COMPLETION);

      json_builder_set_member_name (builder, COMPLETION);
      if (way_value_is_null (value))
        json_builder_add_null_value (builder);
      else
        json_builder_add_string_value (builder, way_value_get_text (value));
    }
  json_builder_end_object (builder);
}

/* An item by anybody, as it is asked with @seed; what of it is not taken is said. */
static WayItem *
load_item (const char *path, guint64 seed, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayItem) item = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  item = way_item_new_from_outside (bytes, path, notes, error);
  for (guint i = 0; i < notes->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (notes, i));
  return item != NULL ? way_template_run (item, seed, error) : NULL;
}

/* A practice desk lies where the item's pack has it: in the first folder above the item
 * from which its path leads to a file. */
static WayDesk *
load_desk (const WayItem *item, GError **error)
{
  const char *path = way_item_get_desk (item);
  g_autofree char *folder = g_canonicalize_filename (item->path, NULL);

  for (;;)
    {
      g_autofree char *parent = g_path_get_dirname (folder);
      g_autofree char *file = g_build_filename (parent, path, NULL);
      g_autofree char *text = NULL;
      gsize size;

      if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
        {
          g_autoptr (GBytes) bytes = NULL;

          if (!g_file_get_contents (file, &text, &size, error))
            return NULL;
          bytes = g_bytes_new_take (g_steal_pointer (&text), size);
          return way_desk_new_from_bytes (bytes, path, error);
        }
      if (g_str_equal (parent, folder))
        break;
      g_free (folder);
      folder = g_steal_pointer (&parent);
    }
  g_set_error (error, CTL_QTI_ERROR, 0, "%s: there is no desk “%s” in the folders above it",
               item->path, path);
  return NULL;
}

/* @before: (nullable) the attempt before, at an adaptive item */
static WayScore *
score_item (const WayItem *item, GHashTable *responses, const WayScore *before, GError **error)
{
  g_autoptr (WayDesk) desk = NULL;

  if (way_item_get_desk (item) == NULL)
    return way_scoring_run_again (item, responses, before, error);
  desk = load_desk (item, error);
  if (desk == NULL || !way_practice_check_desk (desk, error))
    return NULL;
  return way_practice_score_desk (item, desk, responses, error);
}

/* {"RESPONSE": …}: what is given to the responses of an item. */
static GHashTable *
read_responses (const WayItem *item, JsonNode *given, GError **error)
{
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (GList) names = NULL;
  JsonObject *object;

  if (given == NULL || !JSON_NODE_HOLDS_OBJECT (given))
    {
      g_set_error_literal (error, CTL_QTI_ERROR, 0, "there is no object of responses");
      return NULL;
    }
  object = json_node_get_object (given);
  names = json_object_get_members (object);
  for (GList *name = names; name != NULL; name = name->next)
    {
      const WayDeclaration *declaration = way_item_find_response (item, name->data);
      WayValue *value;

      /* What every item has without declaring it. */
      if (declaration == NULL)
        declaration = way_responses_find_builtin (name->data);
      if (declaration == NULL)
        {
          g_set_error (error, CTL_QTI_ERROR, 0, "the item has no response “%s”",
                       (char *) name->data);
          return NULL;
        }
      value = read_value (declaration, json_object_get_member (object, name->data), error);
      if (value == NULL)
        return NULL;
      g_hash_table_replace (responses, g_strdup (declaration->id), value);
    }
  return g_steal_pointer (&responses);
}

/* Adds the outcomes of one case to what is printed: of one answer, or of a list of attempts
 * at an adaptive item. */
static gboolean
score_case (const WayItem *item, JsonNode *given, JsonBuilder *builder, GError **error)
{
  JsonArray *attempts = given != NULL && JSON_NODE_HOLDS_ARRAY (given) ? json_node_get_array (given)
                                                                       : NULL;
  guint n = attempts != NULL ? json_array_get_length (attempts) : 1;
  g_autoptr (WayScore) score = NULL;

  if (attempts != NULL && (!item->is_adaptive || n == 0))
    {
      g_set_error_literal (error, CTL_QTI_ERROR, 0,
                           n == 0 ? "there is no attempt"
                                  : "there is a list of attempts, and the item is not adaptive");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) responses = NULL;
      WayScore *next;

      if (score != NULL && score->is_complete)
        {
          g_set_error (error, CTL_QTI_ERROR, 0, "attempt %u comes after the item was complete",
                       i + 1);
          return FALSE;
        }
      responses = read_responses (item,
                                  attempts != NULL ? json_array_get_element (attempts, i) : given,
                                  error);
      next = responses != NULL ? score_item (item, responses, score, error) : NULL;
      if (next == NULL)
        return FALSE;
      g_clear_pointer (&score, way_score_free);
      score = next;
    }
  build_outcomes (builder, item, score);
  return TRUE;
}

static void
print_built (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

static int
score_one (const char *item_path, const char *responses_path, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (WayItem) item = load_item (item_path, seed, &error);

  if (item == NULL)
    return ctl_fail (error);
  parser = load_json (responses_path, &error);
  if (parser == NULL)
    return ctl_fail (error);
  if (!score_case (item, json_parser_get_root (parser), builder, &error))
    {
      if (error->domain == CTL_QTI_ERROR)
        g_prefix_error (&error, "%s: ", responses_path);
      return ctl_fail (error);
    }
  print_built (builder);
  return CTL_DONE;
}

/* Where an item lies: as it is named from here, or else from the folder of the cases. */
static char *
dup_item_path (const char *name, const char *cases_path)
{
  g_autofree char *folder = NULL;

  if (g_path_is_absolute (name) || g_file_test (name, G_FILE_TEST_EXISTS))
    return g_strdup (name);
  folder = g_path_get_dirname (cases_path);
  return g_build_filename (folder, name, NULL);
}

/* What a case says under @key in a word; FALSE where it is a list or an object. */
static gboolean
read_word (JsonObject *object, const char *key, char **word, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  g_free (*word);
  *word = dup_text (node);
  if (*word != NULL)
    return TRUE;
  g_set_error (error, CTL_QTI_ERROR, 0, "its %s is not a word", key);
  return FALSE;
}

/* One case of the list: {"id": …, "item": …, "responses": {…}}. */
static gboolean
add_case (JsonNode *node,
          const char *item_path,
          const char *cases_path,
          guint64 seed,
          GHashTable *items,
          JsonBuilder *builder,
          GError **error)
{
  g_autofree char *name = g_strdup (item_path);
  g_autofree char *id = NULL;
  JsonObject *object;
  WayItem *item;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CTL_QTI_ERROR, 0, "it is not an object");
      return FALSE;
    }
  object = json_node_get_object (node);
  if (!read_word (object, "item", &name, error) || !read_word (object, "id", &id, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error_literal (error, CTL_QTI_ERROR, 0, "it names no item");
      return FALSE;
    }
  if (id != NULL)
    {
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, id);
    }
  json_builder_set_member_name (builder, "item");
  json_builder_add_string_value (builder, name);
  item = g_hash_table_lookup (items, name);
  if (item == NULL)
    {
      g_autofree char *path = dup_item_path (name, cases_path);

      item = load_item (path, seed, error);
      if (item == NULL)
        return FALSE;
      g_hash_table_insert (items, g_strdup (name), item);
    }
  {
    g_autoptr (JsonBuilder) outcomes = json_builder_new ();

    if (!score_case (item, json_object_get_member (object, "responses"), outcomes, error))
      return FALSE;
    json_builder_set_member_name (builder, "outcomes");
    json_builder_add_value (builder, json_builder_get_root (outcomes));
  }
  return TRUE;
}

/* A list of cases, or {"cases": […]}. A case that cannot be scored says why in its place;
 * the others are scored. */
static int
score_cases (const char *item_path, const char *cases_path, guint64 seed)
{
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) way_item_unref);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = load_json (cases_path, &error);
  JsonNode *root;
  JsonArray *cases;
  guint n_failed = 0;

  if (parser == NULL)
    return ctl_fail (error);
  root = json_parser_get_root (parser);
  if (JSON_NODE_HOLDS_OBJECT (root))
    root = json_object_get_member (json_node_get_object (root), "cases");
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    return ctl_fail_text ("%s: neither a list of cases nor an object with one", cases_path);
  cases = json_node_get_array (root);

  json_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      g_autoptr (GError) reason = NULL;

      json_builder_begin_object (builder);
      if (!add_case (json_array_get_element (cases, i), item_path, cases_path, seed, items, builder,
                     &reason))
        {
          json_builder_set_member_name (builder, "error");
          json_builder_add_string_value (builder, reason->message);
          n_failed++;
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  print_built (builder);
  if (n_failed > 0)
    return ctl_fail_text ("%s: %u of %u cases could not be scored", cases_path, n_failed,
                          json_array_get_length (cases));
  return CTL_DONE;
}

/**
 * ctl_qti:
 *
 * Scores items.
 */
int
ctl_qti (int argc, char **argv)
{
  g_autofree char *responses = NULL;
  g_autofree char *cases = NULL;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &responses, NULL, NULL },
    { "cases", 0, 0, G_OPTION_ARG_FILENAME, &cases, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc < 2 || argc > 3 || !g_str_equal (argv[1], "score")
      || (responses == NULL) == (cases == NULL) || (responses != NULL && argc != 3))
    return ctl_usage ();
  if (cases != NULL)
    return score_cases (argc == 3 ? argv[2] : NULL, cases, (guint64) seed);
  return score_one (argv[2], responses, (guint64) seed);
}
