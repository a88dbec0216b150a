/* player.js: one module from its reason to the one thing on shift. It opens where it was
 * left; each step is handed to the learning platform before it is called kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

(function () {
  var module = window.waymarkModule;
  var make = waymarkQuestion.make;
  var build = waymarkQuestion.build;
  var main = document.getElementById ('step');
  var first = document.getElementById ('first');
  var second = document.getElementById ('second');
  var back = document.getElementById ('back');
  var kept = document.getElementById ('kept');
  var actions = {};
  var steps = [];
  /* What is kept: the step; the check: its questions, the answers to them (1 right, 0 wrong) and
   * those of the try before; the best result in per cent; tries; whether it is passed. */
  var state = { step: 0, draw: [], answers: '', before: [], best: -1, tries: 0, isPassed: false };

  function add (kind, name, show)
  {
    steps.push ({ kind: kind, name: name, show: show });
  }

  function say (text)
  {
    kept.textContent = text;
  }

  function save ()
  {
    var how = waymarkLms.keep ({
      place: steps[state.step].name,
      data: JSON.stringify ([module.version, state.step, state.draw, state.answers, state.before,
                             state.best, state.tries, state.isPassed ? 1 : 0]),
      status: state.isPassed ? 'passed' : state.tries > 0 ? 'failed' : 'incomplete',
      score: state.best >= 0 ? state.best : null,
      isDone: state.isPassed && state.step === steps.length - 1
    });
    say (how === 'kept' ? 'Saved.'
         : how === 'lost' ? 'Your learning platform did not take this. Stay on this page: it is tried again at each step.'
         : 'This was not opened from a learning platform, so nothing is kept.');
  }

  function isQuestion (n)
  {
    return typeof n === 'number' && n >= 0 && n < module.questions.length && n % 1 === 0;
  }

  /* What was kept, where it is of this version; what makes no sense is a new beginning. */
  function takeUp (text)
  {
    var had;
    try
      {
        had = JSON.parse (text);
      }
    catch (error)
      {
        return;
      }
    if (!Array.isArray (had) || had.length < 8 || typeof had[5] !== 'number')
      return;
    state.best = Math.max (-1, Math.min (100, Math.round (had[5])));
    state.isPassed = had[7] === 1;
    state.tries = had[6] > 0 ? Math.round (had[6]) : 0;
    if (had[0] !== module.version || !Array.isArray (had[2]) || !Array.isArray (had[4])
        || !had[2].every (isQuestion) || !had[4].every (isQuestion)
        || !/^[01]*$/.test (had[3]) || had[3].length > had[2].length)
      return;
    state.step = had[1] >= 0 && had[1] < steps.length ? Math.floor (had[1]) : 0;
    state.draw = had[2];
    state.answers = had[3];
    state.before = had[4];
  }

  function button (element, words, run)
  {
    element.hidden = words === null;
    element.disabled = false;
    element.textContent = words || '';
    actions[element.id] = run;
  }

  function clear (heading)
  {
    var title = make ('h1', { tabindex: '-1', text: heading });
    main.textContent = '';
    main.appendChild (title);
    button (first, null, null);
    button (second, null, null);
    button (back, state.step > 0 ? 'Back' : null, function () { go (state.step - 1); });
    window.scrollTo (0, 0);
    return title;
  }

  function put (elements)
  {
    elements.forEach (function (element) { main.appendChild (element); });
  }

  function go (step)
  {
    var part = steps[step], done = Math.round (100 * step / (steps.length - 1));
    state.step = step;
    document.getElementById ('where').textContent = 'Step ' + (step + 1) + ' of ' + steps.length;
    document.getElementById ('bar').setAttribute ('aria-valuenow', String (done));
    document.getElementById ('bar-done').style.width = done + '%';
    part.show ();
    main.querySelector ('h1').focus ();
    save ();
  }

  function goOn ()
  {
    go (state.step + 1);
  }

  function read (heading, content, picture)
  {
    return function () {
      clear (heading);
      if (picture)
        put ([make ('img', { 'class': 'picture', src: picture.src, alt: picture.alt })]);
      put (build (content));
      button (first, 'Go on', goOn);
    };
  }

  function practice (desk)
  {
    return function () {
      clear ('Practice: ' + desk.title);
      put (build (desk.task));
      put ([make ('div', { 'class': 'box' }, [
        make ('p', { text: 'This practice is done in Waymark itself. It is not in this package.' }),
        make ('p', { text: 'Go on with the check here, and do the practice in Waymark when you can.' })
      ])]);
      button (first, 'Go on', goOn);
    };
  }

  function shuffle (list)
  {
    for (var i = list.length - 1; i > 0; i--)
      {
        var j = Math.floor (Math.random () * (i + 1)), moved = list[i];
        list[i] = list[j];
        list[j] = moved;
      }
    return list;
  }

  /* At least five where there are as many, all outcomes as evenly as can be, and no more than
   * half from the last try where there are enough others. */
  function draw (previous)
  {
    var shelves = [], drawn = [], nRepeated = 0, most = Math.floor (previous.length / 2);
    var wanted = Math.min (Math.max (module.draw, 5), module.questions.length);
    module.questions.forEach (function (question, i) {
      var shelf = shelves.filter (function (one) { return one.outcome === question.outcome; })[0];
      if (!shelf)
        {
          shelf = { outcome: question.outcome, fresh: [], repeated: [], n: 0 };
          shelves.push (shelf);
        }
      (previous.indexOf (i) >= 0 ? shelf.repeated : shelf.fresh).push (i);
    });
    shelves.forEach (function (shelf) {
      shuffle (shelf.fresh);
      shuffle (shelf.repeated);
    });
    shuffle (shelves);
    function next (mayRepeat)
    {
      var best = null;
      shelves.forEach (function (shelf) {
        var hasOne = shelf.fresh.length > 0
                     || (shelf.repeated.length > 0 && (mayRepeat || shelf.n === 0));
        if (hasOne && (best === null || shelf.n < best.n))
          best = shelf;
      });
      return best;
    }
    while (drawn.length < wanted)
      {
        var shelf = next (nRepeated < most) || next (true);
        if (shelf.fresh.length > 0)
          drawn.push (shelf.fresh.pop ());
        else
          {
            nRepeated++;
            drawn.push (shelf.repeated.pop ());
          }
        shelf.n++;
      }
    return shuffle (drawn);
  }

  function nRight ()
  {
    return state.answers.replace (/0/g, '').length;
  }

  function begin ()
  {
    state.before = state.draw;
    state.draw = draw (state.draw);
    state.answers = '';
    ask ();
    save ();
  }

  /* The cards about what was missed, where cards say what they teach. */
  function missed ()
  {
    var outcomes = state.draw.filter (function (question, i) { return state.answers[i] === '0'; })
        .map (function (question) { return module.questions[question].outcome; });
    return steps.map (function (step, i) {
      var card = module.cards[i - 1];
      return card && card.outcomes.some (function (outcome) { return outcomes.indexOf (outcome) >= 0; })
          ? make ('li', {}, [make ('button', {
              type: 'button', 'class': 'again', text: card.title,
              on: ['click', function () { go (i); }]
            })]) : null;
    }).filter (function (row) { return row !== null; });
  }

  function showResult ()
  {
    var asked = state.draw.length, right = nRight ();
    var isPassed = waymarkScore.isPassed (right, asked, module.passMark);
    clear (right + ' of ' + asked + ': ' + (isPassed ? 'passed' : 'not passed yet')).focus ();
    put ([make ('p', {
      text: isPassed ? 'Your learning platform is told that you passed.'
                     : 'Look at the cards again, or try again now with other questions. '
                       + 'You can also go on: nothing locks.'
    })]);
    if (!isPassed && missed ().length > 0)
      put ([make ('h2', { text: 'About what you missed' }), make ('ul', { 'class': 'again' }, missed ())]);
    button (first, 'Go on', goOn);
    button (second, isPassed ? null : 'Try again', begin);
  }

  /* The last answer of a try: it counts, whether or not its result is looked at. */
  function count ()
  {
    var asked = state.draw.length, right = nRight ();
    state.tries++;
    state.best = Math.max (state.best, Math.round (100 * right / asked));
    state.isPassed = state.isPassed || waymarkScore.isPassed (right, asked, module.passMark);
  }

  function answer (question, shown)
  {
    var score = waymarkScore.run (question, shown.read ()), box, words;
    state.answers += score.isRight ? '1' : '0';
    shown.lock (score.outcomes);
    box = make ('div', { 'class': score.isRight ? 'box' : 'box warn', id: 'feedback', tabindex: '-1' },
                [make ('h2', { text: score.isRight ? 'Right' : 'Not right' })]);
    question.feedback.forEach (function (feedback) {
      if (waymarkScore.shows (score.outcomes, feedback))
        build (feedback.c).forEach (function (element) { box.appendChild (element); });
    });
    words = score.isRight ? '' : waymarkQuestion.rightWords (question);
    if (words !== '')
      box.appendChild (make ('p', { text: 'Right is: ' + words }));
    put ([box]);
    button (first, 'Go on', state.answers.length < state.draw.length ? ask : showResult);
    if (state.answers.length === state.draw.length)
      count ();
    save ();
    box.focus ();
  }

  function ask ()
  {
    var at = state.answers.length, question, shown, place = make ('div', {});
    question = module.questions[state.draw[at]];
    clear ('Question ' + (at + 1) + ' of ' + state.draw.length).focus ();
    button (back, null, null);
    put ([place]);
    main.setAttribute ('data-question', question.id);
    shown = waymarkQuestion.show (question, place, say, function () {
      first.disabled = !shown.isReady ();
    });
    button (first, 'Answer', function () { answer (question, shown); });
    first.disabled = !shown.isReady ();
  }

  function showCheck ()
  {
    if (state.draw.length > 0 && state.answers.length < state.draw.length)
      {
        ask ();
        return;
      }
    if (state.draw.length > 0)
      {
        showResult ();
        return;
      }
    clear ('See what stayed with you');
    put ([make ('p', { text: Math.min (Math.max (module.draw, 5), module.questions.length)
                             + ' questions. After each answer you see why it is right or not. You '
                             + 'can try as often as you like, with other questions: nothing locks.' })]);
    button (first, 'Start', begin);
    button (second, 'Go on without', goOn);
  }

  function showEnd ()
  {
    clear (state.isPassed ? 'Done' : 'At the end');
    put ([make ('p', {
      text: state.isPassed ? 'You passed with ' + state.best + ' %. You can close this now.'
          : state.tries > 0 ? 'The check is not passed yet. Go back to try it with other questions, '
                              + 'or close this and come back: it opens where you are.'
                            : 'The check is still to do. Go back to it, or close this and come back.'
    })]);
    if (module.sources.length > 0)
      put ([make ('div', { 'class': 'sources' }, [
        make ('h2', { text: 'Where this comes from' }),
        make ('ul', {}, module.sources.map (function (source) {
          return make ('li', { text: source });
        }))
      ])]);
    put ([make ('p', { 'class': 'sources', text: module.about })]);
  }

  add ('read', 'why', read (module.title, module.why));
  module.cards.forEach (function (card) {
    add ('read', card.id, read (card.title, card.content, card.picture));
  });
  module.desks.forEach (function (desk) { add ('practice', desk.name, practice (desk)); });
  add ('check', 'check', showCheck);
  add ('read', 'shift', read ('One thing on your next shift', module.shift));
  add ('end', 'end', showEnd);

  [first, second, back].forEach (function (element) {
    element.addEventListener ('click', function () {
      if (actions[element.id])
        actions[element.id] ();
    });
  });
  /* Enter in a question is its button. */
  main.addEventListener ('keydown', function (event) {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT' && !first.disabled)
      {
        event.preventDefault ();
        first.click ();
      }
  });
  window.addEventListener ('pagehide', waymarkLms.close);
  /* Kept by the browser and shown again, after the platform was told of the end. */
  window.addEventListener ('pageshow', function (event) {
    if (event.persisted)
      window.location.reload ();
  });
  main.lang = module.language;
  takeUp (waymarkLms.open ());
  go (state.step);
} ());
