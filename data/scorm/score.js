/* score.js: scores an answer by the rules of its question, as Waymark does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

var waymarkScore = (function () {
  /* A value is null, or { type, cardinality, texts }: each text in its QTI form. */
  function value (type, cardinality, texts)
  {
    var kept = texts.filter (function (text) { return text !== ''; });
    if (cardinality === 'single')
      kept = kept.slice (0, 1);
    return kept.length > 0 ? { type: type, cardinality: cardinality, texts: kept } : null;
  }

  function isNumber (type)
  {
    return type === 'integer' || type === 'float';
  }

  /* The whole of a text as a number; NaN where it is none. */
  function number (text)
  {
    return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test (text) ? parseFloat (text) : NaN;
  }

  function one (a)
  {
    return a !== null && a.texts.length === 1 ? number (a.texts[0]) : NaN;
  }

  function isTrue (a)
  {
    return a !== null && (a.texts[0] === 'true' || a.texts[0] === '1');
  }

  function truth (is)
  {
    return value ('boolean', 'single', [is ? 'true' : 'false']);
  }

  function figure (x, isInteger)
  {
    return isFinite (x) ? value (isInteger ? 'integer' : 'float', 'single', [String (x + 0)]) : null;
  }

  function pair (text)
  {
    var words = text.split (/[ \t\r\n]+/).filter (function (word) { return word !== ''; });
    return words.length === 2 ? words : null;
  }

  function textsAreEqual (type, a, b)
  {
    if (isNumber (type) || type === 'duration')
      {
        var x = number (a), y = number (b);
        return isNaN (x) || isNaN (y) ? a === b : x === y;
      }
    if (type === 'boolean')
      return (a === 'true' || a === '1') === (b === 'true' || b === '1');
    if (type === 'pair' || type === 'directedPair' || type === 'point')
      {
        var p = pair (a), q = pair (b);
        if (p === null || q === null)
          return a === b;
        return (p[0] === q[0] && p[1] === q[1])
               || (type === 'pair' && p[0] === q[1] && p[1] === q[0]);
      }
    return a === b;
  }

  function isInBag (bag, type, wanted, taken)
  {
    for (var i = 0; i < bag.length; i++)
      if (!taken[i] && textsAreEqual (type, bag[i], wanted))
        {
          taken[i] = true;
          return true;
        }
    return false;
  }

  function areEqual (a, b)
  {
    var taken = [];
    if (a === null || b === null)
      return a === b;
    if (a.cardinality !== b.cardinality || a.texts.length !== b.texts.length)
      return false;
    if (a.type !== b.type && !(isNumber (a.type) && isNumber (b.type)))
      return false;
    return a.texts.every (function (text, i) {
      return a.cardinality === 'multiple' ? isInBag (b.texts, a.type, text, taken)
                                          : textsAreEqual (a.type, text, b.texts[i]);
    });
  }

  /* What a person typed, in the form that is compared. */
  function fold (declaration, texts)
  {
    var folded = [];
    texts.forEach (function (text) {
      if (declaration.type === 'string')
        text = text.normalize ('NFC').replace (/\s+/g, ' ').trim ();
      else if (isNumber (declaration.type))
        {
          text = text.trim ();
          if (/^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test (text))
            text = text.replace (/,/g, '');
          if (isNaN (number (text))
              || (declaration.type === 'integer' && number (text) % 1 !== 0))
            return;
        }
      folded.push (text);
    });
    return value (declaration.type, declaration.cardinality, folded);
  }

  /* Without its case: what unequal capitals have in common. */
  function withoutCase (text)
  {
    return text.toLowerCase ().toUpperCase ().toLowerCase ();
  }

  function text (a, isCaseSensitive)
  {
    return isCaseSensitive ? a.texts[0] : withoutCase (a.texts[0]);
  }

  function flag (rule, name, fallback)
  {
    var said = rule.a && rule.a[name];
    return said === undefined ? fallback : said === 'true' || said === '1';
  }

  function find (list, id)
  {
    for (var i = 0; i < list.length; i++)
      if (list[i].id === id)
        return list[i];
    throw new Error ('“' + id + '” is not declared');
  }

  function has (table, id)
  {
    return Object.prototype.hasOwnProperty.call (table, id);
  }

  /* false if one is, true if all are, else null; and the mirror of that. */
  function junction (decisive)
  {
    return function (scope, rule, args) {
      var hasNull = false;
      for (var i = 0; i < args.length; i++)
        {
          if (args[i] === null)
            hasNull = true;
          else if (isTrue (args[i]) === decisive)
            return truth (decisive);
        }
      return hasNull ? null : truth (!decisive);
    };
  }

  function gather (cardinality)
  {
    return function (scope, rule, args) {
      var texts = [], type = 'identifier';
      args.forEach (function (a) {
        if (a === null)
          return;
        type = a.type;
        texts = texts.concat (a.texts);
      });
      return value (type, cardinality, texts);
    };
  }

  /* Passes the null value on, which most operators do. */
  function whole (run)
  {
    return function (scope, rule, args) {
      return args.indexOf (null) >= 0 ? null : run (scope, rule, args);
    };
  }

  function row (run)
  {
    return whole (function (scope, rule, args) {
      var numbers = [], isInteger = true;
      args.forEach (function (a) {
        isInteger = isInteger && a.type === 'integer';
        a.texts.forEach (function (t) { numbers.push (number (t)); });
      });
      return run (numbers, isInteger, rule);
    });
  }

  function entryFits (declaration, entry, given)
  {
    var folded = fold (declaration, [entry.key]);
    if (folded === null)
      return false;
    if (declaration.type !== 'string')
      return textsAreEqual (declaration.type, folded.texts[0], given);
    return entry.isCaseSensitive ? folded.texts[0] === given
                                 : withoutCase (folded.texts[0]) === withoutCase (given);
  }

  function mapResponse (scope, rule)
  {
    var declaration = find (scope.question.responses, rule.a.identifier);
    var given = has (scope.responses, declaration.id) ? scope.responses[declaration.id] : null;
    var map = declaration.map, sum = 0;
    if (given !== null)
      given.texts.forEach (function (t, i) {
        for (var j = 0; j < i; j++)
          if (textsAreEqual (declaration.type, given.texts[j], t))
            return;
        for (var k = 0; k < map.entries.length; k++)
          if (entryFits (declaration, map.entries[k], t))
            {
              sum += map.entries[k].value;
              return;
            }
        sum += map.fallback;
      });
    if (map.lower !== undefined)
      sum = Math.max (sum, map.lower);
    if (map.upper !== undefined)
      sum = Math.min (sum, map.upper);
    return figure (sum, false);
  }

  function variable (scope, rule)
  {
    var id = rule.a.identifier;
    if (has (scope.outcomes, id))
      return scope.outcomes[id];
    return has (scope.responses, id) ? scope.responses[id] : null;
  }

  function contains (scope, rule, args)
  {
    var all = args[0].texts, part = args[1].texts, type = args[0].type, taken = [];
    if (args[0].cardinality !== 'ordered')
      return truth (part.every (function (t) { return isInBag (all, type, t, taken); }));
    for (var start = 0; start + part.length <= all.length; start++)
      if (part.every (function (t, i) { return textsAreEqual (type, all[start + i], t); }))
        return truth (true);
    return truth (false);
  }

  function anyN (scope, rule, args)
  {
    var least = rule.a && rule.a.min !== undefined ? number (rule.a.min) : 0;
    var most = rule.a && rule.a.max !== undefined ? number (rule.a.max) : args.length;
    var nTrue = args.filter (isTrue).length;
    var nNull = args.filter (function (a) { return a === null; }).length;
    if (nTrue > most || nTrue + nNull < least)
      return truth (false);
    return nTrue >= least && nTrue + nNull <= most ? truth (true) : null;
  }

  function equal (numbers, isInteger, rule)
  {
    var x = numbers[0], y = numbers[1], a = rule.a || {}, mode = a['tolerance-mode'] || 'exact';
    var tolerance, below, above, slack;
    if (mode === 'exact')
      return truth (x === y);
    tolerance = pair (a.tolerance) || [a.tolerance, a.tolerance];
    below = number (tolerance[0]);
    above = number (tolerance[1]);
    if (mode === 'relative')
      {
        below *= Math.abs (x) / 100;
        above *= Math.abs (x) / 100;
      }
    slack = 1e-12 * Math.max (1, Math.abs (x));
    below += flag (rule, 'include-lower-bound', true) ? slack : -slack;
    above += flag (rule, 'include-upper-bound', true) ? slack : -slack;
    return truth (y >= x - below && y <= x + above);
  }

  function stringMatch (scope, rule, args)
  {
    var minds = flag (rule, 'case-sensitive', true);
    var a = text (args[0], minds), b = text (args[1], minds);
    return truth (flag (rule, 'substring', false) ? a.indexOf (b) >= 0 : a === b);
  }

  function substring (scope, rule, args)
  {
    var minds = flag (rule, 'case-sensitive', true);
    return truth (text (args[1], minds).indexOf (text (args[0], minds)) >= 0);
  }

  /* What a rule may ask. What is not here, the export leaves out and names. */
  var operators = {
    'and': junction (false),
    'any-n': anyN,
    'base-value': function (scope, rule) {
      return rule.v ? value (rule.v.type, rule.v.cardinality, rule.v.texts) : null;
    },
    'container-size': function (scope, rule, args) {
      return figure (args[0] !== null ? args[0].texts.length : 0, true);
    },
    'contains': whole (contains),
    'correct': function (scope, rule) {
      var declaration = find (scope.question.responses, rule.a.identifier);
      return declaration.correct ? fold (declaration, declaration.correct) : null;
    },
    'equal': row (equal),
    'gt': row (function (n) { return truth (n[0] - n[1] > 0); }),
    'gte': row (function (n) { return truth (n[0] - n[1] >= 0); }),
    'is-null': function (scope, rule, args) { return truth (args[0] === null); },
    'lt': row (function (n) { return truth (n[0] - n[1] < 0); }),
    'lte': row (function (n) { return truth (n[0] - n[1] <= 0); }),
    'map-response': mapResponse,
    'match': whole (function (scope, rule, args) { return truth (areEqual (args[0], args[1])); }),
    'max': row (function (n, isInteger) { return figure (Math.max.apply (null, n), isInteger); }),
    'member': whole (function (scope, rule, args) {
      return truth (args[1].texts.some (function (t) {
        return textsAreEqual (args[1].type, t, args[0].texts[0]);
      }));
    }),
    'min': row (function (n, isInteger) { return figure (Math.min.apply (null, n), isInteger); }),
    'multiple': gather ('multiple'),
    'not': whole (function (scope, rule, args) { return truth (!isTrue (args[0])); }),
    'null': function () { return null; },
    'or': junction (true),
    'ordered': gather ('ordered'),
    'product': row (function (n, isInteger) {
      return figure (n.reduce (function (all, x) { return all * x; }, 1), isInteger);
    }),
    'string-match': whole (stringMatch),
    'substring': whole (substring),
    'subtract': row (function (n, isInteger) { return figure (n[0] - n[1], isInteger); }),
    'sum': row (function (n, isInteger) {
      return figure (n.reduce (function (all, x) { return all + x; }, 0), isInteger);
    }),
    'variable': variable,
  };

  function evaluate (scope, rule)
  {
    if (!has (operators, rule.n))
      throw new Error ('“' + rule.n + '” is not known');
    return operators[rule.n] (scope, rule, (rule.c || []).map (function (child) {
      return evaluate (scope, child);
    }));
  }

  function setOutcome (scope, rule)
  {
    var declaration = find (scope.question.outcomes, rule.a.identifier);
    var made = evaluate (scope, rule.c[0]);
    scope.outcomes[declaration.id] = made === null ? null
        : value (declaration.type, declaration.cardinality, made.texts);
  }

  /* FALSE where processing ends. */
  function runRules (scope, rules, first)
  {
    return rules.slice (first).every (function (rule) {
      if (rule.n === 'response-condition')
        return runCondition (scope, rule);
      if (rule.n === 'response-processing-fragment')
        return runRules (scope, rule.c || [], 0);
      if (rule.n === 'exit-response')
        return false;
      if (rule.n !== 'set-outcome-value')
        throw new Error ('“' + rule.n + '” is not known');
      setOutcome (scope, rule);
      return true;
    });
  }

  function runCondition (scope, rule)
  {
    var branches = rule.c || [];
    for (var i = 0; i < branches.length; i++)
      {
        if (branches[i].n === 'response-else')
          return runRules (scope, branches[i].c || [], 0);
        if (isTrue (evaluate (scope, branches[i].c[0])))
          return runRules (scope, branches[i].c, 1);
      }
    return true;
  }

  /* question: as module.js has it; given: response id → list of texts. */
  function run (question, given)
  {
    var scope = { question: question, responses: {}, outcomes: {} };
    var score;
    question.responses.forEach (function (declaration) {
      scope.responses[declaration.id] = has (given, declaration.id)
          ? fold (declaration, given[declaration.id]) : null;
    });
    question.outcomes.forEach (function (declaration) {
      var texts = declaration.initial || [];
      if (texts.length === 0 && isNumber (declaration.type) && declaration.cardinality === 'single')
        texts = ['0'];
      scope.outcomes[declaration.id] = value (declaration.type, declaration.cardinality, texts);
    });
    runRules (scope, question.rules, 0);
    score = has (scope.outcomes, 'SCORE') ? one (scope.outcomes.SCORE) : NaN;
    score = isNaN (score) ? 0 : score;
    return { score: score, isRight: score >= 1 - 1e-9, outcomes: scope.outcomes };
  }

  /* Whether a feedback is for these outcomes. */
  function shows (outcomes, feedback)
  {
    var made = has (outcomes, feedback.outcome) ? outcomes[feedback.outcome] : null;
    return (made !== null && made.texts.indexOf (feedback.id) >= 0) === feedback.isShown;
  }

  /* One slip never fails a check; fewer than five questions say too little. */
  function isPassed (nRight, nAsked, passMark)
  {
    return nAsked >= 5 && (nRight + 1e-9 >= passMark * nAsked || nAsked - nRight <= 1);
  }

  return { run: run, shows: shows, isPassed: isPassed, operators: Object.keys (operators) };
} ());
