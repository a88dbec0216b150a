/* way-grammar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-grammar.h"

#include <libxml/relaxng.h>

#include "way-content-resources.h"

#define SCHEMA_PATH "/io/github/waymark_skills/Waymark/schema/"

static void
schema_error_cb (void *data, xmlError *error)
{
  g_error ("The schema is wrong at line %d: %s", error->line, error->message);
}

static void
validity_error_cb (void *data, xmlError *error)
{
  WayXml *xml = data;
  g_autofree char *reason = NULL;
  int line = error->node != NULL ? (int) xmlGetLineNo (error->node) : error->line;

  if (error->message == NULL)
    return;
  reason = g_utf8_make_valid (error->message, -1);
  way_problems_add (xml->problems, xml->path, line, g_strstrip (reason));
}

/**
 * way_grammar_check:
 * @xml: a file
 * @name: a schema: pack, module or desk
 *
 * Reports where @xml is not what the schema says.
 */
void
way_grammar_check (WayXml *xml, const char *name)
{
  g_autofree char *path = g_strconcat (SCHEMA_PATH, name, ".rng", NULL);
  g_autoptr (GBytes) bytes = NULL;
  xmlRelaxNGParserCtxt *parser;
  xmlRelaxNG *schema;
  xmlRelaxNGValidCtxt *validator;

  bytes = g_resource_lookup_data (way_content_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  NULL);
  g_assert (bytes != NULL);

  parser = xmlRelaxNGNewMemParserCtxt (g_bytes_get_data (bytes, NULL),
                                       (int) g_bytes_get_size (bytes));
  xmlRelaxNGSetParserStructuredErrors (parser, schema_error_cb, NULL);
  schema = xmlRelaxNGParse (parser);
  xmlRelaxNGFreeParserCtxt (parser);
  g_assert (schema != NULL);

  validator = xmlRelaxNGNewValidCtxt (schema);
  xmlRelaxNGSetValidStructuredErrors (validator, validity_error_cb, xml);
  xmlRelaxNGValidateDoc (validator, xml->doc);
  xmlRelaxNGFreeValidCtxt (validator);
  xmlRelaxNGFree (schema);
}
