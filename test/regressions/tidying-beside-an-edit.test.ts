/**
 * Found by the interference suite: what a person typed into a row that is gone in Affinity, after the question whether it may be deleted
 * was answered, was deleted with it. And where the person deleted that row in the same moment, its neighbour was deleted instead.
 */
import { LIST_IDS } from '../bundle/desktop';
import { FAR, PIPELINE, prepared, Tab } from '../interference/world';
import { agreeing } from '../kill/scenarios';

const TIDY = 'Tidy rows that are gone';

const withGoneRow = () => {
  const desktop = prepared();
  const [, , gone = '', next = ''] = new Tab(desktop).ids;
  desktop.api('DELETE', `/lists/${LIST_IDS.pipeline}/list-entries/${gone}`);
  desktop.clock.advance(3_600_000);
  return { desktop, gone, next };
};

/** Tidies, with an act after the nth last call of this name that there is before the first row is deleted. */
const tidied = (act: (desktop: ReturnType<typeof prepared>, gone: string) => void, member: string, nth: number) => {
  const { desktop, gone, next } = withGoneRow();
  let seen = 0;
  const stop = desktop.google.onServiceCall((call) => {
    if (call.execution.options.kind !== 'menu' || call.member !== member) return;
    seen += 1;
    if (seen === nth) act(desktop, gone);
  });
  agreeing(desktop, TIDY);
  stop();
  expect(seen).toBeGreaterThanOrEqual(nth);
  return { tab: new Tab(desktop), gone, next };
};

test.each([
  ['Amount', 'getNotes', 3],
  ['Amount', 'deleteRow', 1],
  [FAR, 'getNotes', 3],
  [FAR, 'deleteRow', 1],
] as const)('%s typed before %s %i: the row stays, and what was typed with it', (header, member, nth) => {
  const { tab, gone } = tidied(
    (desktop, id) => {
      const { letter, row } = { letter: new Tab(desktop).letter(header), row: new Tab(desktop).row(id) };
      desktop.person().type(PIPELINE, `${letter}${row}`, '55');
    },
    member,
    nth,
  );
  expect(tab.cell(gone, header)).toBe('55');
});

test.each([
  ['getNotes', 3],
  ['getNotes', 4],
  ['deleteRow', 1],
] as const)('the row deleted by a person before %s %i: the next one stays with its notes', (member, nth) => {
  const { tab, gone, next } = tidied(
    (desktop, id) => desktop.person().deleteRows(PIPELINE, new Tab(desktop).row(id), 1),
    member,
    nth,
  );
  expect(tab.ids).toHaveLength(9);
  expect(tab.ids).not.toContain(gone);
  expect(tab.cell(next, FAR)).toBe(`far ${next}`);
});
