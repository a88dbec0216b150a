/* lms.js: the learning platform's side, SCORM 1.2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

var waymarkLms = (function () {
  var MAX_FRAMES = 10;
  var api = null;
  var began = Date.now ();
  var isOpen = false;
  var mayWrite = true;

  function look (from)
  {
    try
      {
        for (var i = 0; from && i < MAX_FRAMES; i++)
          {
            if (from.API)
              return from.API;
            if (from.parent === from)
              break;
            from = from.parent;
          }
      }
    catch (error)
      {
        /* A frame of somebody else's. */
      }
    return null;
  }

  function get (name)
  {
    var text = isOpen ? api.LMSGetValue (name) : '';
    return text === null || text === undefined ? '' : String (text);
  }

  function set (name, text)
  {
    return isOpen && String (api.LMSSetValue (name, String (text))) === 'true';
  }

  /* Begins; what was kept the last time, or ''. */
  function open ()
  {
    var mode, status;
    api = look (window) || look (window.opener);
    isOpen = api !== null && String (api.LMSInitialize ('')) === 'true';
    if (!isOpen)
      return '';
    mode = get ('cmi.core.lesson_mode');
    mayWrite = mode !== 'review' && mode !== 'browse';
    status = get ('cmi.core.lesson_status');
    if (mayWrite && status !== 'passed' && status !== 'completed' && status !== 'failed')
      set ('cmi.core.lesson_status', 'incomplete');
    return get ('cmi.suspend_data');
  }

  function two (n)
  {
    return (n < 10 ? '0' : '') + n;
  }

  function session ()
  {
    var s = Math.min (Math.floor ((Date.now () - began) / 1000), 9999 * 3600);
    var hours = Math.floor (s / 3600);
    return (hours < 100 ? two (hours) : String (hours)) + ':' + two (Math.floor (s / 60) % 60)
           + ':' + two (s % 60) + '.00';
  }

  /* state: { place, data, status (passed|failed|incomplete), score (0 to 100, or null), isDone }.
   * 'kept', 'lost' or 'alone' where there is no platform. */
  function keep (state)
  {
    var isKept;
    if (api === null)
      return 'alone';
    if (!isOpen)
      return 'lost';
    if (!mayWrite)
      return 'kept';
    isKept = set ('cmi.core.lesson_location', state.place) && set ('cmi.suspend_data', state.data)
             && set ('cmi.core.lesson_status', state.status);
    if (state.score !== null)
      {
        set ('cmi.core.score.min', 0);
        set ('cmi.core.score.max', 100);
        isKept = set ('cmi.core.score.raw', state.score) && isKept;
      }
    set ('cmi.core.exit', state.isDone ? '' : 'suspend');
    return String (api.LMSCommit ('')) === 'true' && isKept ? 'kept' : 'lost';
  }

  function close ()
  {
    if (!isOpen)
      return;
    if (mayWrite)
      set ('cmi.core.session_time', session ());
    api.LMSFinish ('');
    isOpen = false;
  }

  return { open: open, keep: keep, close: close };
} ());
