/** What is going while a person works: each scenario prepares a world, runs in it, and has a next run after it. */
import { ExecutionKilled } from '../../local/google';
import { type Desktop, LIST_IDS, letters } from '../bundle/desktop';
import { agreeing } from '../kill/scenarios';
import {
  connected,
  hasTable,
  OWN,
  PIPELINE,
  prepared,
  pullAll,
  rpc,
  type StageOptions,
  startImport,
  Tab,
} from './world';

/** Two rows: one that the run changes, one that it leaves alone. */
export interface Rows {
  readonly changed: string;
  readonly quiet: string;
}

export interface Stage {
  readonly desktop: Desktop;
  readonly rows: Rows;
}

export interface Scenario {
  readonly name: string;
  /** The world before: the same every time, apart from the times of day. */
  readonly prepare: (options: StageOptions) => Stage;
  /** The thing itself; answers its own dialogs, whatever appears. */
  readonly run: (desktop: Desktop) => void;
  /** What people do next, some minutes later. */
  readonly next: readonly string[];
  /** Whether what is removed in Affinity is what the dialog named, whichever rows these are. */
  readonly removesWhatItNames?: boolean;
  /** Whether it changes Affinity. */
  readonly sends: boolean;
  /** Whether it needs a script whose few rows make several pages and blocks. */
  readonly isSmall?: boolean;
}

const REFRESH = 'Refresh from Affinity';
const PUSH = 'Push my edits';
const TIDY = 'Tidy rows that are gone';

const type = (desktop: Desktop, id: string | undefined, header: string, text: string): void => {
  const tab = new Tab(desktop);
  const cell = `${tab.letter(header)}${tab.row(id ?? '')}`;
  if (text === '') desktop.person().clear(PIPELINE, cell);
  else desktop.person().type(PIPELINE, cell, text);
};

/** Updates, a clear, a creation, several values, and a conflict. */
const edited = (options: StageOptions): Stage => {
  const desktop = prepared(options);
  const tab = new Tab(desktop);
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = tab.with('Amount');
  type(desktop, first, 'Amount', '4321');
  type(desktop, second, 'Amount', '4322');
  type(desktop, third, 'Amount', '');
  type(desktop, fourth, 'Amount', '111');
  desktop.colleagueSets(fourth, 'Amount', 222);
  type(desktop, tab.without('Nickname')[0], 'Nickname', 'Zed');
  type(desktop, tab.with('Tags')[0], 'Tags', 'alpha; beta');
  desktop.clock.advance(3_600_000);
  return { desktop, rows: { changed: second, quiet: fifth } };
};

/** As the sidebar drives it: slice after slice. */
const goOn = (desktop: Desktop): void => {
  const [saved] = rpc<{ imports: readonly { id: string }[] }>(desktop, 'state').imports;
  pullAll(desktop, saved?.id ?? '');
};

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'first import',
    sends: false,
    // The rows are known beforehand: these stand on the list.
    prepare(options) {
      const ids = prepared(options);
      const [, changed = '', quiet = ''] = new Tab(ids).with('Amount');
      return { desktop: connected(options), rows: { changed, quiet } };
    },
    run: (desktop) => agreeing(desktop, 'Import a list'),
    next: [REFRESH],
  },
  {
    name: 'import that goes on with its next slice',
    sends: false,
    prepare(options) {
      const desktop = connected(options);
      // An import begins with some rows by itself: this one is killed after the first ones, and goes on with the next slice.
      const stop = desktop.google.onServiceCall(({ member }) =>
        member === 'fetchAll' && hasTable(desktop) && new Tab(desktop).ids.length > 0 ? 'kill-before' : undefined,
      );
      try {
        startImport(desktop);
      } catch (fault) {
        if (!(fault instanceof ExecutionKilled)) throw fault;
      }
      stop();
      const tab = new Tab(desktop);
      if (tab.ids.length === 0 || tab.ids.length === 10) throw new Error(`the first slice has ${tab.ids.length} rows`);
      const person = desktop.person();
      person.type(PIPELINE, `${letters(tab.headers.length)}1`, OWN);
      for (const key of tab.ids) person.type(PIPELINE, `${letters(tab.headers.length)}${tab.row(key)}`, `about ${key}`);
      desktop.clock.advance(3_600_000);
      const [changed = '', quiet = ''] = tab.ids;
      return { desktop, rows: { changed, quiet } };
    },
    run: goOn,
    next: [REFRESH],
    isSmall: true,
  },
  {
    name: 'refresh with remote changes',
    sends: false,
    prepare(options) {
      const desktop = prepared(options);
      const tab = new Tab(desktop);
      const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = tab.with('Amount');
      for (const [index, id] of [first, second, fourth].entries()) desktop.colleagueSets(id, 'Amount', 987 + index);
      desktop.api('POST', '/opportunities', { name: 'Newcomer', list_id: LIST_IDS.pipeline });
      desktop.api('DELETE', `/lists/${LIST_IDS.pipeline}/list-entries/${sixth}`);
      type(desktop, fifth, 'Amount', '55.5');
      desktop.clock.advance(3_600_000);
      return { desktop, rows: { changed: second, quiet: third } };
    },
    run: (desktop) => agreeing(desktop, REFRESH),
    next: [REFRESH],
  },
  {
    name: 'push of updates, a creation, a clear and a conflict',
    sends: true,
    prepare: edited,
    run: (desktop) => agreeing(desktop, PUSH),
    next: [REFRESH, PUSH],
  },
  {
    name: 'push of a new row',
    sends: true,
    prepare(options) {
      const desktop = prepared(options);
      const tab = new Tab(desktop);
      const row = tab.rows.length + 2;
      const person = desktop.person();
      person.type(PIPELINE, `${tab.letter('Name')}${row}`, 'Zephyr Round A');
      person.type(PIPELINE, `${tab.letter('Amount')}${row}`, '77');
      person.type(PIPELINE, `${tab.letter(OWN)}${row}`, 'about the new one');
      const [, changed = '', quiet = ''] = tab.with('Amount');
      type(desktop, changed, 'Amount', '4322');
      desktop.clock.advance(3_600_000);
      return { desktop, rows: { changed, quiet } };
    },
    run: (desktop) => agreeing(desktop, PUSH),
    next: [REFRESH, PUSH],
  },
  {
    name: 'undo',
    sends: true,
    prepare(options) {
      const stage = edited(options);
      agreeing(stage.desktop, PUSH);
      stage.desktop.clock.advance(3_600_000);
      return stage;
    },
    run: (desktop) => agreeing(desktop, 'Undo my last push'),
    next: [REFRESH, 'Undo my last push'],
  },
  {
    name: 'removal of selected rows in Affinity',
    sends: true,
    prepare(options) {
      const desktop = prepared(options);
      const tab = new Tab(desktop);
      const [, changed = '', , quiet = ''] = tab.ids;
      const row = tab.row(changed);
      desktop.person().select(PIPELINE, `A${row}:A${row + 1}`);
      desktop.clock.advance(3_600_000);
      return { desktop, rows: { changed, quiet } };
    },
    run: (desktop) => agreeing(desktop, 'Delete the selected rows in Affinity'),
    next: [REFRESH],
    removesWhatItNames: true,
  },
  {
    name: 'tidying of rows that are gone',
    sends: false,
    prepare(options) {
      const desktop = prepared(options);
      const [, , changed = '', quiet = '', other = ''] = new Tab(desktop).with('Amount');
      for (const id of [changed, other]) desktop.api('DELETE', `/lists/${LIST_IDS.pipeline}/list-entries/${id}`);
      desktop.clock.advance(3_600_000);
      return { desktop, rows: { changed, quiet } };
    },
    run: (desktop) => agreeing(desktop, TIDY),
    // Where the table moved meanwhile, a row may be left standing rather than another one be hit: the next time takes it.
    next: [REFRESH, TIDY],
  },
];
