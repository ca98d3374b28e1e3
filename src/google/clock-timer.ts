/**
 * The person's clock trigger in a file. What differs between an add-on (one trigger a person and file, once an hour at most) and a script
 * that is bound to one sheet (one-shot triggers as well) ends here. Nothing on the platform tells a firing its file, so it is kept with
 * the person's own texts when the trigger is made. Source: apps-script-facts, section 5. Decision: docs/decisions.
 */
import { type PersonalStore, ScheduleError, type Timer } from '../sync/ports';
import { isGranted, SCOPES } from './granted-scopes';

/** The global function that triggers start. */
const HANDLER = 'runSchedules';
const HOURLY = 'timer.';
const ONCE = 'timerOnce.';
const BLIND = 'timerBlind.';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Trigger = GoogleAppsScript.Script.Trigger;

/** A firing of a trigger that this person made with this add-on. */
export interface TimerFiring {
  readonly uid: string;
  /** Asked for between two hours. */
  readonly isExtra: boolean;
}

const uidOf = (event: unknown): string =>
  typeof event === 'object' && event !== null && 'triggerUid' in event ? String(event.triggerUid) : '';

/**
 * What started this execution. Anything else than a trigger of this person is refused: global functions can be called from cells and
 * pages as well. @throws Error
 */
export const readFiring = (event: unknown, store: PersonalStore): TimerFiring => {
  const uid = uidOf(event);
  if (uid === '') throw new Error('This function is for the add-on’s own schedule.');
  if (store.get(HOURLY + uid) !== null) return { uid, isExtra: false };
  if (store.get(ONCE + uid) !== null) return { uid, isExtra: true };
  throw new Error('This function is for the add-on’s own schedule.');
};

/** Notes whether a firing was told its file. */
export const noteSight = (uid: string, store: PersonalStore, hasFile: boolean): void => {
  if (!hasFile) store.set(BLIND + uid, '1');
  else if (store.get(BLIND + uid) !== null) store.remove(BLIND + uid);
};

export const createClockTimer = (spreadsheet: () => Spreadsheet, store: PersonalStore): Timer => {
  /** Looked up once: every import of the file asks. */
  let known: readonly Trigger[] | null = null;
  const own = (): readonly Trigger[] => {
    known ??= ScriptApp.getUserTriggers(spreadsheet()).filter((trigger) => trigger.getHandlerFunction() === HANDLER);
    return known;
  };
  const isOnce = (trigger: Trigger): boolean => store.get(ONCE + trigger.getUniqueId()) !== null;
  const remove = (trigger: Trigger): void => {
    const uid = trigger.getUniqueId();
    ScriptApp.deleteTrigger(trigger);
    known = own().filter((other) => other !== trigger);
    for (const prefix of [HOURLY, ONCE, BLIND]) store.remove(prefix + uid);
  };
  return {
    state() {
      if (!isGranted(SCOPES.triggers)) return 'declined';
      const hourly = own().filter((trigger) => !isOnce(trigger));
      if (hourly.length === 0) return 'missing';
      return hourly.some((trigger) => store.get(BLIND + trigger.getUniqueId()) !== null) ? 'blind' : 'running';
    },
    start() {
      if (!isGranted(SCOPES.triggers)) throw new ScheduleError('schedule/triggers-declined');
      if (own().some((trigger) => !isOnce(trigger))) return;
      try {
        const trigger = ScriptApp.newTrigger(HANDLER).timeBased().everyHours(1).create();
        store.set(HOURLY + trigger.getUniqueId(), spreadsheet().getId());
        known = [...own(), trigger];
      } catch (fault) {
        // Source: apps-script-facts, sections 1 and 5: twenty a person, and one a file.
        if (fault instanceof Error && /too many/i.test(fault.message))
          throw new ScheduleError('schedule/too-many-triggers');
        throw fault;
      }
    },
    stop() {
      if (isGranted(SCOPES.triggers)) for (const trigger of own()) remove(trigger);
    },
    soon(afterMs) {
      if (!isGranted(SCOPES.triggers)) return false;
      for (const trigger of own()) if (isOnce(trigger)) remove(trigger);
      try {
        const trigger = ScriptApp.newTrigger(HANDLER).timeBased().after(Math.ceil(afterMs)).create();
        store.set(ONCE + trigger.getUniqueId(), spreadsheet().getId());
        return true;
      } catch {
        return false; // an add-on has one clock trigger a person and file: the hour goes on with it
      }
    },
  };
};
