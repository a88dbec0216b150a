#!/usr/bin/python3
# check-guards.py ROOT | --self-test
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every field in which somebody writes has the guard that looks for what tells who a
patient is, or stands below with what is typed there instead. A file (its .c and .ui count
as one) that makes a field must check the guard; a file that makes a WayTextBox, which has
one, must ask it before it keeps the text."""

import pathlib
import re
import sys

ROOMS = ('app', 'pages', 'widgets')
FIELD = re.compile(r'\b(gtk_text_view_new|gtk_entry_new|adw_entry_row_new)\b'
                   r'|class="(GtkTextView|GtkEntry|AdwEntryRow)"')
BOX = re.compile(r'\bway_text_box_new\b|class="WayTextBox"')

# What is typed there is kept by nobody, or is no prose.
OTHER = {
    'app/way-set-up-enrol': 'a file, an address, a login',
    'app/way-set-up-form': 'a host, a database, a login',
    'app/way-set-up-page': 'an address, a file',
    'app/way-sign-in-page': 'an address, a login',
    'app/way-sign-in-server': 'a login',
    'pages/people/way-paper-window': 'answers of a sheet: marked, and not kept',
    'pages/reports/way-day-button': 'a day',
    'widgets/way-file-pane': 'practice: the name of a made-up file',
    'widgets/way-files-view': 'practice: the name of a made-up folder',
    'widgets/way-form-entry': 'practice: a form of a made-up patient',
    'widgets/way-signin-view': 'practice: a made-up code',
    'widgets/way-table-view': 'practice: a cell of a made-up table',
}


def judge(files):
    """What is amiss in files, name without suffix to text."""
    amiss = []
    for name, text in sorted(files.items()):
        has_field = FIELD.search(text) is not None
        if name in OTHER:
            if not has_field:
                amiss.append(f'{name}: has no field any more; take it out of the list')
            continue
        if has_field and 'way_text_guard_check' not in text:
            amiss.append(f'{name}: a field without a guard (widgets/way-text-guard.h)')
        if BOX.search(text) and name != 'widgets/way-text-box':
            # A field that is made is asked: as many questions as fields at least.
            made = len(BOX.findall(text))
            asked = len(re.findall(r'\bway_text_box_may_keep\b', text))
            if asked < made:
                amiss.append(f'{name}: makes {made} text boxes and asks {asked} of them')
    return amiss


def read(root):
    files = {}
    for room in ROOMS:
        for path in sorted((root / 'src' / room).rglob('*')):
            if path.suffix not in ('.c', '.ui'):
                continue
            name = str(path.relative_to(root / 'src').with_suffix(''))
            files[name] = files.get(name, '') + path.read_text(encoding='utf-8')
    return files


def self_test():
    good = {'app/a': 'gtk_entry_new () way_text_guard_check (g)', 'app/b': 'label',
            'pages/c': 'way_text_box_new (n, 3); way_text_box_may_keep (b);'}
    good.update({name: 'gtk_entry_new' for name in OTHER})
    assert judge(good) == [], judge(good)
    for name, text in (('app/a', 'gtk_text_view_new ()'), ('app/u', '<object class="GtkEntry">'),
                       ('pages/c', 'way_text_box_new (n, 3);'),
                       ('widgets/way-table-view', 'label')):
        assert len(judge({**good, name: text})) == 1, (name, text)
    print('a field without a guard is found')


def main():
    if sys.argv[1:] == ['--self-test']:
        self_test()
        return 0
    files = read(pathlib.Path(sys.argv[1]))
    amiss = judge(files)
    for line in amiss:
        print(line)
    n = sum(1 for text in files.values() if FIELD.search(text))
    if n < 10:
        print(f'only {n} files with fields: nothing was looked at')
        return 1
    return 1 if amiss else 0


if __name__ == '__main__':
    sys.exit(main())
