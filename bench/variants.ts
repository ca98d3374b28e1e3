/** Who is measured: the add-on as it is built, and three scripts that a user could have instead. Each does the same three things. */
import fs from 'node:fs';
import path from 'node:path';
import type { BundleSource } from '../local/google';
import type { SelectionView } from '../src/sidebar/rpc';
import { KEY, type Office } from './office';

/** How something ended: `died` when the platform killed it, or when it gave up by itself. */
export interface Ended {
  readonly outcome: 'done' | 'died';
  readonly said: string;
  /** Executions that it took. */
  readonly slices: number;
}

export interface Variant {
  readonly bundle: () => BundleSource;
  /** The tab that the table is on. */
  readonly tab: string;
  /** What a person does once, before anything is measured. */
  connect(office: Office): void;
  /** `limitMs`: how long one execution may take; the platform's six minutes when something is measured. */
  importList(office: Office, limitMs: number): Ended;
  refresh(office: Office, limitMs: number): Ended;
  push(office: Office, limitMs: number): Ended;
}

const LIST = 'Deal Pipeline';
const at = (...parts: readonly string[]): string => path.join(process.cwd(), ...parts);
const manifest = (): object => JSON.parse(fs.readFileSync(at('dist', 'appsscript.json'), 'utf8'));

interface Slice {
  readonly kind: 'done' | 'paused' | 'stopped';
  readonly goesOn: boolean;
  readonly waitMs: number;
  readonly messages: readonly string[];
}

/** Does slice after slice as the sidebar's page does, and waits between them as it is told. */
const inSlices = (office: Office, slice: () => Slice): Ended => {
  for (let slices = 1; ; slices += 1) {
    const { kind, goesOn, waitMs, messages } = slice();
    const said = messages.join(' ');
    if (!goesOn) return { outcome: kind === 'done' ? 'done' : 'died', said, slices };
    office.clock.wait(waitMs);
    if (slices > 100_000) throw new Error(`does not get on: ${said}`);
  }
};

const importIdOf = (office: Office): string => {
  const [first] = office.rpc('state').imports;
  if (first === undefined) throw new Error('there is no import');
  return first.id;
};

/** What was chosen before anything is measured, as a script has its list id written in it. */
const chosen = new WeakMap<Office, { readonly listId: number; readonly columns: readonly string[]; id: string }>();

const ours: Variant = {
  bundle: () => ({
    code: fs.readFileSync(at('dist', 'Code.js'), 'utf8'),
    files: { sidebar: fs.readFileSync(at('dist', 'sidebar.html'), 'utf8') },
    manifest: manifest(),
  }),
  tab: LIST,
  connect(office) {
    office.rpc('connect', KEY);
    const lists = office.rpc('lists');
    const listId = lists.find(({ name }) => name === LIST)?.id ?? 0;
    const columns = office.rpc('columns', listId).map(({ key }) => key);
    chosen.set(office, { listId, columns, id: '' });
  },
  importList(office) {
    const choice = chosen.get(office);
    if (choice === undefined) throw new Error('not connected');
    choice.id = office.rpc('startImport', choice.listId, choice.columns, '');
    return inSlices(office, () => office.rpc('pull', choice.id, 'bench', false));
  },
  refresh(office) {
    const id = chosen.get(office)?.id ?? importIdOf(office);
    return inSlices(office, () => office.rpc('pull', id, 'bench', false));
  },
  push(office) {
    const id = chosen.get(office)?.id ?? importIdOf(office);
    const selection: SelectionView = {
      rows: office.editedRows,
      without: [],
      formulas: [],
      again: [],
      onlyNew: false,
    };
    return inSlices(office, () => ({
      goesOn: false,
      waitMs: 0,
      ...office.rpc('push', id, false, [], selection, 'ticket'),
    }));
  },
};

const ownScript = (file: string): Variant => {
  const run =
    (name: string) =>
    (office: Office, limitMs: number): Ended => {
      const fault = office.start(name, limitMs);
      return { outcome: fault === null ? 'done' : 'died', said: fault?.message ?? '', slices: 1 };
    };
  return {
    bundle: () => ({
      code: ['table.gs', file].map((name) => fs.readFileSync(at('bench', 'variants', name), 'utf8')).join('\n'),
      files: {},
      manifest: manifest(),
    }),
    tab: 'Deals',
    connect: (office) => void office.google.userProperties().set('AFFINITY_KEY', KEY),
    importList: run('importList'),
    refresh: run('refreshList'),
    push: run('pushEdits'),
  };
};

export const variants = {
  ours,
  sequential: ownScript('sequential.gs'),
  fetchAll: ownScript('fetch-all.gs'),
  pages: ownScript('pages.gs'),
} as const satisfies Record<string, Variant>;
export type VariantName = keyof typeof variants;
