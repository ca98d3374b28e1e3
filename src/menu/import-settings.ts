/** Menu command: what is set for the import in front. */

import type { Desk } from '../sync/runs/desk';
import { changeSettings } from '../sync/runs/import-settings';
import { chooseImport } from './choose-import';
import { guarded } from './guard';

const TITLE = 'Settings of this import';

export const importSettingsCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const title = `${TITLE}: ${saved.title}`;
    const { marks, askAbovePercent } = saved.settings;
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
    const wanted = asked.trim() === '' ? askAbovePercent : Number(asked.replace('%', ''));
    const isShare = Number.isInteger(wanted) && wanted >= 1 && wanted <= 100;
    changeSettings(desk, saved, { marks: colours === 'yes', ...(isShare ? { askAbovePercent: wanted } : {}) });
    desk.ui.say(
      title,
      isShare ? 'Saved.' : `“${asked}” is no whole number from 1 to 100. The share stays ${askAbovePercent}.`,
    );
  });
