/**
 * The one table from fault to consequence: what the run does, and what the analyst reads. The engine switches on `action`, never
 * on a class or a message. A code without an entry does not compile; docs/errors.md follows this table.
 */
import { ApiError, type ApiFaultCode } from '../api/errors';
import { ScheduleError, type ScheduleFaultCode, SheetError, type SheetFaultCode } from './ports';

export type FaultCode = ApiFaultCode | SheetFaultCode | ScheduleFaultCode;

/** `pause`: goes on later by itself · `stop`: somebody has to do something · `skip-row`: this row only. */
export type Action = 'pause' | 'stop' | 'skip-row';

export interface Details {
  /** What Affinity said, or which part of the sheet it is about; may be ''. */
  readonly message: string;
  /** A short reference to the log. */
  readonly run: string;
}

interface Policy {
  readonly action: Action;
  /** What happened and what to do, in whole sentences. */
  readonly say: (details: Details) => string;
}

const said = (message: string): string => (message === '' ? '' : ` Affinity says: “${message}”.`);

const refused = (message: string): string => `Affinity refused this.${said(message)}`;

export const policy: { readonly [C in FaultCode]: Policy } = {
  'api/bad-key': {
    action: 'stop',
    say: () =>
      'Affinity did not accept your API key. Choose “Connect to Affinity” in the menu or “Connect” in the sidebar, and enter a valid one.',
  },
  'api/forbidden': {
    action: 'stop',
    say: ({ message }) =>
      `Your Affinity user may not do this.${said(message)} Ask the owner of the list for access, or use another key.`,
  },
  'api/not-found': {
    action: 'stop',
    say: () =>
      'Affinity no longer has this list, or you can’t see it any more. Your sheet was not changed. Ask its owner, or import another list.',
  },
  'api/rejected': {
    action: 'skip-row',
    say: ({ message }) => `${refused(message)} Correct it, then try again.`,
  },
  'api/merged': {
    action: 'skip-row',
    say: ({ message }) =>
      `This record was merged into another one in Affinity.${said(message)} Refresh to get the record that is left.`,
  },
  'api/rate-limited': {
    action: 'pause',
    say: () => 'Affinity asked us to slow down. Try again in a minute: it goes on where it stopped.',
  },
  'api/month-used-up': {
    action: 'stop',
    say: () =>
      'Your firm’s Affinity calls for this month are used up. Nothing more can be read or sent until the month ends or your plan is raised.',
  },
  'api/month-floor': {
    action: 'stop',
    say: () =>
      'Only the calls that you reserved for other programs are left this month. Lower the monthly floor in the sidebar’s settings, or wait for the next month.',
  },
  'api/server-trouble': {
    action: 'pause',
    say: () => 'Affinity is not working properly at the moment. Try again later: it goes on where it stopped.',
  },
  'api/no-answer': {
    action: 'pause',
    say: () => 'Affinity could not be reached. Check your connection and try again: it goes on where it stopped.',
  },
  'api/unreadable-answer': {
    action: 'stop',
    say: ({ run }) =>
      `Affinity sent something that can’t be understood. Your sheet was not changed by it. Try again later; if it stays, report it with the reference ${run}.`,
  },
  'api/platform-quota': {
    action: 'pause',
    say: () =>
      'Google’s number of outside calls for today is used up for your account. Try again tomorrow: it goes on where it stopped.',
  },
  'api/out-of-time': {
    action: 'pause',
    say: () => 'Google gives a run six minutes, and they are over. Try again: it goes on where it stopped.',
  },
  'sheet/tab-gone': {
    action: 'stop',
    say: ({ message }) =>
      `The tab of the import “${message}” was deleted. Undo the deletion, or import the list again. Nothing changed in Affinity.`,
  },
  'sheet/id-column-gone': {
    action: 'stop',
    say: ({ message }) =>
      `On the tab “${message}” the column “Affinity row ID” was deleted, so rows can’t be told apart. Undo the deletion, or import the list again on a new tab.`,
  },
  'sheet/header-gone': {
    action: 'stop',
    say: ({ message }) =>
      `On the tab “${message}” the header row was deleted. Undo the deletion, or import the list again on a new tab.`,
  },
  'sheet/state-gone': {
    action: 'stop',
    say: () =>
      'What this file knew of the import is gone: its hidden sheet was deleted. Undo the deletion, or import the list again.',
  },
  'sheet/state-unreadable': {
    action: 'stop',
    say: ({ run }) =>
      `What this file stored about an import can’t be read. It was changed by hand, or written by a newer version of the add-on. Nothing was changed. Reference ${run}.`,
  },
  'sheet/copied-file': {
    action: 'stop',
    say: ({ message }) =>
      `This file is a copy of another one, so the import “${message}” is not linked here. Choose “Refresh from Affinity” in the menu and say whether to link it.`,
  },
  'sheet/too-large': {
    action: 'stop',
    say: () =>
      'Google allows 10 million cells in a file, and this import would go beyond that. Remove unused tabs, rows or columns, or import fewer fields.',
  },
  'sheet/many-emptied': {
    action: 'stop',
    say: ({ message }) =>
      `Affinity has lost ${message}. That may be a fault, so these cells keep what they show. Check the list in Affinity. To empty them, refresh in the menu or the sidebar and agree.`,
  },
  'sheet/many-gone': {
    action: 'stop',
    say: ({ message }) =>
      `Affinity no longer lists ${message}. That may be a fault, so none of them is marked as gone. Check the list in Affinity. To mark them, refresh in the menu or the sidebar and agree.`,
  },
  'sheet/moving': {
    action: 'pause',
    say: ({ message }) =>
      `On the tab “${message}” rows or columns kept moving while this run looked for their place, so it stopped before it wrote to a wrong one. Try again when nobody sorts or moves them.`,
  },
  'sheet/busy': {
    action: 'stop',
    say: () => 'Another run is at work here. Wait until it is done, then try again.',
  },
  'schedule/not-connected': {
    action: 'stop',
    say: () =>
      'The owner of the schedule is not connected to Affinity. The owner chooses “Connect to Affinity” in the menu, or a colleague takes the schedule over.',
  },
  'schedule/access-declined': {
    action: 'stop',
    say: () =>
      'Google did not let the scheduled run work: a permission was declined or taken back. The owner opens the sidebar and allows what Google asks for.',
  },
  'schedule/triggers-declined': {
    action: 'stop',
    say: () =>
      'Google’s permission to run when nobody is here was declined, so nothing can be scheduled. Open the sidebar again and allow it when Google asks.',
  },
  'schedule/too-many-triggers': {
    action: 'stop',
    say: () =>
      'Google allows each person 20 schedule triggers over all files, and yours are used up. Remove schedules in another file, or let a colleague own this one.',
  },
  'schedule/trigger-gone': {
    action: 'stop',
    say: () =>
      'The trigger of this schedule was removed, so nothing runs by itself. Save the schedule again to restore it.',
  },
  'schedule/silent': {
    action: 'stop',
    say: ({ message }) =>
      `Nothing has run by itself since ${message}. The owner may have left, removed the add-on, or used up Google’s time for triggers. The owner saves the schedule again, or a colleague takes it over.`,
  },
  'schedule/file-unknown': {
    action: 'stop',
    say: () =>
      'Google started the scheduled run without giving it this file, so nothing was read. Refresh by hand, or install the add-on bound to this sheet.',
  },
  'schedule/day-used-up': {
    action: 'pause',
    say: ({ message }) =>
      `Google’s time for scheduled runs is used up for your account for today. They go on by themselves after ${message}.`,
  },
  'schedule/out-of-date': {
    action: 'pause',
    say: () =>
      'The data are out of date: nothing is wrong, but the scheduled runs did not finish in time. They go on every hour. To have it sooner, press “Refresh” or “Go on” in the sidebar and leave it open until it ends. If this comes again, choose a longer time between refreshes.',
  },
  'schedule/defect': {
    action: 'stop',
    say: ({ run }) =>
      `Something unexpected went wrong in a scheduled run. What was done so far is kept. It tries again within the hour; if this stays, report the reference ${run}.`,
  },
};

/** What a fault means for one cell that was being sent. */
export const sayOfCell = (code: ApiFaultCode, details: Details): string => {
  if (code === 'api/not-found') return 'Affinity no longer has this value, field or row. Refresh, then edit it again.';
  if (code === 'api/rejected') return `${refused(details.message)} Change the value and push again.`;
  return policy[code].say(details);
};

/** What a fault means for one row that was being made or removed. */
export const sayOfRow = (code: ApiFaultCode, details: Details): string =>
  code === 'api/not-found'
    ? 'Affinity no longer has what this row is about. Refresh, then try again.'
    : policy[code].say(details);

/** A fault as the analyst reads it. */
export interface Explanation {
  readonly code: FaultCode;
  readonly action: Action;
  readonly text: string;
}

/** Explains a fault of the API or of the sheet; null for anything else, which is a defect of ours. */
export const explain = (fault: unknown, run: string): Explanation | null => {
  if (fault instanceof ApiError) {
    const { code, message } = fault.fault;
    return { code, action: policy[code].action, text: policy[code].say({ message, run }) };
  }
  if (fault instanceof SheetError) {
    const { code, detail } = fault;
    return { code, action: policy[code].action, text: policy[code].say({ message: detail, run }) };
  }
  if (fault instanceof ScheduleError) {
    const { code, detail } = fault;
    return { code, action: policy[code].action, text: policy[code].say({ message: detail, run }) };
  }
  return null;
};
