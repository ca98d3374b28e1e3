/**
 * Time in stages against an independent calculation: for each row, the value of its cell is looked up in the emulator's full history
 * just after every instant at which anything happened, and stays are counted from that. Five seconds.
 */
import fc from 'fast-check';
import { LIST_IDS } from '../../local/affinity';
import { ChangeAction } from '../../src/api/enums';
import { Stage } from '../engine/stage';
import { holds } from './run';

const STATUS = 61_223;
const DAY = 86_400_000;
const WANTED = { title: 'Stages', listId: LIST_IDS.pipeline, fieldId: STATUS };

interface Step {
  readonly row: number;
  readonly at: number;
  readonly id: number;
  readonly stage: number | null;
}

/** The emulator's own record of what happened, past its API. */
const historyOf = ({ affinity: { world } }: Stage): readonly Step[] =>
  world.entriesOf(LIST_IDS.pipeline).flatMap(({ id: row, entity_id, entity_type }) => {
    const owner = world.ownerKeyOf({ list_entry_id: row, entity_type, entity_id });
    const steps = world.changes.of(STATUS, [owner], (change) => change.list_entry_id === row);
    return steps.map(({ id, changed_at, action_type, value }) => ({
      row,
      id,
      at: changed_at,
      stage: action_type === ChangeAction.delete ? null : Number(value),
    }));
  });

/** The stage of a row at an instant: the last step until then. */
const stageAt = (steps: readonly Step[], at: number): number | null => {
  let last: Step | null = null;
  for (const step of steps) {
    const isLater = last === null || step.at > last.at || (step.at === last.at && step.id > last.id);
    if (step.at <= at && isLater) last = step;
  }
  return last?.stage ?? null;
};

interface Stay {
  readonly stage: number;
  readonly entered: number;
  readonly left: number | null;
  readonly isBack: boolean;
}

const staysOf = (steps: readonly Step[], order: readonly number[]): readonly Stay[] => {
  const instants = [...new Set(steps.map(({ at }) => at))].sort((a, b) => a - b);
  const stays: Stay[] = [];
  let previous: number | null = null;
  let lastKnown: number | null = null;
  for (const at of instants) {
    const now = stageAt(steps, at);
    if (now === previous) continue;
    const open = stays.at(-1);
    if (previous !== null && open !== undefined) stays[stays.length - 1] = { ...open, left: at };
    if (now !== null) {
      const isBack = lastKnown !== null && order.indexOf(now) < order.indexOf(lastKnown);
      stays.push({ stage: now, entered: at, left: null, isBack });
      lastKnown = now;
    }
    previous = now;
  }
  return stays;
};

const move = fc.record({
  row: fc.nat(7),
  stage: fc.option(fc.nat(6), { freq: 4 }),
  days: fc.integer({ min: 1, max: 40 }),
});

test('entered, left, days and moves back of every row agree with the full history', () => {
  holds(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      const stage = new Stage({ entries: 8 });
      const { world } = stage.affinity;
      const options = world.fields.get(STATUS)?.dropdown_options ?? [];
      const order = [...options].sort((a, b) => a.rank - b.rank).map(({ id }) => id);
      const entries = world.entriesOf(LIST_IDS.pipeline);
      for (const { row, stage: to, days } of moves) {
        world.clock.advance(days * DAY);
        const entry = entries[row % entries.length];
        if (entry === undefined) continue;
        const client = stage.client();
        const stored = client.fieldValues
          .list({ query: { list_entry_id: entry.id } })
          .find(({ field_id }) => field_id === STATUS);
        const value = to === null ? null : (order[to % order.length] ?? null);
        if (value === null) {
          if (stored !== undefined) client.fieldValues.remove({ path: { field_value_id: stored.id } });
        } else if (stored === undefined) {
          client.fieldValues.create({
            body: { field_id: STATUS, entity_id: entry.entity_id, list_entry_id: entry.id, value },
          });
        } else client.fieldValues.update({ path: { field_value_id: stored.id }, body: { value } });
      }
      world.clock.advance(DAY);
      const now = world.clock.now();
      const history = historyOf(stage);
      const expected = entries.flatMap((entry) =>
        staysOf(
          history.filter(({ row }) => row === entry.id),
          order,
        ).map((stay, index) => ({
          id: `${entry.id}-visit-${index + 1}`,
          stage: options.find(({ id }) => id === stay.stage)?.text,
          days: Math.round(((stay.left ?? now) - stay.entered) / (DAY / 10)) / 10,
          isOpen: stay.left === null,
          back: stay.isBack ? 'Yes' : null,
        })),
      );
      stage.importDataset('stageTimes', WANTED);
      const shown = stage.ids().map((id) => ({
        id,
        stage: stage.cell(id, 'Stage'),
        days: stage.cell(id, 'Days'),
        isOpen: stage.cell(id, 'Left') === null,
        back: stage.cell(id, 'Moved back'),
      }));
      expect(shown.sort((a, b) => a.id.localeCompare(b.id))).toEqual(expected.sort((a, b) => a.id.localeCompare(b.id)));

      stage.importDataset('funnel', WANTED);
      for (const option of options) {
        const rowsIn = new Set(expected.filter((stay) => stay.stage === option.text).map(({ id }) => id.split('-')[0]));
        const present = expected.filter((stay) => stay.stage === option.text && stay.isOpen).length;
        expect(stage.cell(`stage-${option.id}`, 'Rows that were in it')).toBe(rowsIn.size);
        expect(stage.cell(`stage-${option.id}`, 'In it now')).toBe(present);
      }
    }),
    60,
  );
});
