/**
 * What can go wrong inside an execution, and in whose eyes.
 * A `ScriptFault` is an error of the platform: the script sees it as an `Exception` and may catch it.
 * The others belong to the emulation: a script may swallow them, `google.run` still throws them.
 */

/** An error of the platform with Google's own wording. `name` is what the script's `String(error)` starts with. */
export class ScriptFault extends Error {
  override readonly name: string;
  constructor(message: string, name = 'Exception') {
    super(message);
    this.name = name;
  }
}

/** A member, option or service that this emulation does not know. Reported by name even when the script catches it. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  constructor(what: string) {
    super(`local Google does not support ${what}`);
  }
}

/** Why an execution stopped without its own consent. Its buffered writes are gone. */
export type KillReason = 'deadline' | 'kill-before' | 'kill-after' | 'endless-loop';

/** Thrown by `google.run` when the execution was killed; `message` is what the platform would log. */
export class ExecutionKilled extends Error {
  override readonly name = 'ExecutionKilled';
  readonly reason: KillReason;
  /** Service and member at which it happened, empty for an endless loop. */
  readonly at: string;
  constructor(reason: KillReason, at: string) {
    super(
      reason === 'deadline' || reason === 'endless-loop'
        ? 'Exceeded maximum execution time'
        : `Killed (${reason}) at ${at}`,
    );
    this.reason = reason;
    this.at = at;
  }
}

/** An uncaught error of the script, as a host error: same name and message, the script's own stack beside it. */
export class ScriptError extends Error {
  override readonly name: string;
  readonly scriptStack: string;
  constructor(name: string, message: string, scriptStack: string) {
    super(message);
    this.name = name;
    this.scriptStack = scriptStack;
  }
}

/** Google's sentences, in one place, so that a corrected wording is one edit. Source: facts sections 1 to 10. */
export const texts = {
  tooLongCell: 'Your input contains more than the maximum of 50000 characters in a single cell.',
  outsideGrid: 'The coordinates of the range are outside the dimensions of the sheet.',
  badCoordinates: 'The coordinates or dimensions of the range are invalid.',
  rangeNotFound: 'Range not found',
  tooManyCells: 'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
  allRows: 'Sorry, it is not possible to delete all non-frozen rows.',
  allColumns: 'Sorry, it is not possible to delete all non-frozen columns.',
  freezeAllRows: "You can't freeze all visible rows on the sheet.",
  freezeAllColumns: "You can't freeze all visible columns on the sheet.",
  lastVisibleSheet: "You can't hide all the sheets in a document.",
  lastSheet: "You can't remove all the sheets in a document.",
  tooManyListItems:
    'The data validation rule has more items than the limit of 500. Use the "List from a range" criteria instead.',
  storageDenied: "We're sorry, a server error occurred while reading from storage. Error code PERMISSION_DENIED.",
  authorizationRequired: 'Authorization is required to perform that action.',
  noUi: 'Cannot call SpreadsheetApp.getUi() from this context.',
  lockTimeout: 'Lock timeout: another process was holding the lock for too long.',
  propertyQuota: 'You have exceeded the property storage quota. Please remove some properties and try again.',
  notWhitelisted: 'Request to URL failed because the URL has not been whitelisted in the script manifest.',
  tooManyClockTriggers:
    'This add-on has created too many time-based triggers in this document for this Google user account.',
  tooManyTriggers:
    'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
  tooFrequent: 'The recurrence interval for an Add-on trigger must be at least one hour.',
  tooManyRunning: 'There are too many scripts running simultaneously for this Google user account.',
  triggerTime: 'Service using too much computer time for one day.',
  deadline: 'Exceeded maximum execution time',
  wrongRows: (given: number, wanted: number) =>
    `The number of rows in the data does not match the number of rows in the range. The data has ${given} but the range has ${wanted}.`,
  wrongColumns: (given: number, wanted: number) =>
    `The number of columns in the data does not match the number of columns in the range. The data has ${given} but the range has ${wanted}.`,
  noPermission: (what: string, scopes: readonly string[]) =>
    scopes.length === 0
      ? `You do not have permission to call ${what}.`
      : `You do not have permission to call ${what}. Required permissions: ${scopes.length > 1 ? `(${scopes.join(' || ')})` : scopes[0]}`,
  dayQuota: (service: string) => `Service invoked too many times for one day: ${service}.`,
  sheetExists: (name: string) => `A sheet with the name "${name}" already exists. Please enter another name.`,
  signature: (given: string, member: string) =>
    `The parameters (${given}) don't match the method signature for ${member}.`,
} as const;
