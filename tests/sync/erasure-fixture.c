/* erasure-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "erasure-fixture.h"

void
erasure_append (WayStore *store, const char *subject, WayEvent *draft)
{
  g_autofree char *id = NULL;

  draft->subject = g_strdup (subject);
  id = fixture_append (store, NULL, draft);
}

void
erasure_grant (SyncFixture *fixture)
{
  erasure_append (fixture->trust, NULL,
                  fixture_draft ("role_grant", "{'person':'lea','role':'governance','ended':0}"));
  erasure_append (fixture->trust, NULL,
                  fixture_draft ("role_grant", "{'person':'mia','role':'governance','ended':0}"));
}

char *
erasure_dup_ledger (SyncFixture *fixture)
{
  return g_build_filename (fixture->folder, "ledger", NULL);
}

WayErasure *
erasure_erase (SyncFixture *fixture, const WayErasureTarget *target)
{
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = way_erasure_ask (fixture->trust, "lea", target, "asked by letter", &error);
  WayErasure *erasure;

  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", target, ledger, &error);
  g_assert_no_error (error);
  return erasure;
}

char *
erasure_attach (WayStore *store, const char *person)
{
  WayEvent *seen = fixture_draft ("evidence", "{'type':'witnessed','outcome':'o','note':'did it'}");
  char *id;

  seen->subject = g_strdup (person);
  id = fixture_append (store, NULL, seen);
  for (int n = 1; n <= 2; n++)
    erasure_append (store, person,
                    fixture_draft ("evidence_file",
                                   "{'evidence':'%s','name':'ward.txt','type':'text/plain',"
                                   "'n':%d,'of':2,'data':'U2hl'}",
                                   id, n));
  return id;
}
