/* import-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

#define HEAD                                                                                       \
  "Employee Number,First Name,Last Name,Username,Staff Group,Unit "                                \
  "Code,Primary,Manager,Status,Start Date"

/* Two people of one name are two people; one person with two assignments is one. */
#define THREE                                                                                      \
  "101,Grace,Okafor,grace.okafor,nursing,A,yes,103,Active,2020-01-31\n"                            \
  "102,Grace,Okafor,grace.okafor2,acs,B,,103,Active,01/02/2021\n"                                  \
  "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,03-MAR-2019\n"                                      \
  "103,Mia,Chen,mia.chen,nursing,B,no,,Active,03-MAR-2019\n"

typedef struct
{
  char *folder;
  char *uri;
  char *file;
} Fixture;

void import_use (const char *waymarkctl);
void set_up (Fixture *self, gconstpointer data);
void tear_down (Fixture *self, gconstpointer data);
char *run (Fixture *self, int expected, ...) G_GNUC_NULL_TERMINATED;
char *ask (Fixture *self, const char *sql);
void write_file (Fixture *self, const char *text, gssize length);
void append (Fixture *self, const char *kind, const char *const *bodies, guint n);
void import (Fixture *self, const char *rows);

#define assert_asked(self, sql, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *asked_ = ask (self, sql);                                                     \
    g_assert_cmpstr (asked_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

G_END_DECLS
