/* test-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fixture.h"
#include "practice/way-practice-form.h"
#include "practice/way-practice-words.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

static const char *const small_form =
    "<desk xmlns='" NS "' id='s' app='form' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<form id='a' group='each' today='2026-11-22' title='A' person='Siân Patel'>"
    "<content><p>Fill it in.</p></content>"
    "<source id='call' title='A call' open='1'><content><p>Words.</p></content></source>"
    "<source id='again' title='Ask again'><content><p>More.</p></content></source>"
    "<nhs id='nhs' label='NHS number' check='1' required='1'/>"
    "<date id='born' label='Born' past='1' value='1961-03-04'/>"
    "<time id='at' label='At'/><phone id='phone' label='Phone'/>"
    "<number id='temp' label='Temperature' min='25' max='45'><unit id='c' label='°C'/>"
    "<unit id='f' label='°F'/></number>"
    "<number id='beds' label='Beds' min='1' max='9'/>"
    "<choice id='where' label='Where'><option id='ward' label='On the ward'/>"
    "<option id='home' label='At home'/></choice>"
    "<code id='lang' label='Language'><entry id='pol' label='Polish'/>"
    "<entry id='por' label='Portuguese'/></code>"
    "<text id='what' label='What happened' max='120'/></form>"
    "<form id='b' group='each' final='1' title='B'><text id='what' label='What' "
    "required='1'/></form>"
    "</records><rules><rule id='r' each='each' points='1'><when>TEST</when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *test)
{
  g_autoptr (GString) xml = g_string_new (small_form);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;

  g_string_replace (xml, "TEST", test, 1);
  bytes = g_bytes_new (xml->str, xml->len);
  desk = way_desk_new_from_bytes (bytes, "desks/form.xml", &error);
  g_assert_no_error (error);

  return desk;
}

static WayPractice *
new_practice (const char *test)
{
  g_autoptr (WayDesk) desk = read_desk (test);
  g_autoptr (GError) error = NULL;

  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return way_practice_new (desk, 1);
}

/* What is typed in each kind of entry, and what the form then holds. */
static void
test_canonical (void)
{
  static const struct
  {
    const char *entry;
    const char *typed;
    const char *unit;
    const char *held;
  } cases[] = {
    { "nhs", " 999 158 8132 ", NULL, "9991588132" },
    { "nhs", "999-158-8132", NULL, "9991588132" },
    { "nhs", "nine", NULL, "nine" },
    { "phone", "07700 900 123", NULL, "07700900123" },
    { "phone", "ask her", NULL, "ask her" },
    { "born", "4 March 1961", NULL, "1961-03-04" },
    { "born", "4 mar 1961", NULL, "1961-03-04" },
    { "born", "04/03/1961", NULL, "1961-03-04" },
    { "born", "4.3.1961", NULL, "1961-03-04" },
    { "born", "1961-03-04", NULL, "1961-03-04" },
    { "born", "31/02/1961", NULL, "31/02/1961" },
    { "born", "4/3/61", NULL, "4/3/61" },
    { "born", "03/2026", NULL, "03/2026" },
    { "born", "1/2/3/2026", NULL, "1/2/3/2026" },
    { "at", "9:05", NULL, "09:05" },
    { "at", "0905", NULL, "09:05" },
    { "at", "9.05 pm", NULL, "21:05" },
    { "at", "12 am", NULL, "00:00" },
    { "at", "9pm", NULL, "21:00" },
    { "at", "25:00", NULL, "25:00" },
    { "at", "9:5", NULL, "9:5" },
    { "at", "9", NULL, "9" },
    { "at", "13 pm", NULL, "13 pm" },
    { "temp", "38,20", "c", "38.2 c" },
    { "temp", "038.0", "f", "38 f" },
    { "temp", "38.5", NULL, "38.5" },
    { "temp", "warm", "c", "warm c" },
    { "temp", "", "c", "" },
    { "beds", "+4", NULL, "4" },
    { "beds", "-0.50", NULL, "-0.5" },
    { "beds", "1 000", NULL, "1 000" },
    { "beds", ".5", NULL, ".5" },
    { "what", "  A call.\n", NULL, "A call." },
    { "where", "ward", NULL, "ward" },
  };
  g_autoptr (WayDesk) desk = read_desk ("<did action='open'/>");
  const WayDeskRecord *form = g_ptr_array_index (desk->records, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WayDeskRecord *entry = way_form_find_entry (form, cases[i].entry);
      g_autofree char *held = way_form_dup_canonical (entry, cases[i].typed, cases[i].unit);
      g_autofree char *unit = NULL;
      g_autofree char *shown = way_form_dup_shown (entry, held, &unit);
      g_autofree char *again = way_form_dup_canonical (entry, shown, unit);

      g_assert_cmpstr (held, ==, cases[i].held);
      g_assert_cmpstr (again, ==, held);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *entry;
    const char *value;
    const char *words;
  } cases[] = {
    { "nhs", "9991588132", "999 158 8132" },
    { "born", "1961-03-04", "04/03/1961" },
    { "temp", "38.2 c", "38.2 °C" },
    { "where", "home", "At home" },
    { "lang", "pol", "Polish" },
    { "what", "A call", "A call" },
    { "what", NULL, "" },
  };
  g_autoptr (WayDesk) desk = read_desk ("<did action='open'/>");
  const WayDeskRecord *form = g_ptr_array_index (desk->records, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = way_form_dup_words (way_form_find_entry (form, cases[i].entry),
                                                   cases[i].value);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_problems (void)
{
  static const struct
  {
    const char *set;
    WayEntryProblem problem;
  } cases[] = {
    { "nhs=9991588132", WAY_ENTRY_FINE },
    { "nhs=9991588123", WAY_ENTRY_CHECK_DIGIT },
    { "nhs=9991558132", WAY_ENTRY_CHECK_DIGIT },
    { "nhs=999158813", WAY_ENTRY_NOT_TEN_FIGURES },
    { "nhs=abc", WAY_ENTRY_NOT_TEN_FIGURES },
    { "born=1961-03-05", WAY_ENTRY_FINE },
    { "born=2026-11-22", WAY_ENTRY_FINE },
    { "born=2026-11-23", WAY_ENTRY_FUTURE },
    { "born=31/02/1961", WAY_ENTRY_NOT_DATE },
    { "phone=07700900123", WAY_ENTRY_FINE },
    { "phone=0770090012", WAY_ENTRY_NOT_PHONE },
    { "phone=ask her", WAY_ENTRY_NOT_PHONE },
    { "at=09:05", WAY_ENTRY_FINE },
    { "at=late", WAY_ENTRY_NOT_TIME },
    { "temp=38.2 c", WAY_ENTRY_FINE },
    { "temp=38.2", WAY_ENTRY_NO_UNIT },
    { "temp=38.2 k", WAY_ENTRY_NOT_NUMBER },
    { "temp=24.9 c", WAY_ENTRY_TOO_SMALL },
    { "temp=100.4 f", WAY_ENTRY_TOO_LARGE },
    { "temp=warm c", WAY_ENTRY_NOT_NUMBER },
    { "beds=9", WAY_ENTRY_FINE },
    { "beds=10", WAY_ENTRY_TOO_LARGE },
    { "what=A call came.", WAY_ENTRY_FINE },
    { "what="
      "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
      "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
      WAY_ENTRY_TOO_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayPractice) practice = new_practice ("<did action='open'/>");
      g_autofree char *entry = g_strndup (cases[i].set, strcspn (cases[i].set, "="));

      assert_done (practice, "set", "a", cases[i].set);
      g_assert_cmpint (way_practice_get_entry_problem (practice, "a", entry), ==, cases[i].problem);
    }
}

/* What can be done, and what cannot. */
static void
test_verbs (void)
{
  g_autoptr (WayPractice) practice = new_practice ("<final target='$' state='submitted'/>");

  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "a");
  g_assert_cmpstr (way_practice_get_entry (practice, "a", "born"), ==, "1961-03-04");
  g_assert_false (way_practice_can (practice, "set", "a", NULL));
  g_assert_false (way_practice_can (practice, "set", "a", "nhs"));
  g_assert_false (way_practice_can (practice, "set", "a", "nhs="));
  g_assert_false (way_practice_can (practice, "set", "a", "call=x"));
  g_assert_false (way_practice_can (practice, "set", "a", "nothing=x"));
  g_assert_false (way_practice_can (practice, "set", "a", "born=1961-03-04"));
  g_assert_false (way_practice_can (practice, "set", "a", "where=moon"));
  g_assert_false (way_practice_can (practice, "set", "a", "lang=klingon"));
  g_assert_false (way_practice_can (practice, "set", "a", "what=\xff"));
  g_assert_false (way_practice_can (practice, "clear", "a", "nhs"));
  g_assert_false (way_practice_can (practice, "clear", "a", NULL));
  g_assert_false (way_practice_can (practice, "open", "a", "nhs"));
  g_assert_false (way_practice_can (practice, "undo", "a", NULL));
  g_assert_true (way_practice_is_source_open (practice, "a", "call"));
  g_assert_false (way_practice_is_source_open (practice, "a", "again"));
  assert_done (practice, "open", "a", "again");
  g_assert_true (way_practice_is_source_open (practice, "a", "again"));
  assert_done (practice, "clear", "a", "born");
  g_assert_null (way_practice_get_entry (practice, "a", "born"));
  assert_done (practice, "set", "a", "what=1 = 1");
  g_assert_cmpstr (way_practice_get_entry (practice, "a", "what"), ==, "1 = 1");
  assert_done (practice, "take", "b", NULL);
  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "b");
  assert_done (practice, "submit", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, "b"), ==, "submitted");
  g_assert_false (way_practice_can (practice, "undo", "b", NULL));
  g_assert_false (way_practice_can (practice, "set", "b", "what=late"));
  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "a");
}

/* A form that checks is sent only when it is right; one that does not takes everything. */
static void
test_refused (void)
{
  g_autoptr (WayPractice) practice = new_practice ("<final target='$' state='submitted'/>");

  g_assert_cmpint (way_practice_get_entry_problem (practice, "a", "nhs"), ==, WAY_ENTRY_EMPTY);
  g_assert_cmpint (way_practice_get_entry_problem (practice, "b", "what"), ==, WAY_ENTRY_EMPTY);
  assert_done (practice, "set", "a", "at=late");
  assert_done (practice, "submit", "a", NULL);
  g_assert_true (way_practice_was_refused (practice, "a"));
  g_assert_null (way_practice_get_state (practice, "a"));
  assert_done (practice, "set", "a", "nhs=9991588123");
  assert_done (practice, "submit", "a", NULL);
  g_assert_true (way_practice_was_refused (practice, "a"));
  assert_score (practice, 0, 2);
  assert_done (practice, "set", "a", "nhs=9991588132");
  assert_done (practice, "submit", "a", NULL);
  g_assert_false (way_practice_was_refused (practice, "a"));
  assert_score (practice, 1, 2);
  assert_done (practice, "undo", "a", NULL);
  assert_score (practice, 0, 2);
  assert_done (practice, "clear", "a", "at");
  assert_done (practice, "submit", "a", NULL);
  assert_done (practice, "submit", "b", NULL);
  assert_score (practice, 2, 2);
}

/* Each thing that a rule can ask of an entry. */
static void
test_rules (void)
{
  static const struct
  {
    const char *test;
    gboolean is_held;
  } cases[] = {
    { "<field target='$' name='nhs' equals='9991588132'/>", TRUE },
    { "<field target='$' name='nhs' equals='1|9991588132'/>", TRUE },
    { "<field target='$' name='nhs' equals='999158813'/>", FALSE },
    { "<field target='a' name='nhs' equals='9991588132'/>", TRUE },
    { "<field name='nhs' equals='9991588132'/>", FALSE },
    { "<field target='$' name='where'/>", FALSE },
    { "<field target='$' name='where' empty='1'/>", TRUE },
    { "<field target='$' name='nhs' empty='1'/>", FALSE },
    { "<field target='$' name='where' lacks='moon'/>", FALSE },
    { "<field target='$' name='temp' min='38' max='38.5'/>", TRUE },
    { "<field target='$' name='temp' min='38.3'/>", FALSE },
    { "<field target='$' name='temp' max='9'/>", FALSE },
    { "<field target='$' name='temp' unit='c'/>", TRUE },
    { "<field target='$' name='temp' unit='f'/>", FALSE },
    { "<field target='$' name='born' min='1961-03-04' max='1961-12-31'/>", TRUE },
    { "<field target='$' name='born' min='1962-01-01'/>", FALSE },
    { "<field target='$' name='at' min='00:00'/>", FALSE },
    { "<field target='$' name='what' contains='wrong person|elsewhere'/>", TRUE },
    { "<field target='$' name='what' contains='email'/>", TRUE },
    { "<field target='$' name='what' contains='email' spelling='exact'/>", FALSE },
    { "<field target='$' name='what' contains='report*'/>", TRUE },
    { "<field target='$' name='what' contains='person wrong'/>", FALSE },
    { "<field target='$' name='what' contains='sent'/>", TRUE },
    { "<field target='$' name='what' contains='send'/>", FALSE },
    { "<field target='$' name='what' lacks='$.person'/>", TRUE },
    { "<field target='$' name='what' lacks='Patel'/>", TRUE },
    { "<field target='$' name='what' lacks='ward'/>", FALSE },
    { "<field target='$' name='what' lacks='$.nobody'/>", FALSE },
    { "<field target='$' name='what' min-words='5' max-words='15'/>", TRUE },
    { "<field target='$' name='what' min-words='16'/>", FALSE },
    { "<field target='$' name='what' max-words='4'/>", FALSE },
    { "<field target='$' name='what' matches='^i sent .*ward'/>", TRUE },
    { "<field target='$' name='what' matches='^ward'/>", FALSE },
    { "<field target='$' name='lang' equals='pol'/>", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayDesk) desk = read_desk (cases[i].test);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 1);
      g_autoptr (GArray) outcomes = NULL;

      assert_done (practice, "set", "a", "nhs=9991588132");
      assert_done (practice, "set", "a", "temp=38.2 c");
      assert_done (practice, "set", "a", "at=late");
      assert_done (practice, "set", "a", "lang=pol");
      assert_done (practice, "set", "a",
                   "what=I sent an emial to the wrong person. I have reported it to the ward.");
      outcomes = way_practice_judge (practice);
      if (g_array_index (outcomes, WayRuleOutcome, 0).is_held != cases[i].is_held)
        g_error ("%s: should %s", cases[i].test, cases[i].is_held ? "hold" : "not hold");
    }
}

static void
test_near (void)
{
  g_assert_true (way_words_are ("Siân  PATEL", "sian patel"));
  g_assert_true (way_words_are ("recieve", "receive"));
  g_assert_true (way_words_are ("physioterapy", "physiotherapy"));
  g_assert_false (way_words_are ("physiterapi", "radiotherapy"));
  g_assert_false (way_words_are ("bad", "bed"));
  g_assert_false (way_words_are ("ward 12345", "ward 12346"));
  g_assert_false (way_words_are ("the ward", "ward"));
  g_assert_true (way_words_have ("Mrs Patel’s son rang.", "patel", FALSE));
  g_assert_false (way_words_have ("", "patel", TRUE));
  g_assert_false (way_words_have ("anything", "", TRUE));
  g_assert_true (way_words_have ("They were telephoned.", "phone|telephon*", TRUE));
  g_assert_cmpuint (way_words_count ("It is 9.30, I think."), ==, 6);
  g_assert_cmpuint (way_words_count (NULL), ==, 0);
}

static void
test_check (void)
{
  static const char *const wrong[] = {
    "<field target='$' equals='x'/>",
    "<field target='$' name='nothing' equals='x'/>",
    "<field target='$' name='call' equals='x'/>",
    "<field target='$' name='what' matches='(open'/>",
    "<field target='$' name='what' min-words='few'/>",
    "<field target='$' name='what' says='x'/>",
    "<field target='c' name='what' equals='x'/>",
    "<did action='place'/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (WayDesk) desk = read_desk (wrong[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (way_practice_check_desk (desk, &error));
      g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE);
      g_assert_true (g_str_has_prefix (error->message, "desks/form.xml:"));
    }
}

/* A form on which nothing could be entered is none. */
static void
test_check_parts (void)
{
  static const char *const wrong[][2] = {
    { "<code id='lang' label='Language'><entry id='pol' label='Polish'/>"
      "<entry id='por' label='Portuguese'/></code>",
      "<code id='lang' label='Language'/>" },
    { "<time id='at' label='At'/>", "<tme id='at' label='At'/>" },
    { "<time id='at' label='At'/>", "<time label='At'/>" },
    { "<text id='what' label='What' required='1'/>", "<source id='what' title='What'/>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GString) xml = g_string_new (small_form);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WayDesk) desk = NULL;
      g_autoptr (GError) error = NULL;

      g_string_replace (xml, "TEST", "<did action='open'/>", 1);
      g_assert_cmpuint (g_string_replace (xml, wrong[i][0], wrong[i][1], 1), ==, 1);
      bytes = g_bytes_new (xml->str, xml->len);
      desk = way_desk_new_from_bytes (bytes, "desks/form.xml", &error);
      g_assert_no_error (error);
      g_assert_false (way_practice_check_desk (desk, &error));
      g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RECORD);
    }
}

static void
test_random (void)
{
  g_autoptr (WayPractice) practice = new_practice (
      "<all><final target='$' state='submitted'/><did target='$' action='set'/></all>");

  g_assert_cmpuint (act_at_random (practice, "take open set clear submit undo place", 10000,
                                   20261122),
                    >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/form/canonical", test_canonical);
  g_test_add_func ("/form/words", test_words);
  g_test_add_func ("/form/problems", test_problems);
  g_test_add_func ("/form/verbs", test_verbs);
  g_test_add_func ("/form/refused", test_refused);
  g_test_add_func ("/form/rules", test_rules);
  g_test_add_func ("/form/near", test_near);
  g_test_add_func ("/form/check", test_check);
  g_test_add_func ("/form/check/parts", test_check_parts);
  g_test_add_func ("/form/random", test_random);

  return g_test_run ();
}
