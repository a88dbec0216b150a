/* ctl-irt-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-calibration.h"
#include "content/way-pack.h"
#include "ctl/ctl-private.h"
#include "store/way-store.h"

G_BEGIN_DECLS

#define CTL_TABLE_ERROR (g_quark_from_static_string ("ctl-table-error"))

/* A CSV file with a header, checked and in memory. */
typedef struct
{
  char *path;
  GPtrArray *columns; /* (owned) of char* */
  GPtrArray *rows;    /* (owned) of GPtrArray of char* */
  GArray *lines;      /* (owned) of guint: where each row begins */
} CtlTable;

CtlTable *ctl_table_read (const char *path, const char *const *needed, GError **error);
void ctl_table_free (CtlTable *table);
int ctl_table_find (const CtlTable *table, const char *column);
const char *ctl_table_get (const CtlTable *table, guint row, int column);
gboolean
ctl_table_get_number (const CtlTable *table, guint row, int column, double *number, GError **error);
const char *ctl_table_get_name (const CtlTable *table, guint row, int column, GError **error);
gboolean ctl_table_fail (const CtlTable *table, guint row, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTable, ctl_table_free)

/* Names in the order in which they first came, and their numbers. */
typedef struct
{
  GPtrArray *names;    /* (owned) of char* */
  GHashTable *numbers; /* (owned) char* → number + 1 */
} CtlNames;

CtlNames *ctl_names_new (void);
void ctl_names_free (CtlNames *names);
int ctl_names_find (const CtlNames *names, const char *name);
guint ctl_names_take (CtlNames *names, const char *name);
const char *ctl_names_get (const CtlNames *names, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlNames, ctl_names_free)

/* The items of a bank file. */
typedef struct
{
  char *path;
  CtlNames *items;
  GArray *curves;         /* of WayCurve */
  CtlNames *capabilities; /* empty where there is no such column */
  GArray *capability;     /* of guint */
  GArray *sd_b;           /* of double */
  GArray *is_opener;      /* of gboolean */
  GArray *share;          /* of double */
  gboolean has_sd_b;
  GPtrArray *enemies; /* of GStrv, nullable */
} CtlBank;

CtlBank *ctl_bank_read (const char *path, gboolean needs_capability, GError **error);
void ctl_bank_free (CtlBank *bank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlBank, ctl_bank_free)

/* The answers of a response file. */
typedef struct
{
  CtlNames *people;
  CtlNames *items; /* of the bank, or as they came */
  WaySheet *sheet;
} CtlResponses;

CtlResponses *ctl_responses_read (const char *path, const CtlBank *bank, GError **error);
CtlResponses *ctl_responses_read_right_or_wrong (const char *path,
                                                 const CtlBank *bank,
                                                 GHashTable *left_out,
                                                 GError **error);
void ctl_responses_free (CtlResponses *responses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlResponses, ctl_responses_free)

/* A number that nobody gives: an option was left out. */
#define CTL_NOT_GIVEN (-G_MAXDOUBLE)

/* A result: printed whole, or not at all. */
typedef struct _CtlOutput CtlOutput;

CtlOutput *ctl_output_new (const char *const *columns);
void ctl_output_free (CtlOutput *output);
void ctl_output_add_text (CtlOutput *output, const char *text);
void ctl_output_add_number (CtlOutput *output, double number);
void ctl_output_add_total (CtlOutput *output, const char *name, const char *key, double number);
void ctl_output_print (const CtlOutput *output, const char *list, gboolean is_json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlOutput, ctl_output_free)

gboolean ctl_parse_format (const char *text, gboolean *is_json);

int ctl_irt_estimate (int argc, char **argv);
int ctl_irt_next (int argc, char **argv);
int ctl_irt_calibrate (int argc, char **argv);
int ctl_irt_fit (int argc, char **argv);
int ctl_irt_dif (int argc, char **argv);
int ctl_irt_simulate (int argc, char **argv);
int ctl_irt_angoff (int argc, char **argv);
int ctl_irt_bank (int argc, char **argv);
int ctl_irt_extract (int argc, char **argv);
int ctl_irt_policy (int argc, char **argv);
int ctl_irt_publish (int argc, char **argv);
int ctl_irt_replay (int argc, char **argv);
int ctl_irt_rho (int argc, char **argv);

/* ctl-irt-publish.c: a setting of the trust, for sittings from now on. */
gboolean
ctl_irt_publish_setting (const char *uri, const char *key, const char *value, GError **error);

/* ctl-irt-replay.c: NULL where what was measured is what the answers give. */
char *ctl_irt_judge_estimates (WayStore *store, const char *attempt, WayPack *pack, GError **error);

G_END_DECLS
