/** Menu command: deletes rows from the sheet that Affinity has no more. Rows with something of the person's own are asked about apart. */
import { count } from '../sync/runs/count';
import { type Desk, goneRowsOf, tidyRowsOf } from '../sync/runs/desk';
import type { GoneRow } from '../sync/runs/tidy-rows';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { quoted } from './preview-report';

const TITLE = 'Tidy rows that are gone';
/** Rows named in one dialog. */
const SHOWN_ROWS = 20;

const line = ({ rowNumber, rowTitle, beside, unsent }: GoneRow): string =>
  [
    `Row ${rowNumber} ${rowTitle}`,
    ...beside.map(({ header, text }) => `  ${header}: ${quoted(text)}`),
    ...unsent.map(({ header, text }) => `  ${header}, never sent: ${quoted(text)}`),
  ].join('\n');

const listed = (rows: readonly GoneRow[]): string => {
  const more = rows.length > SHOWN_ROWS ? [`… and ${count(rows.length - SHOWN_ROWS, 'row')} more.`] : [];
  return [...rows.slice(0, SHOWN_ROWS).map(line), ...more].join('\n');
};

const hasOwn = ({ beside, unsent }: GoneRow): boolean => beside.length + unsent.length > 0;

export const tidyRowsCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const run = desk.openRun();
    const title = `${TITLE}: ${saved.title}`;
    const { rows, doubt } = goneRowsOf(run, saved.id);
    if (rows.length === 0) {
      desk.ui.say(title, doubt === '' ? 'Affinity has every row of this table.' : doubt);
      return;
    }
    const isAgreed = (some: readonly GoneRow[], about: string): boolean =>
      some.length > 0 &&
      desk.ui.confirm(
        title,
        `${count(some.length, 'row')} no longer in Affinity${about}\n\n${listed(some)}`,
        'ok-cancel',
      ) === 'yes';
    const plain = rows.filter((row) => !hasOwn(row));
    const own = rows.filter(hasOwn);
    const wanted = [
      ...(isAgreed(plain, '. Delete from this sheet?') ? plain : []),
      ...(isAgreed(own, ', with something of your own in it. Delete all the same?') ? own : []),
    ];
    const removed = wanted.length === 0 ? 0 : tidyRowsOf(desk, run, saved.id, wanted);
    desk.ui.say(title, `${count(removed, 'row')} deleted from this sheet. Nothing was changed in Affinity.`);
  });
