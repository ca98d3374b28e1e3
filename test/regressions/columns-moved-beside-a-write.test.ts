/**
 * Found by the interference suite. A status that a flush wrote into the column beside it, because a person had inserted one, was taken
 * back, and the format that came with it was not: a date showed as a number. And where a column was deleted just before the cells were
 * read, all of them seemed edited: an undo left them standing, and the next push would have sent them again.
 */
import { PIPELINE, prepared, Tab } from '../interference/world';
import { agreeing } from '../kill/scenarios';

const REFRESH = 'Refresh from Affinity';

const type = (desktop: ReturnType<typeof prepared>, id: string, header: string, text: string): void => {
  const tab = new Tab(desktop);
  desktop.person().type(PIPELINE, `${tab.letter(header)}${tab.row(id)}`, text);
};

/** Runs a command with an act before each call of this name in turn, in copies of the world. */
const eachTime = (
  world: ReturnType<typeof prepared>,
  command: string,
  member: string,
  act: (desktop: ReturnType<typeof prepared>) => void,
  check: (desktop: ReturnType<typeof prepared>) => void,
): number => {
  for (let nth = 1; ; nth += 1) {
    const desktop = world.copy();
    let seen = 0;
    const stop = desktop.google.onServiceCall((call) => {
      if (call.execution.options.kind !== 'menu' || call.member !== member) return;
      seen += 1;
      if (seen === nth) act(desktop);
    });
    agreeing(desktop, command);
    stop();
    if (seen < nth) return nth - 1;
    check(desktop);
  }
};

test('a status in the wrong column leaves no format behind', () => {
  const world = prepared();
  const tab = new Tab(world);
  const [first = '', second = ''] = tab.with('Amount').filter((id) => tab.cell(id, 'Close Date') !== '');
  world.colleagueSets(first, 'Amount', 987);
  type(world, second, 'Amount', '55');
  world.clock.advance(3_600_000);
  const times = eachTime(
    world,
    REFRESH,
    'flush',
    (desktop) => desktop.person().insertColumns(PIPELINE, 1, 1),
    (desktop) => {
      for (const id of tab.ids) expect(new Tab(desktop).cell(id, 'Close Date')).toBe(tab.cell(id, 'Close Date'));
    },
  );
  expect(times).toBeGreaterThan(2);
});

test('a column deleted before the cells of an undo are read: the others are taken back all the same', () => {
  const world = prepared();
  const tab = new Tab(world);
  const [id = ''] = tab.without('Nickname');
  type(world, id, 'Nickname', 'Zed');
  agreeing(world, 'Push my edits');
  world.clock.advance(3_600_000);
  const times = eachTime(
    world,
    'Undo my last push',
    'getLastColumn',
    (desktop) => desktop.person().deleteColumns(PIPELINE, new Tab(desktop).column('Amount') + 1, 1),
    (desktop) => {
      // Whatever an undo did, what it took back in Affinity is taken back in the sheet.
      const remote = desktop.valueOf(id, 'Nickname');
      expect(new Tab(desktop).cell(id, 'Nickname')).toBe(remote === undefined ? '' : 'Zed');
    },
  );
  expect(times).toBeGreaterThan(0);
  expect(world.valueOf(id, 'Nickname')).toBe('Zed');
});

test('a column inserted while a row is added: no cell of it stays empty', () => {
  const world = prepared();
  const tab = new Tab(world);
  const [id = ''] = tab
    .with('Tags')
    .filter((one) => tab.cell(one, 'Amount') !== '' && tab.cell(one, 'Nickname') !== '');
  world.person().deleteRows(PIPELINE, tab.row(id), 1);
  world.clock.advance(3_600_000);
  const times = eachTime(
    world,
    REFRESH,
    'insertRowsAfter',
    (desktop) => desktop.person().insertColumns(PIPELINE, new Tab(desktop).column('Tags') + 1, 1),
    (desktop) => {
      desktop.clock.advance(200_000);
      agreeing(desktop, REFRESH);
      for (const header of ['Amount', 'Tags', 'Nickname', 'Close Date'])
        expect([header, new Tab(desktop).cell(id, header)]).toEqual([header, tab.cell(id, header)]);
    },
  );
  expect(times).toBe(1);
});
