/**
 * Found by the interference suite: a row that a person inserts after a run asked how far down the table goes, and before it read that
 * far, pushed the last row out of the reading. A refresh took it for new and added it a second time. Close by: rows inserted or deleted
 * in the moment in which a new row is added made its formulas stay away, or those of the row above speak of another row.
 */
import { LIST_IDS } from '../bundle/desktop';
import { DOUBLE, PIPELINE, prepared, Tab } from '../interference/world';
import { agreeing } from '../kill/scenarios';

const ACTS = {
  'a row inserted at the top': (rows: number) => ({ at: 2, rows }),
  'a row inserted above the last one': (rows: number) => ({ at: rows + 1, rows }),
} as const;

const withNewcomer = () => {
  const desktop = prepared();
  desktop.api('POST', '/opportunities', { name: 'Newcomer', list_id: LIST_IDS.pipeline });
  desktop.clock.advance(3_600_000);
  return desktop;
};

const world = withNewcomer();

const check = (desktop: typeof world): void => {
  const tab = new Tab(desktop);
  expect(new Set(tab.ids).size).toBe(tab.ids.length);
  expect(tab.ids).toHaveLength(11);
  for (const id of tab.ids)
    expect([id, tab.cell(id, DOUBLE)]).toEqual([id, String(Number(tab.cell(id, 'Amount')) * 2)]);
};

/** Refreshes with the act before the call after the nth one of this name; false when there are fewer. */
const refreshed = (member: string, nth: number, act: (desktop: typeof world) => void): boolean => {
  const desktop = world.copy();
  let seen = 0;
  let isNext = false;
  let hasActed = false;
  const stop = desktop.google.onServiceCall((call) => {
    if (isNext && !hasActed) {
      hasActed = true;
      act(desktop);
    }
    if (call.member === member) seen += 1;
    isNext = seen >= nth;
  });
  agreeing(desktop, 'Refresh from Affinity');
  stop();
  // A deleted row comes back with the next refresh.
  desktop.clock.advance(200_000);
  agreeing(desktop, 'Refresh from Affinity');
  if (hasActed) check(desktop);
  return hasActed;
};

test.each(Object.entries(ACTS))('%s each time that a refresh asked how far down the table goes', (_name, place) => {
  let nth = 1;
  const act = (desktop: typeof world) => {
    const { at } = place(new Tab(desktop).rows.length);
    desktop.person().insertRows(PIPELINE, at, 1);
  };
  while (refreshed('getLastRow', nth, act)) nth += 1;
  expect(nth).toBeGreaterThan(4);
});

test.each(Object.entries(ACTS))('%s in each step of adding a row', (_name, place) => {
  for (const member of ['insertRowsAfter', 'copyTo']) {
    refreshed(member, 1, (desktop) => {
      const { at } = place(new Tab(desktop).rows.length);
      desktop.person().insertRows(PIPELINE, at, 1);
    });
  }
});

test('a row deleted before the end of the table is read: the new row has the formulas all the same', () => {
  for (let nth = 1; ; nth += 1) {
    const goes = refreshed('getLastColumn', nth, (desktop) => {
      const tab = new Tab(desktop);
      desktop.person().deleteRows(PIPELINE, tab.rows.length - 1, 1);
    });
    if (!goes) break;
  }
});
