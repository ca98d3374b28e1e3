/** Colours on cells with an edit that is open, refused or in conflict: on the right cells, beside everything a person made, and off. */
import { Desktop, letters } from './desktop';

const PIPELINE = 'Deal Pipeline';
const OPEN = '#fff2cc';
const REFUSED = '#fce5cd';
const CONFLICT = '#f4cccc';

const opened = (entries = 6) => {
  const desktop = new Desktop({ affinity: { entries } });
  desktop.connect();
  desktop.importList();
  return desktop;
};

/** Ids that have an amount. */
const withAmount = (desktop: Desktop) => {
  const [headers = [], ...rows] = desktop.table();
  return rows
    .filter((row) => row[headers.indexOf('Amount')] !== '')
    .map((row) => row[headers.indexOf('Affinity row ID')] ?? '');
};

/** Every coloured cell of the table, as `id/header: colour`. */
const marked = (desktop: Desktop): readonly string[] => {
  const person = desktop.person();
  const [headers = [], ...rows] = desktop.table();
  return rows.flatMap((row, index) =>
    headers.flatMap((header, column) => {
      const { background } = person.looks(PIPELINE, `${letters(column)}${index + 2}`);
      return background === '#ffffff' ? [] : [`${row[headers.indexOf('Affinity row ID')]}/${header}: ${background}`];
    }),
  );
};

interface Rule {
  readonly areas: readonly string[];
}
const rulesOf = (desktop: Desktop): readonly Rule[] => {
  const sheet = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE);
  return (sheet?.conditionalRules ?? []) as readonly Rule[]; // a snapshot has no type of its own
};

const sheetOf = (desktop: Desktop) => {
  const sheet = desktop.file.workbook.sheetByName(PIPELINE);
  if (!sheet) throw new Error('no table');
  return sheet;
};

/** A person makes a rule of their own, below those that are there. */
const personRule = (desktop: Desktop, text: string, colour: string): void => {
  const sheet = sheetOf(desktop);
  const area = { row: 1, column: 1, rows: 40, columns: 3 };
  const rule = { areas: [area], criteria: 'TEXT_CONTAINS', values: [text], format: { background: colour } };
  sheet.conditionalRules = [...sheet.conditionalRules, rule];
};

/** Names of service calls in a stretch of work. */
const callsOf = (desktop: Desktop, work: () => void): readonly string[] => {
  const calls: string[] = [];
  const stop = desktop.google.onServiceCall(({ member }) => void calls.push(member));
  work();
  stop();
  return calls;
};

test('an open, a refused and a conflicting edit are coloured by the next refresh, and a push takes the colour of what it sent', () => {
  const desktop = opened();
  const [first = '', second = '', third = ''] = withAmount(desktop);
  const person = desktop.person();
  expect(marked(desktop)).toEqual([]);
  person.type(PIPELINE, desktop.at(first, 'Amount'), '4321');
  person.type(PIPELINE, desktop.at(first, 'Nickname'), 'Zed');
  person.type(PIPELINE, desktop.at(second, 'Amount'), 'much');
  person.type(PIPELINE, desktop.at(third, 'Amount'), '1');
  desktop.colleagueSets(third, 'Amount', 2);
  desktop.refresh();
  expect([...marked(desktop)].sort()).toEqual(
    [
      `${first}/Amount: ${OPEN}`,
      `${first}/Nickname: ${OPEN}`,
      `${second}/Amount: ${REFUSED}`,
      `${third}/Amount: ${CONFLICT}`,
    ].sort(),
  );
  desktop.click('Push my edits', 'OK', 'CANCEL', 'OK');
  expect(marked(desktop).filter((cell) => cell.startsWith(first))).toEqual([]);
  expect(marked(desktop)).toContain(`${second}/Amount: ${REFUSED}`);
});

test('rules of a person stay as they are and in their order; a refresh that finds ours as they are writes none', () => {
  const desktop = opened();
  const ours = rulesOf(desktop);
  expect(ours).toHaveLength(3);
  personRule(desktop, 'Alpha', '#aaaaaa');
  personRule(desktop, 'Beta', '#bbbbbb');
  const all = rulesOf(desktop);
  expect(callsOf(desktop, () => void desktop.refresh())).not.toContain('setConditionalFormatRules');
  expect(rulesOf(desktop)).toEqual(all);
  // Somebody deletes one of ours and puts theirs on top.
  const sheet = sheetOf(desktop);
  const [first, _second, third, alpha, beta] = sheet.conditionalRules;
  sheet.conditionalRules = [beta, first, third, alpha].flatMap((rule) => rule ?? []);
  const calls = callsOf(desktop, () => void desktop.refresh());
  expect(rulesOf(desktop)).toEqual([all[4], ...ours, all[3]]);
  // Between the reading of the rules and their writing a person's rule could be lost: nothing else is done there.
  const read = calls.indexOf('getConditionalFormatRules');
  const between = calls.slice(read + 1, calls.indexOf('setConditionalFormatRules', read));
  expect(between.filter((member) => /^(get|set)(Values?|Formulas)$|Metadata|flush|fetch/.test(member))).toEqual([]);
  expect(between.length).toBeLessThan(80);
});

test('whatever becomes of ours, the next refresh has each once and where it belongs, in the colour that a person chose', () => {
  const desktop = opened();
  const ours = rulesOf(desktop);
  const sheet = sheetOf(desktop);
  const [first, second, third] = sheet.conditionalRules;
  if (!first || !second || !third) throw new Error('three rules');
  const [area] = first.areas;
  if (!area) throw new Error('an area');
  const halves = [
    { ...area, rows: 3 },
    { ...area, row: area.row + 3, rows: area.rows - 3 },
  ];
  sheet.conditionalRules = [
    { ...first, areas: halves },
    second,
    second,
    { ...third, format: { background: '#00ffff' } },
  ];
  desktop.refresh();
  expect(rulesOf(desktop)).toEqual([ours[0], ours[1], { ...ours[2], format: { background: '#00ffff' } }]);
});

test('a platform that writes formulas in its own way does not make every refresh write them anew', () => {
  const desktop = opened();
  const sheet = sheetOf(desktop);
  sheet.conditionalRules = sheet.conditionalRules.map((rule) => ({
    ...rule,
    values: rule.values.map((formula) => String(formula).replaceAll(';', ', ')),
  }));
  expect(callsOf(desktop, () => void desktop.refresh())).not.toContain('setConditionalFormatRules');
});

test('marks follow sorted rows, moved and inserted columns and a header that a person renamed', () => {
  const desktop = opened();
  const person = desktop.person();
  const [first = ''] = withAmount(desktop);
  person.type(PIPELINE, desktop.at(first, 'Amount'), '4321');
  desktop.refresh();
  const mark = [`${first}/Amount: ${OPEN}`];
  expect(marked(desktop)).toEqual(mark);
  person.sort(PIPELINE, 'A2:Z7', { column: 2, ascending: false });
  expect(marked(desktop)).toEqual(mark);
  person.insertColumns(PIPELINE, 4);
  person.type(PIPELINE, 'D1', 'Own');
  person.insertRows(PIPELINE, 1);
  person.deleteRows(PIPELINE, 1);
  person.moveColumns(PIPELINE, 3, 1, 8);
  expect(marked(desktop)).toEqual(mark);
  desktop.refresh();
  expect(marked(desktop)).toEqual(mark);
  // Over the columns on both sides of the person's own, and not over that one.
  const rules = rulesOf(desktop);
  const own = letters(desktop.table()[0]?.indexOf('Own') ?? -1);
  expect(rules.length).toBe(6);
  expect(rules.flatMap(({ areas }) => areas).some((area) => area.startsWith(own) || area.includes(`:${own}`))).toBe(
    false,
  );
  person.type(PIPELINE, desktop.at(first, 'Amount').replace(/\d+/, '1'), 'Ticket');
  desktop.refresh();
  expect(marked(desktop)).toEqual([`${first}/Ticket: ${OPEN}`]);
});

test('switched off they are gone, and nothing else; a refresh leaves them off until they are switched on', () => {
  const desktop = opened();
  personRule(desktop, 'Alpha', '#aaaaaa');
  const all = rulesOf(desktop);
  expect(
    desktop.click('Settings of this import', 'NO', { button: 'OK', text: '' }, { button: 'OK', text: '' }, 'OK'),
  ).toBe('Saved.');
  expect(rulesOf(desktop)).toEqual([all[3]]);
  expect(callsOf(desktop, () => void desktop.refresh())).not.toContain('getConditionalFormatRules');
  expect(rulesOf(desktop)).toEqual([all[3]]);
  desktop.click('Settings of this import', 'YES', { button: 'OK', text: '' }, { button: 'OK', text: '' }, 'OK');
  expect(rulesOf(desktop)).toEqual(all);
});

test('emptied cells: a word that is none of the three changes nothing, and “never” is told before and kept by a push', () => {
  const desktop = opened();
  const set = (word: string) =>
    desktop.click('Settings of this import', 'YES', { button: 'OK', text: '' }, { button: 'OK', text: word }, 'OK');
  const [id = ''] = desktop.ids().filter((one) => typeof desktop.valueOf(one, 'Amount') === 'number');
  desktop.person().clear('Deal Pipeline', desktop.at(id, 'Amount'));
  expect(set('sometimes')).toBe('“sometimes” is none of ask, clear and never. Emptied cells stay at “ask”.');
  expect(desktop.click('Preview my edits', 'OK')).toMatch(/Cleared only if you say so/);
  expect(set('Never')).toBe('Saved.');
  expect(desktop.click('Preview my edits', 'OK')).toMatch(/Never cleared, as this import is set/);
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 emptied cell not cleared/);
  expect(typeof desktop.valueOf(id, 'Amount')).toBe('number');
});

test('columns dragged and runs killed at any call while rules are written: one more refresh has them right', () => {
  const start = opened(3);
  const ours = rulesOf(start);
  const sheet = sheetOf(start);
  sheet.conditionalRules = sheet.conditionalRules.slice(1);
  const trial = (at: number, act: 'drag' | 'kill'): number => {
    const desktop = start.copy();
    let calls = 0;
    let isNear = false;
    const stop = desktop.google.onServiceCall(({ member }) => {
      isNear ||= member === 'getConditionalFormatRules';
      if (!isNear) return undefined;
      calls += 1;
      if (calls !== at) return undefined;
      if (act === 'kill') return 'kill-before';
      desktop.person().moveColumns(PIPELINE, 3, 1, 8);
      return undefined;
    });
    try {
      desktop.refresh();
    } catch (fault) {
      if (act !== 'kill') throw fault;
    }
    stop();
    desktop.google.ui.clear();
    if (act === 'drag' && at > 0 && at <= calls) desktop.person().moveColumns(PIPELINE, 7, 1, 3);
    desktop.clock.advance(600_000);
    desktop.refresh();
    expect([act, at, rulesOf(desktop)]).toEqual([act, at, ours]);
    return calls;
  };
  const calls = trial(0, 'drag');
  for (let at = 1; at <= calls; at += 15) {
    trial(at, 'drag');
    trial(at, 'kill');
  }
});
