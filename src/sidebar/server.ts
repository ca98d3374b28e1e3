/** The server side of the sidebar: as thin as a menu command. Every argument is checked again, since any page script can call. */

import type { Workbook } from '../sync/ports';
import { type Desk, explainFault, refreshImport, savedImports } from '../sync/runs/desk';
import type { Reply, Rpc } from './rpc';

const answered = <T>(desk: Desk, work: () => T): Reply<T> => {
  try {
    return { ok: true, value: work() };
  } catch (fault) {
    return { ok: false, message: explainFault(fault, desk) };
  }
};

const LONGEST_KEY = 500;

export const createSidebarServer = (desk: Desk, workbook: () => Workbook): Rpc => ({
  sidebarStatus: () =>
    answered(desk, () => ({
      isConnected: desk.connection.isConnected(),
      imports: savedImports({ workbook: workbook() }).map(({ id, title, lastPull }) => ({
        id,
        title,
        dataAsOf: lastPull?.dataAsOf ?? null,
        message: lastPull === null ? 'Not loaded yet.' : lastPull.message,
      })),
    })),
  sidebarConnect(key: unknown) {
    if (typeof key !== 'string' || key.trim() === '' || key.length > LONGEST_KEY) {
      return { ok: false, message: 'Paste your Affinity API key first.' };
    }
    return answered(desk, () => {
      const { user, tenant } = desk.connection.connect(key.trim());
      return { firm: tenant.name, person: user.email };
    });
  },
  sidebarRefresh(importId: unknown) {
    return answered(desk, () => {
      const saved = savedImports({ workbook: workbook() }).find(({ id }) => id === importId);
      if (saved === undefined) throw new RangeError('no such import');
      const { rows, cellsChanged, messages } = refreshImport(desk, desk.openRun(), saved.id);
      return messages[0] ?? `${rows} rows read, ${cellsChanged} cells changed.`;
    });
  },
});
