#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the words of a content pack to the house style.

Usage: check-words.py PACK-FOLDER    or    check-words.py --self-test

Reads pack.xml, every module.xml and every question in English. Practice desks are
left out: the false messages in them break these rules on purpose. Each fault is
printed as file:line: reason, and the exit status is then 1.
"""

import re
import sys
import tempfile
from pathlib import Path
from xml.parsers import expat

WORDS_A_SENTENCE = 20
SENTENCES_A_PARAGRAPH = 3
ITEMS_AN_OUTCOME = 4

BANNED = ('easy', 'easily', 'easier', 'easiest', 'simple', 'simply', 'just', 'please',
          'successfully', 'obviously', 'of course', 'click here')
AMERICAN = ('color', 'colors', 'center', 'centers', 'behavior', 'favorite', 'organize',
            'organized', 'organization', 'organizations', 'recognize', 'recognized', 'realize',
            'authorize', 'authorized', 'authorization', 'analyze', 'prioritize', 'summarize',
            'canceled', 'labeled', 'traveled', 'gray', 'fulfill', 'enroll', 'enrollment',
            'catalog', 'defense', 'pediatric', 'anesthetic', 'hemoglobin', 'edema',
            'diarrhea', 'orthopedic', 'gynecology')
MARKS = (('banned word', re.compile(r'\b(' + '|'.join(BANNED) + r')\b', re.I)),
         ('American spelling', re.compile(r'\b(' + '|'.join(AMERICAN) + r')\b', re.I)),
         ('exclamation mark', re.compile('!')), ('em dash', re.compile('\u2014')))
NUMBER_RE = re.compile(r'(?<![\d.])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?!\d)')
SENTENCE_END_RE = re.compile(r'[.?!][”"’)]*(?=\s|$)')

# The elements whose whole text is one thing to read. One inside another is read on its own.
TEXT = {'p', 'li', 'div', 'blockquote', 'h2', 'h3', 'th', 'td', 'title', 'summary', 'outcome', 'confidence',
        'description', 'descriptor', 'level', 'term', 'qti-prompt', 'qti-simple-choice',
        'qti-gap-text', 'qti-inline-choice', 'qti-simple-associable-choice', 'qti-value'}
ATTRIBUTES = {'title', 'alt', 'name', 'short'}
GAPS = {'qti-gap', 'qti-text-entry-interaction', 'qti-inline-choice-interaction'}


class Element:
    def __init__(self, name, attributes, line):
        self.name, self.attributes, self.line = name, attributes, line
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def text(self):
        """What a reader sees as one run of words; a gap counts as one word."""
        parts = [child if isinstance(child, str) else
                 ' gap ' if child.name in GAPS else
                 ' ' if child.name == 'br' or child.name in TEXT else child.text()
                 for child in self.children]
        return re.sub(r'\s+', ' ', ''.join(parts)).strip()


def read(path):
    """The tree of an XML file, each element with its line."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root = Element('', {}, 0)
    stack = [root]

    def start(name, attributes):
        element = Element(name, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].children.append(text)
    parser.Parse(path.read_bytes(), True)
    return root.children[0]


def sentences(text):
    return [part for part in (s.strip() for s in SENTENCE_END_RE.split(text)) if part]


def check_digit_is_right(digits):
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def faults_of_text(text, is_paragraph=False):
    if not text:
        return
    found = sentences(text)
    for sentence in found:
        count = len(NUMBER_RE.sub('number', sentence).split())
        if count > WORDS_A_SENTENCE:
            yield f'sentence of {count} words: {sentence}'
    if is_paragraph and len(found) > SENTENCES_A_PARAGRAPH:
        yield f'paragraph of {len(found)} sentences: {text}'
    for what, pattern in MARKS:
        for match in pattern.finditer(text):
            yield f'{what}: {match.group()}'
    for match in NUMBER_RE.finditer(text):
        digits = re.sub(r'\D', '', match.group())
        if not digits.startswith('999'):
            yield f'NHS number outside 999 000 0000 to 999 999 9999: {match.group()}'
        elif not check_digit_is_right(digits):
            yield f'NHS number with a wrong check digit: {match.group()}'


def check_file(path, counts, terms, report):
    try:
        root = read(path)
    except expat.ExpatError as error:
        report(path, error.lineno, f'not well-formed: {expat.ErrorString(error.code)}')
        return None
    if not root.attributes.get('xml:lang', 'en').startswith('en'):
        return None
    for element in root.walk():
        for name in ATTRIBUTES & element.attributes.keys():
            for fault in faults_of_text(element.attributes[name]):
                report(path, element.line, fault)
        if element.name in TEXT:
            text = element.text()
            counts['texts'] += bool(text)
            counts['sentences'] += len(sentences(text))
            for fault in faults_of_text(text, element.name != 'qti-value'):
                report(path, element.line, fault)
        elif element.name == 'dfn' and terms is not None:
            if element.text().casefold() not in terms:
                report(path, element.line, f'no glossary entry for: {element.text()}')
    return root


def check_pack(folder, report):
    counts = dict.fromkeys(('modules', 'items', 'texts', 'sentences'), 0)
    pack, terms = folder / 'pack.xml', None
    if pack.exists():
        root = check_file(pack, counts, None, report)
        terms = {element.attributes.get(name, '').casefold() for name in ('word', 'also')
                 for element in (root.walk() if root else ()) if element.name == 'term'}
    for path in sorted(folder.rglob('*.xml')):
        if path == pack or 'desks' in path.relative_to(folder).parts:
            continue
        root = check_file(path, counts, terms, report)
        if root is None:
            continue
        counts['modules'] += root.name == 'module'
        counts['items'] += root.name == 'qti-assessment-item'
        if root.name == 'module':
            asked = [e.attributes.get('outcome') for e in root.walk() if e.name == 'item']
            for outcome in (e for e in root.walk() if e.name == 'outcome'):
                count = asked.count(outcome.attributes.get('id'))
                if count < ITEMS_AN_OUTCOME:
                    report(path, outcome.line, f'outcome {outcome.attributes.get("id")} has '
                           f'{count} questions, {ITEMS_AN_OUTCOME} are needed')
    return counts


def self_test():
    """Each rule complains about its wrong sample, and none about the right one."""
    right = 'Check 2 details. The number is 999 001 0005.'
    samples = {'sentence of': 'word ' * 21 + 'end.', 'paragraph of': 'One. Two. Three. Four.',
               'American': 'The color is right.', 'exclamation': 'Well done!',
               'em dash': 'Stop \u2014 then ask.', 'wrong check digit': 'It is 999 001 0006.',
               'outside 999': 'It is 943 476 5919.', 'no glossary': '<dfn>widget</dfn>',
               'not well-formed': '<b>', 'has 3 questions': None}
    samples.update({f'banned word: {word}': f'It is {word} here.' for word in BANNED})
    wrong = []
    for expected, text in [('', right), *samples.items()]:
        with tempfile.TemporaryDirectory() as name:
            folder, found = Path(name), []
            items = '<item outcome="o"/>' * (3 if text is None else 4)
            (folder / 'pack.xml').write_text('<pack><term word="phish">A false message.</term></pack>')
            (folder / 'module.xml').write_text(
                f'<module><outcome id="o">Ask.</outcome>{items}<p>{text or right}</p></module>', 'utf-8')
            check_pack(folder, lambda path, line, reason: found.append(reason))
        if bool(found) != bool(expected) or not all(expected in reason for reason in found):
            wrong.append(f'{expected or "right sample"}: {found}')
    sys.stderr.write(''.join(f'self-test: {line}\n' for line in wrong))
    print(f'self-test: {len(samples) + 1} samples, {len(wrong)} not judged as they should be')
    return bool(wrong)


def main(arguments):
    if arguments == ['--self-test']:
        return self_test()
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.exit(__doc__)
    faults = []
    counts = check_pack(Path(arguments[0]), lambda *fault: faults.append('{}:{}: {}'.format(*fault)))
    print(*faults, sep='\n', end='\n' if faults else '')
    print(', '.join(f'{n} {what}' for what, n in counts.items()) + f', {len(faults)} faults')
    return bool(faults)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
