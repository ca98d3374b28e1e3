/** Cells of notes, reminders and interactions: points in time, choices of the API, formatted text. */

import { createLocalClock } from '../../src/google/calendar-day';
import { choiceScalar } from '../../src/sync/cells/choice';
import type { CellContext } from '../../src/sync/cells/codec';
import { instant, instantAt } from '../../src/sync/cells/instant';
import { asMarkup, isMarkup, markupScalar, readable } from '../../src/sync/cells/markup';
import { single } from '../../src/sync/cells/scalar';
import { contextWith } from './fakes';

const inZone = (zone: string): CellContext => {
  const clock = createLocalClock(zone);
  return { ...contextWith(), localTime: (at) => clock(new Date(at)) };
};

describe('a point in time', () => {
  test.each([
    ['UTC', '2026-03-31T14:05:09.750Z', '2026-03-31', '14:05:09'],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29', '01:59:59'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29', '03:00:00'],
    ['America/Los_Angeles', '2026-07-01T07:00:00-07:00', '2026-07-01', '07:00:00'],
    ['America/Los_Angeles', '2026-07-01T00:00:00-07:00', '2026-07-01', null],
    ['Asia/Kolkata', '2026-12-31T20:00:00+00:00', '2027-01-01', '01:30:00'],
  ])('in %s, %s stands as %s %s and reads back', (zone, wire, day, time) => {
    const context = inZone(zone);
    const value = instant.fromWire(wire);
    const cell = value === null ? null : instant.toCell(value, context);
    expect(cell).toEqual({ day, time });
    expect(instant.fromCell(cell, context)).toEqual({ ok: true, value });
  });

  test('every hour of a year reads back, but for the one that a clock shows twice', () => {
    const context = inZone('Europe/Berlin');
    const different: string[] = [];
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 3_600_000) {
      const value = `${new Date(at).toISOString().slice(0, 19)}Z`;
      const read = instant.fromCell(instant.toCell(value, context), context);
      if (!read.ok || read.value !== value) different.push(value);
    }
    expect(different).toEqual(['2026-10-25T00:00:00Z']);
  });

  test.each([
    ['2026-03-31', '2026-03-30T22:00:00Z'],
    ['2026-03-31 14:30', '2026-03-31T12:30:00Z'],
    ['2026-03-31T14:30:15', '2026-03-31T12:30:15Z'],
  ])('%s is taken as typed in the sheet’s zone', (text, value) => {
    expect(instant.fromCell(text, inZone('Europe/Berlin'))).toEqual({ ok: true, value });
  });

  test.each(['soon', '2026-02-30', '2026-03-31 25:00', 5, true])('%s is no point in time', (cell) => {
    expect(instant.fromCell(cell, contextWith())).toMatchObject({ ok: false, problem: /./ });
  });

  test('midnight of a day without one is beside the gap', () => {
    const { localTime } = inZone('America/Sao_Paulo');
    expect(localTime(instantAt('2018-11-04T00:00:00', localTime))).toMatch(/^2018-11-0[34]T(23|01)/);
  });
});

describe('a choice', () => {
  const codec = single(choiceScalar({ 0: 'Meeting', 3: 'E-mail' }));
  test('is shown in words and read in any case', () => {
    expect(codec.toCell(3, contextWith())).toBe('E-mail');
    expect(codec.fromCell('e-MAIL', contextWith())).toEqual({ ok: true, value: 3 });
  });
  test('that nobody documented is shown and not read', () => {
    expect(codec.toCell(9, contextWith())).toBe('Type 9');
    expect(codec.fromCell('Type 9', contextWith())).toMatchObject({ problem: '"Type 9" is none of: Meeting, E-mail.' });
  });
});

describe('formatted text', () => {
  test.each([
    ['plain', 'a < b & c > d', 'a < b & c > d'],
    ['like a tag', '<Acme> & <Pear>', '<Acme> & <Pear>'],
    ['markdown of the API', '**Bold** move', '**Bold** move'],
    ['paragraphs', '<p>One</p><p>Two &amp; three</p>', 'One\nTwo & three'],
    ['bold and a list', '<b>Next</b><ul><li>call</li><li>write</li></ul>', '**Next**\n- call\n- write'],
    ['a link', '<p>see <a href="https://a.example">the deck</a></p>', 'see the deck (https://a.example)'],
    ['a bare link', '<a href="https://a.example">https://a.example</a>', 'https://a.example'],
    ['entities', '<p>&lt;b&gt; caf&#233; &#x1F600; &nope;</p>', '<b> café 😀 &nope;'],
    ['lines of source', '<p>One\n  two</p>', 'One two'],
    ['a text with a tag in it', 'use <b>bold</b> here', 'use <b>bold</b> here'],
    ['a script is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%s', (_what, wire, shown) => {
    expect(readable(wire)).toBe(shown);
  });

  test('the original stays the value, and an unchanged cell means it', () => {
    const codec = single(markupScalar);
    expect(codec.fromWire('<p>One</p>')).toBe('<p>One</p>');
    expect(codec.toCell('<p>One</p>', contextWith())).toBe('One');
    expect(codec.isContextual).toBe(true);
  });

  test('text that is sent as HTML reads as the same text', () => {
    const text = 'A & B <c>\n- **one**\n"two" &amp;';
    expect(isMarkup(asMarkup(text))).toBe(true);
    expect(readable(asMarkup(text))).toBe(text);
  });
});
