/** What a person's decisions in the review come to: what is counted, and what the push is told. */
import {
  choicesToSend,
  type DecisionEvent,
  decidedTogether,
  decisionsAfter,
  partOf,
  selectionToSend,
  tally,
  UNDECIDED,
} from '../../src/sidebar/client/review/decisions';
import type { PreviewCellView, PreviewRowView, PreviewView } from '../../src/sidebar/rpc';

const cell = (id: string, rowNumber: number, state: PreviewCellView['state'], column = 'field.1'): PreviewCellView => ({
  id,
  rowNumber,
  rowTitle: `Row ${rowNumber}`,
  column,
  header: column,
  state,
  theirs: 'theirs',
  mine: state === 'cleared' ? '' : 'mine',
  base: null,
  theirsBy: null,
  problem: null,
  says: null,
  formula: state === 'formula' ? '=A1' : null,
  isShared: false,
});
const row = (key: string, rowNumber: number, fate: PreviewRowView['fate']): PreviewRowView => ({
  key,
  rowNumber,
  rowTitle: key,
  fate,
  says: 'Will be so.',
});
const view: PreviewView = {
  importId: 'i1',
  title: 'Deals',
  cells: [
    cell('10', 2, 'pending'),
    cell('10', 2, 'conflict', 'field.2'),
    cell('11', 3, 'pending'),
    cell('12', 4, 'cleared'),
    cell('13', 5, 'refused'),
    cell('new:a', 9, 'pending'),
  ],
  newRows: [row('new:a', 9, 'create'), row('new:b', 10, 'repeat'), row('new:c', 11, 'refused')],
  selectedRows: [{ first: 3, last: 4 }],
  callsNeeded: 9,
  messages: [],
  blanks: 'ask',
};
const after = (...events: readonly DecisionEvent[]) => events.reduce(decisionsAfter, UNDECIDED);

test('undecided, everything that can be sent is, and nothing that needs a decision', () => {
  const part = partOf(view, 'all');
  expect(tally(part, UNDECIDED)).toMatchObject({ toSend: 2, toAdd: 1, toTake: 0, undecided: 1, held: 0, refused: 2 });
  expect(selectionToSend(part, UNDECIDED)).toEqual({
    rows: ['new:a', '10', '11', '12', '13'],
    without: [],
    formulas: [],
    again: [],
    onlyNew: false,
  });
  expect(choicesToSend(part, UNDECIDED)).toEqual([]);
});

test('a cell that is kept back is named, and comes back when it is sent again', () => {
  const [first] = view.cells;
  const kept = after({ kind: 'send', cells: first ? [first] : [], isOn: false });
  const part = partOf(view, 'all');
  expect(tally(part, kept)).toMatchObject({ toSend: 1, held: 1 });
  expect(selectionToSend(part, kept).without).toEqual([{ id: '10', column: 'field.1' }]);
  const again = decisionsAfter(kept, { kind: 'send', cells: view.cells, isOn: true });
  expect(selectionToSend(part, again).without).toEqual([]);
});

test('the rows selected in the sheet are the only ones that are named', () => {
  const decisions = after({ kind: 'scope', scope: 'selected' }, { kind: 'clears', isOn: true });
  const part = partOf(view, 'selected');
  expect(tally(part, decisions)).toMatchObject({ toSend: 2, toAdd: 0, conflicts: 0, newRows: 0 });
  expect(selectionToSend(part, decisions).rows).toEqual(['11', '12']);
});

test('only new rows: their cells go with them, and nothing else', () => {
  const decisions = after({ kind: 'scope', scope: 'new' });
  const part = partOf(view, 'new');
  expect(tally(part, decisions)).toMatchObject({ toSend: 0, toAdd: 1 });
  expect(selectionToSend(part, decisions)).toMatchObject({ rows: ['new:a'], without: [], onlyNew: true });
});

test('a new row can be kept back, a repeat be added, and a refused one neither', () => {
  const decisions = after(...view.newRows.map((one): DecisionEvent => ({ kind: 'turn', row: one })));
  const part = partOf(view, 'all');
  expect(tally(part, decisions)).toMatchObject({ toAdd: 1, held: 1 });
  expect(selectionToSend(part, decisions).rows).toEqual(['new:b', '10', '11', '12', '13']);
});

test('the conflicts of a row are decided together, and only conflicts', () => {
  const ofRow = view.cells.filter(({ rowNumber }) => rowNumber === 2);
  const mine = after({ kind: 'choose', cells: ofRow, choice: 'mine' });
  const part = partOf(view, 'all');
  expect(tally(part, mine)).toMatchObject({ toSend: 3, undecided: 0 });
  expect(choicesToSend(part, mine)).toEqual([{ id: '10', column: 'field.2', choice: 'mine' }]);
  expect(tally(part, decisionsAfter(mine, { kind: 'choose', cells: ofRow, choice: 'theirs' }))).toMatchObject({
    toSend: 2,
    toTake: 1,
  });
});

test('a formula is sent only where its result was agreed to, by itself or with all formulas, never with an edit', () => {
  const one = cell('20', 7, 'formula');
  const other = cell('21', 8, 'formula');
  const conflict = { ...cell('22', 9, 'conflict'), formula: '=A1' };
  const part = { cells: [cell('20', 7, 'pending', 'field.2'), one, other, conflict], newRows: [] };
  expect(tally(part, UNDECIDED)).toMatchObject({ formulas: 2, toSend: 1, held: 0 });
  expect(selectionToSend(part, UNDECIDED).formulas).toEqual([]);

  const single = after({ kind: 'send', cells: [one], isOn: true });
  expect(tally(part, single)).toMatchObject({ toSend: 2 });
  expect(selectionToSend(part, single)).toMatchObject({
    formulas: [{ id: '20', column: 'field.1', mine: 'mine' }],
    without: [],
  });

  const all = after(
    { kind: 'send', cells: [one, other], isOn: true },
    { kind: 'choose', cells: [conflict], choice: 'mine' },
  );
  expect(selectionToSend(part, all).formulas.map(({ id }) => id)).toEqual(['20', '21', '22']);
  expect(decidedTogether(part.cells, 'theirs')).toEqual([]);
});

test('a repeated row that the person wants all the same is named as such', () => {
  const [, repeat] = view.newRows;
  const decisions = after(...(repeat === undefined ? [] : [{ kind: 'turn', row: repeat } as const]));
  expect(selectionToSend(partOf(view, 'all'), decisions)).toMatchObject({ again: ['new:b'] });
});

test('conflicts are decided together, but what clears a value only by itself', () => {
  const emptied = { ...cell('30', 3, 'conflict'), mine: '' };
  const other = cell('31', 4, 'conflict');
  expect(decidedTogether([emptied, other], 'mine')).toEqual([other]);
  expect(decidedTogether([emptied, other], 'theirs')).toEqual([emptied, other]);
});
