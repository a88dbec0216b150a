/* way-xml.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* Private to this room: one XML file from outside, parsed with no network, no entities
 * and bounded size and depth, and read with every problem collected as
 * "file:line: reason". */
typedef struct _WayXml WayXml;
typedef struct _WayReference WayReference;

#define WAY_XML_MAX_SIZE (4 * 1024 * 1024)
#define WAY_XML_MAX_DEPTH 64
#define WAY_MAX_PROBLEMS 1000

typedef enum
{
  WAY_REFERENCE_FILE,    /* a path inside the pack */
  WAY_REFERENCE_OUTCOME, /* an outcome of the module that uses the file */
} WayReferenceType;

/* What a file names and cannot judge by itself. */
struct _WayReference
{
  WayReferenceType type;
  char *path; /* where it stands */
  int line;
  char *name;
};

struct _WayXml
{
  char *path;
  int line; /* 0, or the line that every problem names */
  const char *ns;
  xmlDoc *doc;
  GPtrArray *problems;   /* of char* */
  GPtrArray *notes;      /* (nullable) of char*: what does not matter in a file from outside;
                          * NULL: a pack's own, where everything matters */
  GPtrArray *references; /* (nullable) of WayReference */
};

WayXml *way_xml_new (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references);
void way_xml_free (WayXml *self);
xmlNode *way_xml_get_root (WayXml *self, const char *ns, const char *name);
int way_xml_get_line (WayXml *self, const xmlNode *node);
void way_xml_report (WayXml *self, const xmlNode *node, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void way_xml_note (WayXml *self, const xmlNode *node, const char *format, ...) G_GNUC_PRINTF (3, 4);
void way_xml_refer (WayXml *self, const xmlNode *node, WayReferenceType type, const char *name);

gboolean way_xml_is (const xmlNode *node, const char *name);
xmlNode *way_xml_first (WayXml *self, const xmlNode *parent);
xmlNode *way_xml_next (WayXml *self, const xmlNode *node);
char *way_xml_dup_text (WayXml *self, const xmlNode *node);
char *way_xml_fold (const char *text);
char *way_xml_dup_language (const xmlNode *node);

char *way_xml_get (const xmlNode *node, const char *name);
char *way_xml_require (WayXml *self, const xmlNode *node, const char *name);
char *way_xml_require_id (WayXml *self, const xmlNode *node, const char *name);
char *way_xml_require_path (WayXml *self, const xmlNode *node, const char *name);
int way_xml_get_int (
    WayXml *self, const xmlNode *node, const char *name, int min, int max, int fallback);
int way_xml_require_int (WayXml *self, const xmlNode *node, const char *name, int min, int max);
double way_xml_get_double (WayXml *self, const xmlNode *node, const char *name, double fallback);
gboolean
way_xml_get_boolean (WayXml *self, const xmlNode *node, const char *name, gboolean fallback);

gboolean way_path_is_safe (const char *path);
WayReference *
way_reference_new (WayReferenceType type, const char *path, int line, const char *name);
void way_reference_free (WayReference *self);
void way_problems_add (GPtrArray *problems, const char *path, int line, const char *reason);
void way_problems_sort (GPtrArray *problems);
gboolean way_problems_fail (GPtrArray *problems, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayXml, way_xml_free)

G_END_DECLS
