/* test-derived.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

typedef struct
{
  char *folder;
  WayStore *store;
  gint64 at;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  fixture->folder = fixture_make_folder ();
  uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->store = way_store_create_trust (uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  fixture->at = 1000000;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_assert_sound (fixture->store);
  g_assert_finalize_object (fixture->store);
  fixture_remove_folder (fixture->folder);
}

/* Appends with a time of its own, one second after the other, and received as late. */
static char *
say (Fixture *fixture, const char *author, const char *subject, WayEvent *draft)
{
  draft->at = fixture->at;
  draft->received = fixture->at;
  draft->subject = g_strdup (subject);
  fixture->at += 1000000;
  return fixture_append (fixture->store, author, draft);
}

#define SAY(author, subject, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *id_ = say (fixture, author, subject, __VA_ARGS__);                            \
  }                                                                                                \
  G_STMT_END

#define ASK(sql, expected)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows_ = fixture_ask (fixture->store, sql);                                    \
    g_assert_cmpstr (rows_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static WayEvent *
draft_place (const char *place, const char *name, const char *parent)
{
  if (parent == NULL)
    return fixture_draft ("place", "{'place':'%s','code':'%s','name':'%s','type':'trust'}", place,
                          place, name);
  return fixture_draft ("place",
                        "{'place':'%s','code':'%s','name':'%s','type':'ward','parent':'%s'}", place,
                        place, name, parent);
}

static void
test_units (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wrong = NULL;
  g_autoptr (GError) error = NULL;

  /* Children may be named before their parents, and a circle hangs nobody up. */
  SAY (NULL, NULL, draft_place ("w", "Ward", "d"));
  ASK ("SELECT path FROM unit", "/w/");
  SAY (NULL, NULL, draft_place ("d", "Division", "t"));
  SAY (NULL, NULL, draft_place ("t", "Trust", NULL));
  SAY (NULL, NULL, draft_place ("x", "X", "y"));
  SAY (NULL, NULL, draft_place ("y", "Y", "x"));
  SAY (NULL, NULL, draft_place ("w", "Ward 7", "d"));
  ASK ("SELECT unit, name, path FROM unit ORDER BY unit",
       "d|Division|/t/d/\nt|Trust|/t/\nw|Ward 7|/t/d/w/\nx|X|/x/\ny|Y|/y/");
  wrong = say (fixture, NULL, NULL, draft_place ("w", "Ward 8", NULL));
  ASK ("SELECT name, path FROM unit WHERE unit = 'w'", "Ward 8|/w/");
  fixture_retract (fixture->store, wrong, NULL);
  ASK ("SELECT name, path FROM unit WHERE unit = 'w'", "Ward 7|/t/d/w/");
}

static void
test_people (Fixture *fixture, gconstpointer data)
{
  SAY (NULL, NULL,
       fixture_draft ("person", "{'person':'p','username':'ann','name':'Ann','employee':'7',"
                                "'staff_group':'nursing','started':5,'ended':0}"));
  SAY (NULL, NULL,
       fixture_draft ("person", "{'person':'p','username':'ann','name':'Ann Lee',"
                                "'staff_group':'nursing','started':5,'ended':1,'job':'sister'}"));
  ASK ("SELECT * FROM person", "p|ann|Ann Lee|-|nursing|sister|5|1");
  SAY (NULL, NULL,
       fixture_draft ("membership", "{'person':'p','place':'w','is_primary':1,'ended':0}"));
  SAY (NULL, NULL,
       fixture_draft ("membership", "{'person':'p','place':'v','is_primary':0,'ended':0}"));
  SAY (NULL, NULL,
       fixture_draft ("membership", "{'person':'p','place':'v','is_primary':0,'ended':1}"));
  ASK ("SELECT * FROM membership", "p|w|1");
  SAY (NULL, NULL, fixture_draft ("role_grant", "{'person':'p','role':'lead','ended':0}"));
  SAY (NULL, NULL,
       fixture_draft ("role_grant", "{'person':'p','role':'champion','place':'w','ended':0}"));
  SAY (NULL, NULL, fixture_draft ("role_grant", "{'person':'p','role':'lead','ended':1}"));
  ASK ("SELECT * FROM role", "p|champion|w");
  SAY (NULL, NULL, fixture_draft ("setting", "{'key':'pass_mark','value':'80'}"));
  SAY (NULL, NULL, fixture_draft ("setting", "{'key':'pass_mark','value':'90'}"));
  ASK ("SELECT * FROM setting", "pass_mark|90");
  ASK ("SELECT * FROM organisation", "St Elsewhere|XYZ|1");
}

static WayEvent *
draft_release (const char *part, int version, const char *ident)
{
  return fixture_draft ("pack_release",
                        "{'part':'%s','pack':'core','version':%d,'ident':'%s','name':'N%d'}", part,
                        version, ident, version);
}

static void
test_catalogue (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = NULL;

  SAY (NULL, NULL, draft_release ("pack", 1, "core"));
  SAY (NULL, NULL, draft_release ("module", 1, "F1"));
  SAY (NULL, NULL, draft_release ("module", 1, "F2"));
  SAY (NULL, NULL, draft_release ("pack", 2, "core"));
  SAY (NULL, NULL, draft_release ("module", 2, "F1"));
  /* What version 2 no longer has is not taught. */
  ASK ("SELECT part, ident, name, version FROM catalogue ORDER BY part, ident",
       "module|F1|N2|2\npack|core|N2|2");

  /* What the trust asks for: the newest, until it is withdrawn. */
  SAY (NULL, NULL,
       fixture_draft ("role_requirement", "{'role':'nursing','capability':'A','level':4}"));
  asked = say (fixture, NULL, NULL,
               fixture_draft ("role_requirement", "{'role':'nursing','capability':'A','level':3}"));
  ASK ("SELECT ident, short, capability, level, pack FROM catalogue WHERE part = 'requirement'",
       "nursing A|nursing|A|3|");
  fixture_retract (fixture->store, asked, "too much");
  ASK ("SELECT level FROM catalogue WHERE part = 'requirement'", "4");
}

static void
test_levels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, NULL));
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  SAY ("p", NULL, fixture_estimate (first, "find", 0.1));
  ASK ("SELECT count(*) FROM level", "0");
  ASK ("SELECT ended, how, stands FROM attempt", "-|-|0");
  SAY ("p", NULL, fixture_estimate (first, "find", 0.2));
  SAY ("p", NULL, fixture_estimate (first, "care", 0.3));
  SAY ("p", NULL, fixture_end (first, "baseline", "decided", NULL, FALSE));
  ASK ("SELECT capability, mean, at FROM level ORDER BY capability",
       "care|0.3|5000000\nfind|0.2|5000000");

  second = say (fixture, "p", NULL, fixture_attempt ("recheck", NULL, NULL));
  SAY ("p", NULL, fixture_estimate (second, "find", 0.9));
  ASK ("SELECT mean FROM level WHERE capability = 'find'", "0.2");
  SAY ("p", NULL, fixture_end (second, "recheck", "precise", NULL, FALSE));
  ASK ("SELECT capability, mean FROM level ORDER BY capability", "care|0.3\nfind|0.9");
  ASK ("SELECT count(*) FROM level_history", "3");

  /* Somebody else's end of this sitting ends nothing of it. */
  third = say (fixture, "p", NULL, fixture_attempt ("recheck", NULL, NULL));
  SAY ("p", NULL, fixture_estimate (third, "find", -3));
  SAY ("q", NULL, fixture_end (third, "recheck", "precise", NULL, FALSE));
  ASK ("SELECT mean FROM level WHERE person = 'p' AND capability = 'find'", "0.9");
  ASK ("SELECT count(*) FROM level WHERE person = 'q'", "0");
}

static void
test_superseded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, NULL));
  g_autofree char *b = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, a));
  g_autofree char *c = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, b));
  g_autofree char *d = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, a));
  g_autofree char *expected = NULL;

  SAY ("p", NULL, fixture_end (a, "baseline", "superseded", NULL, FALSE));
  SAY ("p", NULL, fixture_estimate (d, "find", 4));
  SAY ("p", NULL, fixture_end (d, "baseline", "decided", NULL, FALSE));
  SAY ("p", NULL, fixture_estimate (c, "find", 3));
  SAY ("p", NULL, fixture_end (c, "baseline", "decided", NULL, FALSE));
  expected = g_strdup_printf ("%s|superseded|0\n%s|-|0\n%s|superseded|0\n%s|decided|1", a, b, c, d);
  ASK ("SELECT attempt, how, stands FROM attempt ORDER BY started", expected);
  ASK ("SELECT mean FROM level", "4.0");
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autofree char *practice = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *passed = NULL;

  SAY ("p", NULL, fixture_draft ("confidence", "{'module':'F1','moment':'before','value':3}"));
  SAY ("p", NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'why'}"));
  SAY ("p", NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'card1'}"));
  SAY ("p", NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'card1'}"));
  ASK ("SELECT state, steps, practised, check_best, check_passed, shift_done, confidence_before,"
       " confidence_after, started, last FROM progress",
       "started|2|0|-|0|0|3|-|1000000|4000000");
  practice = say (fixture, "p", NULL, fixture_attempt ("practice", "F1", NULL));
  SAY ("p", NULL,
       fixture_draft ("rule_outcome",
                      "{'attempt':'%s','module':'F1','desk':'k','rule':'r1',"
                      "'outcome':'o1','held':1,'points':1,'out_of':1}",
                      practice));
  SAY ("p", NULL,
       fixture_draft ("rule_outcome",
                      "{'attempt':'%s','module':'F1','desk':'k','rule':'r2',"
                      "'outcome':'o2','held':1,'points':1,'out_of':1}",
                      practice));
  SAY ("p", NULL,
       fixture_draft ("rule_outcome",
                      "{'attempt':'%s','module':'F1','desk':'k','rule':'r3',"
                      "'outcome':'o2','held':0,'points':0,'out_of':1}",
                      practice));
  ASK ("SELECT count(*) FROM evidence", "0");
  SAY ("p", NULL, fixture_end (practice, "practice", "finished", "F1", FALSE));
  ASK ("SELECT state, practised FROM progress", "practised|1");
  /* Both rules of an outcome must have held. */
  ASK ("SELECT type, outcome, module FROM evidence", "practice|o1|F1");
  failed = say (fixture, "p", NULL, fixture_attempt ("check", "F1", NULL));
  SAY ("p", NULL, fixture_end (failed, "check", "finished", "F1", FALSE));
  ASK ("SELECT state, check_best, check_passed FROM progress", "practised|0.4|0");
  passed = say (fixture, "p", NULL, fixture_attempt ("check", "F1", NULL));
  SAY ("p", NULL, fixture_end (passed, "check", "finished", "F1", TRUE));
  ASK ("SELECT state, check_best, check_passed FROM progress", "checked|0.8|1");
  ASK ("SELECT type, outcome, module FROM evidence ORDER BY type", "check||F1\npractice|o1|F1");
  SAY ("p", NULL, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  SAY ("p", NULL, fixture_draft ("confidence", "{'module':'F1','moment':'after','value':8}"));
  ASK ("SELECT state, shift_done, confidence_before, confidence_after FROM progress", "done|1|3|8");
}

/* A check on paper that a champion marked: passed, and nothing else about it is known. */
static void
test_paper (Fixture *fixture, gconstpointer data)
{
  g_autofree char *paper = NULL;
  g_autoptr (GError) error = NULL;

  SAY ("cat", "p",
       fixture_draft ("evidence", "{'outcome':'F1.o','module':'F1','type':'paper','note':'x'}"));
  ASK ("SELECT count(*) FROM progress", "0");
  paper = say (fixture, "cat", "p",
               fixture_draft ("evidence", "{'outcome':'','module':'F1','type':'paper'}"));
  ASK ("SELECT person, state, practised, check_best, check_passed FROM progress",
       "p|checked|0|-|1");
  SAY ("p", NULL, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  ASK ("SELECT state FROM progress", "done");
  fixture_retract (fixture->store, paper, "another person's sheet");
  ASK ("SELECT state, check_passed FROM progress", "started|0");
}

static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  g_autofree char *witnessed = NULL;
  g_autoptr (GError) error = NULL;

  witnessed = say (fixture, "cat", "p",
                   fixture_draft ("evidence", "{'outcome':'o','module':'F1','type':'witnessed'}"));
  SAY ("p", NULL, fixture_draft ("evidence", "{'outcome':'o','type':'used'}"));
  /* Nobody but who was seen can agree, and the last word of theirs holds. */
  ASK ("SELECT person, type, author FROM evidence ORDER BY type", "p|used|p");
  SAY ("q", "cat",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", witnessed));
  SAY ("cat", "p",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", witnessed));
  ASK ("SELECT type FROM evidence", "used");
  SAY ("p", "cat",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'not-quite','text':'No'}",
                      witnessed));
  ASK ("SELECT type FROM evidence", "used");
  SAY ("p", "cat",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", witnessed));
  ASK ("SELECT person, type, author FROM evidence ORDER BY type", "p|used|p\np|witnessed|cat");
  SAY ("p", "cat",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'withdrawn'}", witnessed));
  ASK ("SELECT type FROM evidence", "used");
  SAY ("p", "cat",
       fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", witnessed));
  ASK ("SELECT type FROM evidence ORDER BY type", "used\nwitnessed");
  fixture_retract (fixture->store, witnessed, "the wrong person");
  ASK ("SELECT type FROM evidence", "used");
}

/* What somebody was seen to do stands whatever they answer, rate or fail afterwards; an answer
 * that comes before what it is to counts as soon as that is there. */
static void
test_witnessed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *witnessed = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *attempt = NULL;
  g_autoptr (GError) error = NULL;

  witnessed = say (fixture, "cat", "p",
                   fixture_draft ("evidence", "{'outcome':'o','module':'F1','type':'witnessed'}"));
  answer = say (fixture, "p", "cat",
                fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}",
                               witnessed));
  ASK ("SELECT type FROM evidence", "witnessed");
  attempt = say (fixture, "p", NULL, fixture_attempt ("check", "F1", NULL));
  SAY ("p", NULL, fixture_end (attempt, "check", "finished", "F1", FALSE));
  SAY ("p", NULL, fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  SAY ("p", NULL, fixture_draft ("confidence", "{'module':'F1','moment':'after','value':1}"));
  ASK ("SELECT type FROM evidence", "witnessed");
  /* The answer is no evidence of its own to take back. */
  fixture_retract (fixture->store, answer, "");
  ASK ("SELECT type FROM evidence", "witnessed");
}

static void
test_help (Fixture *fixture, gconstpointer data)
{
  g_autofree char *q = NULL;

  q = say (fixture, "p", NULL, fixture_draft ("help_request", "{'page':'today','text':'Stuck'}"));
  ASK ("SELECT state, taken_by, asked, last FROM help", "open|-|1000000|1000000");
  SAY ("cat", "p", fixture_draft ("help_action", "{'request':'%s','action':'taken'}", q));
  ASK ("SELECT state, taken_by FROM help", "taken|cat");
  SAY ("cat", "p", fixture_draft ("help_action", "{'request':'%s','action':'passed'}", q));
  ASK ("SELECT state, taken_by FROM help", "open|-");
  SAY ("dot", "p",
       fixture_draft ("help_action", "{'request':'%s','action':'answered','text':'F6'}", q));
  ASK ("SELECT state, taken_by, answer FROM help", "answered|dot|F6");
  ASK ("SELECT urgent, opened = asked, taken = answered, fixed, ended FROM help", "0|1|1|-|-");
  SAY ("p", NULL, fixture_draft ("help_action", "{'request':'%s','action':'not-fixed'}", q));
  /* It is open again, from then on, and nobody's. */
  ASK ("SELECT state, answer, taken_by, opened > answered, fixed FROM help", "open|F6|-|1|0");
  SAY ("dot", "p",
       fixture_draft ("help_action", "{'request':'%s','action':'taken','by':'Dot'}", q));
  ASK ("SELECT state, taken_name, taken > opened FROM help", "taken|Dot|1");
  SAY ("p", NULL, fixture_draft ("help_action", "{'request':'%s','action':'fixed'}", q));
  ASK ("SELECT state, fixed, ended = last FROM help", "closed|1|1");
}

/* It was when the champion says, within the week; else when it was written down. */
static void
test_help_given (Fixture *fixture, gconstpointer data)
{
  g_autofree char *then = say (fixture, "cat", "p",
                               fixture_draft ("help_given", "{'topic':'t','people':1,'minutes':5,"
                                                            "'day':7}"));
  g_autofree char *later = say (fixture, "cat", "p",
                                fixture_draft ("help_given", "{'topic':'u','people':1,'minutes':5,"
                                                             "'day':9000000000000}"));

  ASK ("SELECT topic, at > 7, person FROM help_given ORDER BY topic", "t|0|p\nu|1|p");
  ASK ("SELECT count(*) FROM help_given WHERE at < 9000000000000", "2");
}

static void
test_sharing (Fixture *fixture, gconstpointer data)
{
  SAY ("p", NULL, fixture_draft ("preference", "{'key':'text_size','value':'2'}"));
  ASK ("SELECT count(*) FROM shared", "0");
  SAY ("p", NULL, fixture_draft ("preference", "{'key':'share_levels','value':'champion'}"));
  ASK ("SELECT * FROM shared", "p|levels|champion");
  SAY ("p", NULL, fixture_draft ("preference", "{'key':'share_levels','value':'nobody'}"));
  ASK ("SELECT count(*) FROM shared", "0");
}

static void
test_never_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = say (fixture, "p", NULL, fixture_attempt ("baseline", NULL, NULL));
  g_autofree char *e = say (fixture, "p", NULL, fixture_estimate (a, "find", 1));
  g_autofree char *end = NULL;
  g_autofree char *rating = NULL;
  g_autofree char *withdrawal = NULL;

  end = say (fixture, "p", NULL, fixture_end (a, "baseline", "decided", NULL, FALSE));
  SAY ("p", NULL, fixture_draft ("retraction", "{'target':'%s'}", a));
  SAY ("p", NULL, fixture_draft ("retraction", "{'target':'%s'}", e));
  SAY ("p", NULL, fixture_draft ("retraction", "{'target':'%s'}", end));
  ASK ("SELECT mean FROM level", "1.0");
  ASK ("SELECT count(*) FROM retracted", "0");

  /* Nor by somebody else, nor is a withdrawal itself withdrawn. */
  rating = say (fixture, "p", NULL,
                fixture_draft ("self_rating", "{'capability':'find','now':1,'need':2}"));
  SAY ("q", NULL, fixture_draft ("retraction", "{'target':'%s'}", rating));
  ASK ("SELECT count(*) FROM self_rating", "1");
  withdrawal = say (fixture, "p", NULL, fixture_draft ("retraction", "{'target':'%s'}", rating));
  ASK ("SELECT count(*) FROM self_rating", "0");
  SAY ("p", NULL, fixture_draft ("retraction", "{'target':'%s'}", withdrawal));
  ASK ("SELECT count(*) FROM self_rating", "0");
}

static void
test_pulse_closes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pulse = NULL;
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  pulse = say (fixture, NULL, NULL, fixture_draft ("pulse", "{'question':'Q','closes':5500000}"));
  early = say (fixture, "p", NULL,
               fixture_draft ("pulse_answer", "{'pulse':'%s','value':1}", pulse));
  late = say (fixture, "q", NULL,
              fixture_draft ("pulse_answer", "{'pulse':'%s','value':1}", pulse));
  SAY ("p", NULL, fixture_draft ("retraction", "{'target':'%s'}", early));
  ASK ("SELECT target FROM retracted", early);
  fixture->at += 2000000;
  SAY ("q", NULL, fixture_draft ("retraction", "{'target':'%s'}", late));
  ASK ("SELECT target FROM retracted", early);
}

/* What a lead sorts stays as it was said last; sorting alone is no answer. */
static void
test_triage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *theme = NULL;
  g_autofree char *join = NULL;
  g_autofree char *joined = NULL;

  one = say (fixture, "p", NULL,
             fixture_draft ("feedback", "{'type':'idea','text':'X','page':'today'}"));
  two = say (fixture, "q", NULL,
             fixture_draft ("feedback", "{'type':'idea','text':'Y','page':'today'}"));
  SAY ("l", "p",
       fixture_draft ("feedback_action",
                      "{'feedback':'%s','action':'sorted','theme':'signing in','owner':'l',"
                      "'due':'2026-12-01'}",
                      one));
  ASK ("SELECT state, theme, owner, due FROM feedback WHERE person = 'p'",
       "new|signing in|l|2026-12-01");
  theme = say (fixture, "l", "p",
               fixture_draft ("feedback_action",
                              "{'feedback':'%s','action':'sorted','theme':'printing','owner':''}",
                              one));
  ASK ("SELECT theme, owner, due FROM feedback WHERE person = 'p'", "printing|-|2026-12-01");
  /* Undone, it is as it was before. */
  SAY ("l", NULL, fixture_draft ("retraction", "{'target':'%s'}", theme));
  ASK ("SELECT theme, owner FROM feedback WHERE person = 'p'", "signing in|l");

  join = say (fixture, "l", "q",
              fixture_draft ("feedback_action", "{'feedback':'%s','action':'joined','joined':'%s'}",
                             two, one));
  joined = g_strdup_printf ("heard|%s", one);
  ASK ("SELECT state, joined FROM feedback WHERE person = 'q'", joined);
  SAY ("l", "q", fixture_draft ("feedback_action", "{'feedback':'%s','action':'parted'}", two));
  ASK ("SELECT joined FROM feedback WHERE person = 'q'", "-");
}

static void
test_support (Fixture *fixture, gconstpointer data)
{
  g_autofree char *idea = NULL;
  g_autofree char *vote = NULL;

  idea = say (fixture, "l", NULL,
              fixture_draft ("published", "{'type':'idea','said':'S','state':'open'}"));
  vote = say (fixture, "p", NULL, fixture_draft ("vote", "{'feedback':'%s','value':1}", idea));
  SAY ("p", NULL, fixture_draft ("vote", "{'feedback':'%s','value':1}", idea));
  SAY ("q", NULL, fixture_draft ("vote", "{'feedback':'%s','value':1}", idea));
  ASK ("SELECT people FROM support", "2");
  SAY ("p", NULL, fixture_draft ("vote", "{'feedback':'%s','value':0}", idea));
  ASK ("SELECT people FROM support", "1");
  SAY ("q", NULL, fixture_draft ("vote", "{'feedback':'%s','value':0}", idea));
  ASK ("SELECT count(*) FROM support", "0");
}

/* Each event says what it changes; the rest is as it was. */
static void
test_initiative (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *step = NULL;

  first = say (fixture, "l", NULL,
               fixture_draft ("initiative", "{'title':'T','state':'proposed','why':'w',"
                                            "'go_live':'2027-01-10','before':4.5}"));
  step = say (fixture, "l", NULL,
              fixture_draft ("initiative",
                             "{'title':'T2','state':'agreed','initiative':'%s','who':'The board',"
                             "'because':'It pays','go_live':'2027-02-01'}",
                             first));
  SAY ("l", NULL,
       fixture_draft ("initiative", "{'title':'T2','state':'agreed','initiative':'%s','risks':'r'}",
                      first));
  ASK ("SELECT title, state, why, go_live, measured_before, risks FROM initiative",
       "T2|agreed|w|2027-02-01|4.5|r");
  ASK ("SELECT state, who, because FROM initiative_step ORDER BY at",
       "proposed|-|-\nagreed|The board|It pays");
  SAY ("l", NULL, fixture_draft ("retraction", "{'target':'%s'}", step));
  ASK ("SELECT count(*) FROM initiative_step", "1");
}

/* The last word of each, before it closed; who skipped has not answered. */
static void
test_pulse_count (Fixture *fixture, gconstpointer data)
{
  static const char *const who[] = { "p", "q", "r", "s" };
  g_autofree char *pulse = NULL;

  pulse = say (fixture, NULL, NULL, fixture_draft ("pulse", "{'question':'Q','closes':7500000}"));
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    SAY (who[i], NULL,
         fixture_draft ("pulse_answer", "{'pulse':'%s','value':%u,'question':1}", pulse,
                        i == 3 ? 0 : 4));
  SAY ("q", NULL, fixture_draft ("pulse_answer", "{'pulse':'%s','value':2}", pulse));
  SAY ("p", NULL, fixture_draft ("pulse_answer", "{'pulse':'%s','value':5,'question':2}", pulse));
  /* It is closed by now. */
  SAY ("r", NULL, fixture_draft ("pulse_answer", "{'pulse':'%s','value':1}", pulse));
  ASK ("SELECT question, value, people, answered FROM pulse_count ORDER BY question, value",
       "1|0|1|3\n1|2|1|3\n1|4|2|3\n2|5|1|1");
  /* What is asked after a pathway has no day on which it closes for all. */
  SAY ("p", NULL, fixture_draft ("pulse_answer", "{'pulse':'pathway','value':4,'question':3}"));
  ASK ("SELECT question, value, people, answered FROM pulse_count WHERE pulse = 'pathway'",
       "3|4|1|1");
}

static void
test_erased (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  SAY ("p", NULL, fixture_draft ("self_rating", "{'capability':'find','now':1,'need':2}"));
  SAY ("p", NULL, fixture_draft ("feedback", "{'type':'idea','text':'X','page':'today'}"));
  g_assert_true (way_db_exec (way_store_get_db (fixture->store),
                              "UPDATE event SET body = '', salt = '' WHERE author = 'p'", &error));
  g_assert_true (way_store_rebuild (fixture->store, problems, &error));
  g_assert_no_error (error);
  ASK ("SELECT count(*) FROM self_rating", "0");
  ASK ("SELECT text FROM feedback", "-");
}

/* What is said of one's terms, one after the other, and what one is after each. */
static const struct
{
  const char *author; /* (nullable) the person */
  const char *unit;   /* (nullable) */
  const char *body;   /* T is the first that was said */
  const char *state;
  const char *role;
} terms[] = {
  { "lea", "w1", "{'state':'nominated','text':'She is asked anyway'}", "w1|nominated|-|-|-", "" },
  /* A lead accepts for nobody: had push let it through, it would still be no word of hers. */
  { "lea", NULL, "{'state':'accepted','term':'T'}", "w1|nominated|-|-|-", "" },
  { "lea", "w1", "{'state':'appointed','term':'T','until':90000000}", "w1|appointed|-|-|-", "" },
  { NULL, "w9", "{'state':'accepted','term':'T','shifts':'mon-early','systems':'epr','minutes':30}",
    "w1|active|mon-early|epr|30", "p|champion|w1" },
  /* Where one is a champion, and until when, is not one's own to say. */
  { NULL, "w9", "{'state':'accepted','term':'T','shifts':'','until':99999999}", "w1|active||epr|30",
    "p|champion|w1" },
  { NULL, NULL, "{'state':'paused','term':'T','shifts':'tue-night'}", "w1|paused|tue-night|epr|30",
    "" },
  { NULL, NULL, "{'state':'accepted','term':'T'}", "w1|active|tue-night|epr|30", "p|champion|w1" },
  { "lea", NULL, "{'state':'trained','term':'T'}", "w1|active|tue-night|epr|30", "p|champion|w1" },
  { "lea", NULL, "{'state':'paused','term':'T'}", "w1|paused|tue-night|epr|30", "" },
  /* A lead's pause is the lead's to lift. */
  { NULL, NULL, "{'state':'accepted','term':'T'}", "w1|paused|tue-night|epr|30", "" },
  { "lea", "w2", "{'state':'active','term':'T'}", "w2|active|tue-night|epr|30", "p|champion|w2" },
  /* Somebody else's words on this term, and words on somebody else's, change nothing. */
  { "q", NULL, "{'state':'ended','term':'X'}", "w2|active|tue-night|epr|30", "p|champion|w2" },
  { NULL, NULL, "{'state':'ended','term':'T'}", "w2|ended|tue-night|epr|30", "" },
  { "lea", NULL, "{'state':'active','term':'T'}", "w2|active|tue-night|epr|30", "p|champion|w2" },
  { "lea", NULL, "{'state':'ended','term':'T'}", "w2|ended|tue-night|epr|30", "" },
};

static void
test_terms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_auto (GStrv) parts = g_strsplit (terms[i].body, "'T'", 2);
      g_autofree char *term = g_strdup_printf ("'%s'", first);
      g_autofree char *body = g_strjoinv (term, parts);
      WayEvent *draft = fixture_draft ("champion_term", "%s", body);
      const char *author = terms[i].author != NULL ? terms[i].author : "p";
      g_autofree char *id = NULL;

      g_test_message ("%u: %s", i, terms[i].body);
      draft->unit = g_strdup (terms[i].unit);
      id = say (fixture, author, g_strcmp0 (author, "q") != 0 ? "p" : NULL, draft);
      if (first == NULL)
        first = g_steal_pointer (&id);
      ASK ("SELECT unit, state, shifts, systems, minutes FROM champion", terms[i].state);
      ASK ("SELECT * FROM role", terms[i].role);
    }
  ASK ("SELECT begun, appointed, accepted, trained, since, until FROM champion",
       "1000000|3000000|4000000|8000000|15000000|90000000");

  /* Another term is another row, and what the trust has granted stays beside it. */
  {
    WayEvent *draft = fixture_draft ("champion_term", "{'state':'put-forward'}");

    draft->unit = g_strdup ("w1");
    SAY ("p", NULL, draft);
  }
  SAY (NULL, NULL,
       fixture_draft ("role_grant", "{'person':'p','role':'champion','place':'w3','ended':0}"));
  ASK ("SELECT unit, state FROM champion ORDER BY begun", "w2|ended\nw1|put-forward");
  ASK ("SELECT unit FROM role", "w3");
  /* One that begins with its end, or in no unit, makes nobody a champion. */
  SAY ("q", NULL, fixture_draft ("champion_term", "{'state':'paused'}"));
  SAY ("q", NULL, fixture_draft ("champion_term", "{'state':'put-forward'}"));
  first = (g_free (first),
           fixture_ask (fixture->store, "SELECT term FROM champion WHERE person = 'q'"));
  SAY ("lea", "q", fixture_draft ("champion_term", "{'state':'appointed','term':'%s'}", first));
  ASK ("SELECT unit, state FROM champion WHERE person = 'q'", "-|active");
  ASK ("SELECT count(*) FROM role WHERE person = 'q'", "0");
}

static void
test_rota (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = { "{'week':'2026-03-23','shifts':'mon-early'}",
                                        "{'week':'2026-03-23','shifts':'sun-night'}",
                                        "{'week':'2026-03-30','shifts':'mon-late'}" };
  WayEvent *draft;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      draft = fixture_draft ("rota", "%s", bodies[i]);
      draft->unit = g_strdup ("w");
      SAY (NULL, "p", draft);
    }
  ASK ("SELECT * FROM rota ORDER BY week", "p|w|2026-03-23|sun-night\np|w|2026-03-30|mon-late");
  draft = fixture_draft ("rota", "{'week':'2026-03-23','shifts':''}");
  draft->unit = g_strdup ("w");
  SAY (NULL, "p", draft);
  ASK ("SELECT week FROM rota", "2026-03-30");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/derived/units", test_units);
  ADD ("/store/derived/people", test_people);
  ADD ("/store/derived/catalogue", test_catalogue);
  ADD ("/store/derived/levels", test_levels);
  ADD ("/store/derived/superseded", test_superseded);
  ADD ("/store/derived/progress", test_progress);
  ADD ("/store/derived/paper", test_paper);
  ADD ("/store/derived/evidence", test_evidence);
  ADD ("/store/derived/witnessed", test_witnessed);
  ADD ("/store/derived/help", test_help);
  ADD ("/store/derived/help-given", test_help_given);
  ADD ("/store/derived/sharing", test_sharing);
  ADD ("/store/derived/never-withdrawn", test_never_withdrawn);
  ADD ("/store/derived/pulse-closes", test_pulse_closes);
  ADD ("/store/derived/triage", test_triage);
  ADD ("/store/derived/support", test_support);
  ADD ("/store/derived/initiative", test_initiative);
  ADD ("/store/derived/pulse-count", test_pulse_count);
  ADD ("/store/derived/erased", test_erased);
  ADD ("/store/derived/terms", test_terms);
  ADD ("/store/derived/rota", test_rota);
#undef ADD
  return g_test_run ();
}
