/** The demo's second part: notes, reminders and interactions as tables, each read, edited, written from the menu and typed. */
import type { AffinityThread } from './affinity';
import type { Analyst, Answer } from './demo-analyst';
import { drawn, indented, type Say } from './demo-report';

/** Rows of the list whose activity is shown. */
const SHOWN_ROWS = 'B2:B13';

interface Activity {
  readonly command: string;
  /** Answers of the dialogs, the last of which says how it went. */
  readonly answers: readonly Answer[];
  readonly columns: readonly string[];
  /** Header of a cell that is edited, the kind of row where it can be, and what is typed. */
  readonly edit: readonly [header: string, isFit: (row: Readonly<Record<string, string>>) => boolean, text: string];
  readonly write: readonly [command: string, ...answers: Answer[]];
  /** A new row by header, made with what the others say. */
  readonly typed: (rows: readonly Readonly<Record<string, string>>[]) => Readonly<Record<string, string>>;
}

/** Whoever took part in the first one of the rows whose names nobody has to look at twice. */
const namesIn = (rows: readonly Readonly<Record<string, string>>[]): string =>
  rows.map(({ People = '' }) => People).find((names) => /^[\p{L} ;]+$/u.test(names)) ?? '';

const enter = (text: string) => ({ button: 'OK', text }) as const;

/** Stands for the names of those who took part in the first interaction of the table. */
const PARTICIPANTS = enter('');

const ACTIVITIES: Readonly<Record<'notes' | 'reminders' | 'interactions', Activity>> = {
  notes: {
    command: 'Show notes',
    answers: [enter('1'), enter(''), 'OK'],
    columns: ['Affinity row ID', 'Note', 'Author', 'Written', 'Opportunities'],
    edit: ['Note', ({ Kind }) => Kind === 'Text', 'Strong second meeting; ask for the data room.'],
    write: ['Write a note', enter('Bring up at the Monday meeting'), 'OK'],
    typed: (rows) => ({
      Note: 'They hire a head of sales',
      'Reply to note': rows.find((row) => row['Reply to note'] === '')?.['Affinity row ID'] ?? '',
    }),
  },
  reminders: {
    command: 'Show reminders',
    answers: [enter('3'), enter(''), enter(''), enter(''), 'OK'],
    columns: ['Affinity row ID', 'Reminder', 'Due', 'Status', 'Owner'],
    edit: ['Completed', (row) => row.Type === 'One-time' && row.Completed === 'No', 'Yes'],
    write: ['Make a reminder', enter('Ask for the deck'), enter('2027-01-15'), enter(''), 'OK'],
    typed: () => ({ Reminder: 'Stay in touch', 'Starts anew after': 'Meeting', 'Days until due again': '30' }),
  },
  interactions: {
    command: 'Show interactions',
    answers: [enter('1'), enter('2023-03-01 to 2026-06-30'), enter(''), 'OK', 'OK'],
    columns: ['Affinity row ID', 'Date', 'Type', 'Title', 'Opportunity'],
    edit: ['Date', (row) => (row['Logged by'] ?? '') !== '', '2026-05-04 10:30'],
    write: [
      'Log an interaction',
      enter('2'),
      enter('2026-06-29 09:15'),
      PARTICIPANTS,
      enter('Wants to talk in autumn'),
      'OK',
    ],
    typed: (rows) => ({
      Type: 'Call',
      Date: '2026-06-30 09:15',
      People: namesIn(rows),
      'What was said': 'Sends the deck tomorrow',
    }),
  },
};

/** The activity behind some rows as tables: read, one cell edited and pushed, one record written from the menu and one typed. */
export const showActivity = async (analyst: Analyst, affinity: AffinityThread, say: Say) => {
  const figures: Record<string, { readonly read: number; readonly written: number }> = {};
  /** Writes of a resource that Affinity carried out so far. */
  const writesSoFar = async (resource: string): Promise<number> => {
    const { written } = await affinity.control('calls');
    const counts = Object.entries(written).map(([call, count]) => (call.startsWith(`${resource}.`) ? count : 0));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  for (const [name, { command, answers, columns, edit, write, typed }] of Object.entries(ACTIVITIES)) {
    analyst.select(SHOWN_ROWS);
    const before = analyst.tabs();
    const said = analyst.click(`Activity/${command}`, ...answers);
    const tab = analyst.tabs().find((one) => !before.includes(one) && !one.startsWith('_')) ?? '';
    const [heads = [], ...rows] = analyst.table(tab);
    const shown = rows.slice(0, 5).map((row) => columns.map((header) => row[heads.indexOf(header)] ?? ''));
    say('', `${command}: “${tab}”`, indented(said), '', drawn([columns, ...shown], 26));

    const writes = await writesSoFar(name);
    const [header, isFit, text] = edit;
    const known = rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ''])));
    // Which of them Affinity lets be changed is what a preview says; the first that fits is tried, then the next.
    for (const row of known.filter(isFit)) {
      const id = row['Affinity row ID'] ?? '';
      const kept = analyst.sees(id, header, tab);
      analyst.type(id, header, text, tab);
      analyst.select('A1', tab);
      if (/1 edit to send/.test(analyst.click('Preview my edits', 'OK'))) break;
      analyst.type(id, header, kept, tab);
    }
    say('', `Edit one, and push`, indented(analyst.click('Push my edits', 'OK', 'OK')));
    const [writing, ...replies] = write;
    analyst.select('B2');
    const everybody = namesIn(known);
    const filled = replies.map((reply) => (reply === PARTICIPANTS ? enter(everybody) : reply));
    say('', writing, indented(analyst.click(`Activity/${writing}`, ...filled)));
    // And one more by typing it below the table.
    analyst.typeBelow(typed(known), tab);
    analyst.select('A1', tab);
    say('', 'Type a new one below the table, preview, push', indented(analyst.click('Preview my edits', 'OK')));
    say(indented(analyst.click('Push my edits', 'OK', 'OK')));
    figures[name] = {
      read: new Set(known.map((row) => row['Affinity row ID'])).size,
      written: (await writesSoFar(name)) - writes,
    };
  }
  return figures;
};
