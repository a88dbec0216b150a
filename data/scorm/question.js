/* question.js: shows what a module says and asks. Nothing is made from text: each element
 * is, so that no content can become a script.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

var waymarkQuestion = (function () {
  var n = 0;

  function make (name, more, children)
  {
    var element = document.createElement (name);
    Object.keys (more || {}).forEach (function (key) {
      if (key === 'text')
        element.textContent = more.text;
      else if (key === 'on')
        element.addEventListener (more.on[0], more.on[1]);
      else if (more[key] === true)
        element.setAttribute (key, '');
      else if (more[key] !== false && more[key] !== undefined && more[key] !== null)
        element.setAttribute (key, more[key]);
    });
    (children || []).forEach (function (child) {
      element.appendChild (typeof child === 'string' ? document.createTextNode (child) : child);
    });
    return element;
  }

  function plain (nodes)
  {
    return nodes.map (function (node) {
      return typeof node === 'string' ? node : node.n === 'br' ? ' ' : plain (node.c || []);
    }).join ('').replace (/\s+/g, ' ').trim ();
  }

  /* A hard word: its meaning comes beside it. */
  function term (node)
  {
    var button, meaning;
    if (!node.meaning)
      return make ('dfn', {}, build (node.c));
    meaning = make ('span', { 'class': 'meaning', hidden: true, role: 'note' },
                    [' (' + node.meaning + ') ']);
    button = make ('button', {
      type: 'button', 'class': 'term', 'aria-expanded': 'false', title: 'Explain this word',
      on: ['click', function () {
        meaning.hidden = !meaning.hidden;
        button.setAttribute ('aria-expanded', meaning.hidden ? 'false' : 'true');
      }]
    }, build (node.c));
    return make ('span', {}, [button, meaning]);
  }

  /* special: node name → function, for what is not the same everywhere. */
  function buildOne (node, special)
  {
    var names = { strong: 'strong', em: 'em', p: 'p', h2: 'h2', h3: 'h3', ul: 'ul', ol: 'ol',
                  li: 'li', tr: 'tr', td: 'td', span: 'span' };
    if (typeof node === 'string')
      return document.createTextNode (node);
    if (special && special[node.n])
      return special[node.n] (node);
    switch (node.n)
      {
      case 'br':
        return make ('br');
      case 'dfn':
        return term (node);
      case 'img':
        return make ('img', { src: node.src, alt: node.alt || '' });
      case 'box':
        return make ('div', { 'class': 'box ' + (node.k || '') }, build (node.c, special));
      case 'th':
        return make ('th', { scope: node.k || 'col' }, build (node.c, special));
      case 'table':
        return make ('div', { 'class': 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Table' },
                     [make ('table', {}, [make ('tbody', {}, build (node.c, special))])]);
      default:
        return make (names[node.n] || 'div', {}, build (node.c || [], special));
      }
  }

  function build (nodes, special)
  {
    return (nodes || []).map (function (node) { return buildOne (node, special); });
  }

  function shuffled (list, isShuffled)
  {
    var loose = list.filter (function (item) { return !item.isFixed; });
    if (!isShuffled)
      return list;
    for (var i = loose.length - 1; i > 0; i--)
      {
        var j = Math.floor (Math.random () * (i + 1)), moved = loose[i];
        loose[i] = loose[j];
        loose[j] = moved;
      }
    return list.map (function (item) { return item.isFixed ? item : loose.shift (); });
  }

  function prompt (asked, name)
  {
    return make (name, { 'class': 'prompt' }, build (asked.prompt || []));
  }

  function checked (inputs)
  {
    return inputs.filter (function (input) { return input.checked; })
        .map (function (input) { return input.value; });
  }

  /* No more than the question allows: what is one too many is not taken. */
  function limit (inputs, most, said)
  {
    inputs.forEach (function (input) {
      input.addEventListener ('change', function () {
        if (most > 0 && checked (inputs).length > most)
          {
            input.checked = false;
            said ('Choose ' + most + ' at most.');
          }
      });
    });
  }

  function tick (asked, choice, name)
  {
    return make ('input', { type: asked.max === 1 ? 'radio' : 'checkbox', name: name,
                            value: choice.id });
  }

  function choices (asked, said)
  {
    var name = 'r' + n++, inputs = [];
    var rows = shuffled (asked.choices, asked.isShuffled).map (function (choice) {
      var input = tick (asked, choice, name);
      inputs.push (input);
      return make ('label', { 'class': 'choice' },
                   [input, make ('span', {}, build (choice.c))]);
    });
    if (asked.max !== 1)
      limit (inputs, asked.max, said);
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend')].concat (rows)),
      read: function () { return checked (inputs); },
      isReady: function () { return checked (inputs).length >= Math.max (1, asked.min); }
    };
  }

  function order (asked, said)
  {
    var list = make ('ol', { 'class': 'order' });
    function rows ()
    {
      return Array.prototype.slice.call (list.children);
    }
    function update ()
    {
      rows ().forEach (function (row, i, all) {
        row.querySelector ('.up').disabled = i === 0;
        row.querySelector ('.down').disabled = i === all.length - 1;
      });
    }
    function move (row, by, button)
    {
      var all = rows (), to = all.indexOf (row) + by;
      list.insertBefore (row, by < 0 ? all[to] : all[to].nextSibling);
      update ();
      (button.disabled ? row.querySelector (by < 0 ? '.down' : '.up') : button).focus ();
      said (row.getAttribute ('data-words') + ': now ' + (to + 1) + ' of ' + all.length + '.');
    }
    shuffled (asked.choices, asked.isShuffled).forEach (function (choice) {
      var words = plain (choice.c), row, up, down;
      up = make ('button', { type: 'button', 'class': 'up', 'aria-label': 'Move up: ' + words,
                             text: '↑', on: ['click', function () { move (row, -1, up); }] });
      down = make ('button', { type: 'button', 'class': 'down', 'aria-label': 'Move down: ' + words,
                               text: '↓', on: ['click', function () { move (row, 1, down); }] });
      row = make ('li', { 'data-id': choice.id, 'data-words': words },
                  [make ('span', { 'class': 'words' }, build (choice.c)), up, down]);
      list.appendChild (row);
    });
    update ();
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend'), list]),
      read: function () {
        return rows ().map (function (row) { return row.getAttribute ('data-id'); });
      },
      isReady: function () { return true; }
    };
  }

  function select (label, choicesOf, id)
  {
    var options = [make ('option', { value: '', text: 'Choose…' })];
    choicesOf.forEach (function (choice) {
      options.push (make ('option', { value: choice.id, text: plain (choice.c) }));
    });
    return make ('select', { 'aria-label': label, id: id }, options);
  }

  /* Where a thing can be used so often only, choosing it again takes it from where it was. */
  function holdTo (selects, used, said)
  {
    selects.forEach (function (box) {
      box.addEventListener ('change', function () {
        var most = 0, others;
        used.forEach (function (choice) {
          if (choice.id === box.value)
            most = choice.most;
        });
        others = selects.filter (function (other) {
          return other !== box && other.value === box.value;
        });
        if (box.value !== '' && most > 0 && others.length >= most)
          {
            others[0].value = '';
            said ('It is taken from where it was.');
          }
      });
    });
  }

  function match (asked, said)
  {
    var targets = shuffled (asked.targets, asked.isShuffled), selects = [], reads = [];
    var rows = shuffled (asked.choices, asked.isShuffled).map (function (source) {
      var id = 's' + n++, box, inputs;
      if (source.most === 1)
        {
          box = select (null, targets, id);
          selects.push (box);
          reads.push (function () { return box.value !== '' ? [source.id + ' ' + box.value] : []; });
          return make ('div', { 'class': 'row', 'data-id': source.id },
                       [make ('label', { 'for': id }, build (source.c)), box]);
        }
      inputs = targets.map (function (target) {
        return make ('input', { type: 'checkbox', value: source.id + ' ' + target.id });
      });
      limit (inputs, source.most, said);
      reads.push (function () { return checked (inputs); });
      return make ('fieldset', {}, [make ('legend', {}, build (source.c))].concat (
          inputs.map (function (input, i) {
            return make ('label', { 'class': 'choice' },
                         [input, make ('span', {}, build (targets[i].c))]);
          })));
    });
    holdTo (selects, targets, said);
    function read ()
    {
      return reads.reduce (function (all, one) { return all.concat (one ()); }, []);
    }
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend')].concat (rows)),
      read: read,
      isReady: function () { return read ().length >= Math.max (1, asked.min); }
    };
  }

  function gaps (asked, said)
  {
    var used = shuffled (asked.choices, asked.isShuffled), selects = [];
    var content = build (asked.content, {
      gap: function (node) {
        var box = select ('Gap ' + (selects.length + 1), used);
        box.setAttribute ('data-gap', node.id);
        selects.push (box);
        return box;
      }
    });
    holdTo (selects, used, said);
    function read ()
    {
      return selects.filter (function (box) { return box.value !== ''; })
          .map (function (box) { return box.value + ' ' + box.getAttribute ('data-gap'); });
    }
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend')].concat (content)),
      read: read,
      isReady: function () { return read ().length > 0; }
    };
  }

  function hotText (asked, said)
  {
    var name = 'r' + n++, inputs = [];
    var content = build (asked.content, {
      hot: function (node) {
        var input = tick (asked, node, name);
        inputs.push (input);
        return make ('label', { 'class': 'hot' }, [input].concat (build (node.c)));
      }
    });
    if (asked.max !== 1)
      limit (inputs, asked.max, said);
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend')].concat (content)),
      read: function () { return checked (inputs); },
      isReady: function () { return checked (inputs).length >= Math.max (1, asked.min); }
    };
  }

  /* Areas of a picture, each with its number: by pointer in the picture, by Tab and Space. */
  function areas (asked, said)
  {
    var name = 'r' + n++, inputs = [];
    var picture = make ('img', { src: asked.picture.src, alt: asked.picture.alt || '',
                                 width: asked.width || null, height: asked.height || null });
    var labels = asked.choices.map (function (choice, i) {
      var input = tick (asked, choice, name), label;
      input.setAttribute ('aria-label', plain (choice.c) || 'Area ' + (i + 1));
      inputs.push (input);
      label = make ('label', { 'class': 'area' }, [input, make ('span', { text: String (i + 1) })]);
      label.style.left = 100 * choice.left / asked.width + '%';
      label.style.top = 100 * choice.top / asked.height + '%';
      label.style.width = 100 * (choice.right - choice.left) / asked.width + '%';
      label.style.height = 100 * (choice.bottom - choice.top) / asked.height + '%';
      return label;
    });
    if (asked.max !== 1)
      limit (inputs, asked.max, said);
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend'),
                                      make ('div', { 'class': 'areas' }, [picture].concat (labels))]),
      read: function () { return checked (inputs); },
      isReady: function () { return checked (inputs).length >= Math.max (1, asked.min); }
    };
  }

  function slider (asked)
  {
    var out = make ('output', { text: String (asked.lower) });
    var input = make ('input', {
      type: 'range', min: asked.lower, max: asked.upper, step: asked.step || 'any',
      value: asked.lower, 'aria-label': plain (asked.prompt || []) || 'Your answer',
      on: ['input', function () { out.textContent = input.value; }]
    });
    return {
      element: make ('fieldset', {}, [prompt (asked, 'legend'), input, out]),
      read: function () { return [input.value]; },
      isReady: function () { return true; }
    };
  }

  function typed (asked, name)
  {
    var input = make (name, { type: name === 'input' ? 'text' : null, autocomplete: 'off',
                              'aria-label': plain (asked.prompt || []) || 'Your answer',
                              size: name === 'input' ? Math.min (asked.length || 12, 40) : null });
    return {
      element: name === 'input' ? input : make ('div', {}, [prompt (asked, 'div'), input]),
      read: function () { return [input.value]; },
      isReady: function () { return input.value.trim () !== ''; }
    };
  }

  function inlineChoice (asked)
  {
    var box = select ('Choose what fits', shuffled (asked.choices, asked.isShuffled));
    return {
      element: box,
      read: function () { return [box.value]; },
      isReady: function () { return box.value !== ''; }
    };
  }

  var kinds = {
    'choice': choices,
    'extended-text': function (asked) { return typed (asked, 'textarea'); },
    'gap-match': gaps,
    'hotspot': areas,
    'hottext': hotText,
    'inline-choice': inlineChoice,
    'match': match,
    'order': order,
    'slider': slider,
    'text-entry': function (asked) { return typed (asked, 'input'); }
  };

  function wordsOf (list, id)
  {
    for (var i = 0; i < list.length; i++)
      if (list[i].id === id)
        return plain (list[i].c) || 'Area ' + (i + 1);
    return id;
  }

  /* What is right, in words; '' where the question does not say. */
  function rightWords (question)
  {
    return question.interactions.map (function (asked) {
      var correct = [];
      question.responses.forEach (function (declaration) {
        if (declaration.id === asked.response)
          correct = declaration.correct || [];
      });
      return correct.map (function (text) {
        var words = text.split (' ');
        if (asked.kind === 'match')
          return wordsOf (asked.choices, words[0]) + ' → ' + wordsOf (asked.targets, words[1]);
        if (asked.kind === 'gap-match')
          return wordsOf (asked.choices, words[0]);
        return wordsOf (asked.choices || [], text);
      }).join (asked.kind === 'order' ? ', then: ' : '; ');
    }).filter (function (text) { return text !== ''; }).join (' · ');
  }

  /* Puts a question into a place. said: tells a screen reader something. */
  function show (question, place, said, changed)
  {
    var parts = [], later = [];
    build (question.body, {
      ask: function (node) {
        var part = kinds[question.interactions[node.i].kind] (question.interactions[node.i], said);
        part.response = question.interactions[node.i].response;
        parts.push (part);
        return part.element;
      },
      later: function (node) {
        var element = make (node.k === 'span' ? 'span' : 'div', { hidden: true }, build (node.c));
        later.push ({ element: element, feedback: node.f });
        return element;
      }
    }).forEach (function (element) { place.appendChild (element); });
    place.addEventListener ('input', changed);
    place.addEventListener ('change', changed);
    return {
      isReady: function () { return parts.every (function (part) { return part.isReady (); }); },
      read: function () {
        var given = {};
        parts.forEach (function (part) { given[part.response] = part.read (); });
        return given;
      },
      lock: function (outcomes) {
        Array.prototype.forEach.call (place.querySelectorAll ('input, select, textarea, .order button'),
                                      function (input) { input.disabled = true; });
        later.forEach (function (one) {
          one.element.hidden = !waymarkScore.shows (outcomes, one.feedback);
        });
      }
    };
  }

  return { build: build, make: make, plain: plain, show: show, rightWords: rightWords,
           kinds: Object.keys (kinds) };
} ());
