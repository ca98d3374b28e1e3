/** What a run is killed in: each scenario prepares a world, does one thing in it, and can do it again. */
import { Desktop, LIST_IDS, letters } from '../bundle/desktop';

export interface Scenario {
  readonly name: string;
  /** The world before: same every time. `code`: the script, where it is not the built one. */
  readonly prepare: (code?: string) => Desktop;
  /** The thing itself; answers its own dialogs, whatever appears. */
  readonly act: (desktop: Desktop) => void;
}

const PIPELINE = 'Deal Pipeline';

/** Says yes to everything, as a person who wants it done; text prompts get the list's name. */
export const agreeing = (desktop: Desktop, caption: string): void => {
  const { ui } = desktop.google;
  const answer = ({ kind, buttons }: { kind: string; buttons: string }) =>
    kind === 'prompt'
      ? { button: 'OK' as const, text: PIPELINE }
      : buttons.startsWith('YES')
        ? ('YES' as const)
        : ('OK' as const);
  ui.answer(...Array.from({ length: 12 }, () => answer));
  try {
    desktop.google.clickMenu(caption, { spreadsheet: desktop.file });
  } finally {
    ui.clear();
  }
};

const connected = (code: string | undefined, entries = 12): Desktop => {
  const desktop = new Desktop({ affinity: { entries }, ...(code === undefined ? {} : { code }) });
  desktop.connect();
  return desktop;
};

const imported = (code?: string): Desktop => {
  const desktop = connected(code);
  desktop.importList();
  return desktop;
};

const filled = (desktop: Desktop, header: string): string[] => {
  const [headers = [], ...rows] = desktop.table();
  return rows.flatMap((row) =>
    row[headers.indexOf(header)] === '' ? [] : [row[headers.indexOf('Affinity row ID')] ?? ''],
  );
};

const empty = (desktop: Desktop, header: string): string[] => {
  const has = new Set(filled(desktop, header));
  return desktop.ids().filter((id) => !has.has(id));
};

const type = (desktop: Desktop, id: string | undefined, header: string, text: string): void => {
  const cell = desktop.at(id ?? '', header);
  if (text === '') desktop.person().clear(PIPELINE, cell);
  else desktop.person().type(PIPELINE, cell, text);
};

/** Somebody clears a single cell in Affinity. */
const removeValue = (desktop: Desktop, id: string, field: string): void => {
  const fields = desktop.api<{ id: number; name: string }[]>('GET', '/fields?list_id=4974');
  const values = desktop.api<{ id: number; field_id: number }[]>('GET', `/field-values?list_entry_id=${id}`);
  const fieldId = fields.find(({ name }) => name === field)?.id;
  const stored = values.find(({ field_id }) => field_id === fieldId);
  if (stored === undefined) throw new Error(`${id} has no ${field}`);
  desktop.api('DELETE', `/field-values/${stored.id}`);
};

/** Updates, creations and clears of single and multiple values, and a conflict. */
const edited = (code?: string): Desktop => {
  const desktop = imported(code);
  const amounts = filled(desktop, 'Amount');
  type(desktop, amounts[0], 'Amount', '4321');
  type(desktop, amounts[1], 'Amount', '');
  type(desktop, amounts[2], 'Amount', '111');
  desktop.colleagueSets(amounts[2] ?? '', 'Amount', 222);
  type(desktop, empty(desktop, 'Nickname')[0], 'Nickname', 'Zed');
  type(desktop, filled(desktop, 'Tags')[0], 'Tags', 'alpha; beta');
  type(desktop, filled(desktop, 'Status')[3], 'Status', 'Won');
  return desktop;
};

const WATCHLIST = 'Partner Watchlist';
const PEOPLE = 'People';

/** A person types rows below a table. */
const typeRows = (desktop: Desktop, tab: string, rows: readonly Readonly<Record<string, string>>[]): void => {
  const [headers = [], ...table] = desktop.table(tab);
  rows.forEach((cells, index) => {
    for (const [header, text] of Object.entries(cells)) {
      const column = letters(headers.indexOf(header));
      desktop.person().type(tab, `${column}${table.length + 2 + index}`, text);
    }
  });
};

/** The website of an organization that is on no list of the two; the same in every world. */
const websiteElsewhere = ({ affinity: { world } }: Desktop): string => {
  const on = new Set([...world.entriesOf(LIST_IDS.watchlist)].map((entry) => entry.entity_id));
  const found = [...world.organizations.values()].find(
    ({ id, domain, isKnown }) => isKnown && domain !== null && !on.has(id),
  );
  return found?.domain ?? '';
};

const newcomers = (
  code: string | undefined,
  tab: string,
  rows: (desktop: Desktop) => readonly Readonly<Record<string, string>>[],
): Desktop => {
  const desktop = connected(code);
  desktop.importList(tab);
  typeRows(desktop, tab, rows(desktop));
  return desktop;
};

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'import',
    prepare: (code) => connected(code),
    // A person whose import died sees it in the sidebar and goes on with it; one that died earlier is imported again.
    act: (desktop) => agreeing(desktop, desktop.imports() === 0 ? 'Import a list' : 'Refresh from Affinity'),
  },
  {
    name: 'refresh with remote changes',
    prepare(code) {
      const desktop = imported(code);
      for (const id of filled(desktop, 'Amount').slice(0, 4)) desktop.colleagueSets(id, 'Amount', 987);
      type(desktop, filled(desktop, 'Amount')[5], 'Amount', '55');
      // Held back until all rows are read.
      for (const id of [filled(desktop, 'Lead Partner')[1], filled(desktop, 'Lead Partner').at(-1)]) {
        removeValue(desktop, id ?? '', 'Lead Partner');
      }
      desktop.api('DELETE', `/lists/4974/list-entries/${desktop.ids()[7]}`);
      return desktop;
    },
    act: (desktop) => agreeing(desktop, 'Refresh from Affinity'),
  },
  {
    name: 'push of updates, creations, clears and a conflict',
    prepare: edited,
    act: (desktop) => agreeing(desktop, 'Push my edits'),
  },
  {
    name: 'undo',
    prepare(code) {
      const desktop = edited(code);
      agreeing(desktop, 'Push my edits');
      return desktop;
    },
    act: (desktop) => agreeing(desktop, 'Undo my last push'),
  },
  {
    name: 'push of new rows: an organization that is there, one that is not, with a value',
    prepare: (code) =>
      newcomers(code, WATCHLIST, (desktop) => [
        { Website: websiteElsewhere(desktop) },
        { Name: 'Zephyr Works', Website: 'zephyr.works', 'Potential Users': '7' },
      ]),
    act: (desktop) => agreeing(desktop, 'Push my edits'),
  },
  {
    name: 'push of new rows: two persons',
    prepare: (code) =>
      newcomers(code, PEOPLE, () => [{ Name: 'Zed Zephyr', Email: 'zed@zephyr.works' }, { Name: 'Zoe Zephyr' }]),
    act: (desktop) => agreeing(desktop, 'Push my edits'),
  },
  {
    name: 'push of new rows: an opportunity with values',
    prepare: (code) => newcomers(code, PIPELINE, () => [{ Name: 'Zephyr Round A', Amount: '5', Status: 'Won' }]),
    act: (desktop) => agreeing(desktop, 'Push my edits'),
  },
  {
    name: 'refresh where somebody added what a person typed',
    prepare: (code) =>
      newcomers(code, PIPELINE, (desktop) => {
        desktop.api('POST', '/opportunities', { name: 'Zephyr Round A', list_id: LIST_IDS.pipeline });
        return [{ Name: 'Zephyr Round A', Amount: '5' }];
      }),
    act: (desktop) => agreeing(desktop, 'Refresh from Affinity'),
  },
  {
    name: 'deletion of selected rows',
    prepare(code) {
      const desktop = imported(code);
      desktop.person().select(PIPELINE, 'A3:A4');
      return desktop;
    },
    act: (desktop) => agreeing(desktop, 'Delete the selected rows in Affinity'),
  },
];
