/** Menu command: what is set for the import in front. */

import type { Desk } from '../sync/runs/desk';
import { changeSettings } from '../sync/runs/import-settings';
import type { ImportSettings } from '../sync/state/saved-import';
import { chooseImport } from './choose-import';
import { guarded } from './guard';

const BLANKS: readonly ImportSettings['blanks'][] = ['ask', 'clear', 'never'];
const TITLE = 'Settings of this import';

export const importSettingsCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const title = `${TITLE}: ${saved.title}`;
    const { marks, askAbovePercent, blanks } = saved.settings;
    const colours = desk.ui.confirm(
      title,
      `Colour cells with an edit that is open (yellow), can’t be sent (orange) or is in conflict (red)? They are ${marks ? '' : 'not '}coloured now.`,
      'yes-no-cancel',
    );
    if (colours === 'cancel') return;
    const asked = desk.ui.ask(
      title,
      `A refresh asks first when it would empty more than a share of a column’s values, or mark more than that share of the rows as gone. Which share, in percent? It is ${askAbovePercent} now; 100 never asks.`,
    );
    if (asked === null) return;
    const word = desk.ui.ask(
      title,
      `When you empty a cell and push: ask (you are asked each time), clear (ticked in the review, unless you untick it) or never (nothing is ever cleared in Affinity). It is “${blanks}” now.`,
    );
    if (word === null) return;
    const chosen = BLANKS.find((one) => one === word.trim().toLowerCase());
    const wanted = asked.trim() === '' ? askAbovePercent : Number(asked.replace('%', ''));
    const isShare = Number.isInteger(wanted) && wanted >= 1 && wanted <= 100;
    changeSettings(desk, saved, {
      marks: colours === 'yes',
      ...(isShare ? { askAbovePercent: wanted } : {}),
      ...(chosen === undefined ? {} : { blanks: chosen }),
    });
    const isWord = chosen !== undefined || word.trim() === '';
    desk.ui.say(
      title,
      [
        isShare ? '' : `“${asked}” is no whole number from 1 to 100. The share stays ${askAbovePercent}.`,
        isWord ? '' : `“${word}” is none of ask, clear and never. Emptied cells stay at “${blanks}”.`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' ') || 'Saved.',
    );
  });
