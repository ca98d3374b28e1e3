/**
 * Starts installed and simple triggers: clock triggers when they are due, edit and change triggers when a person acts.
 * Every start is an execution of its own, as the trigger's creator. Source: facts sections 4 and 5.
 */
import { AuthMode } from './enums';
import { ScriptFault } from './errors';
import { type ChangeEvent, EditEvent } from './events';
import type { Google, RunOptions, SpreadsheetHandle } from './google';
import { nextDue, type TriggerModel, type TriggerRun } from './trigger-model';
import { wallTime } from './zone';

export class TriggerRunner {
  readonly #google: Google;
  constructor(google: Google) {
    this.#google = google;
  }

  /** Fires clock triggers up to an instant, each at its time; runs take time themselves. */
  fireUntil(end: number): TriggerRun[] {
    const { world } = this.#google;
    const runs: TriggerRun[] = [];
    for (;;) {
      const next = world.triggers
        .filter((trigger) => trigger.next !== null && !trigger.disabled && trigger.next <= end)
        .sort((a, b) => (a.next ?? 0) - (b.next ?? 0))[0];
      if (!next) return runs;
      world.clock.wait(Math.max(0, (next.next ?? 0) - world.clock.now()));
      runs.push(this.#fireClock(next));
    }
  }

  /** Simple `onEdit` for everyone who has it, edit and change triggers for their creators. Failures stay unseen. */
  onPersonsChange(handle: SpreadsheetHandle, user: string, event: EditEvent | ChangeEvent): void {
    const google = this.#google;
    if (event instanceof EditEvent && google.functionNames().includes('onEdit')) {
      const run: RunOptions = { user, spreadsheet: handle, authMode: 'LIMITED', kind: 'simple-trigger' };
      const start = () => {
        const { error } = google.runWith('onEdit', (execution) => [event.for(execution, 'LIMITED', null)], run);
        if (error !== null) google.world.unseenFaults.push(error);
      };
      if (google.world.platform.editEvents === 'after-run') google.whenIdle(start);
      else start();
    }
    const wanted = event instanceof EditEvent ? 'ON_EDIT' : 'ON_CHANGE';
    for (const trigger of [...google.triggers]) {
      if (trigger.event !== wanted || trigger.workbookId !== handle.id || trigger.disabled) continue;
      const run: RunOptions = {
        user: trigger.user,
        spreadsheet: handle,
        authMode: 'FULL',
        kind: 'installable-trigger',
      };
      google.runWith(
        trigger.handler,
        (execution) => [
          event instanceof EditEvent ? event.for(execution, 'FULL', trigger.uid) : event.for(execution, trigger.uid),
        ],
        run,
      );
    }
  }

  #fireClock(trigger: TriggerModel): TriggerRun {
    const { world } = this.#google;
    const workbook = trigger.workbookId === null ? null : (world.workbooks.get(trigger.workbookId) ?? null);
    const startedAt = world.clock.now();
    trigger.next = trigger.schedule ? nextDue(trigger.schedule, startedAt, false) : null;
    const options: RunOptions = {
      user: trigger.user,
      spreadsheet: workbook && { id: workbook.id, workbook },
      authMode: 'FULL',
      kind: 'clock',
    };
    let error: string | null = null;
    try {
      world.quotas.startTrigger(trigger.user);
      error = this.#google.tryRun(trigger.handler, [this.#clockEvent(trigger)], options).error?.message ?? null;
    } catch (fault) {
      if (!(fault instanceof ScriptFault)) throw fault;
      error = fault.message;
    }
    const endedAt = world.clock.now();
    world.quotas.endTrigger(trigger.user, endedAt - startedAt);
    const run = { uid: trigger.uid, handler: trigger.handler, user: trigger.user, startedAt, endedAt, error };
    world.triggerRuns.push(run);
    return run;
  }

  /** Names the time in the script's zone; nothing names the document. */
  #clockEvent(trigger: TriggerModel): Record<string, unknown> {
    const { world } = this.#google;
    const zone = world.scriptTimeZone;
    const wall = new Date(wallTime(zone, world.clock.now()));
    const newYear = Date.UTC(wall.getUTCFullYear(), 0, 1);
    const today = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
    return {
      authMode: AuthMode.FULL,
      triggerUid: trigger.uid,
      timezone: zone,
      year: wall.getUTCFullYear(),
      month: wall.getUTCMonth() + 1,
      'day-of-month': wall.getUTCDate(),
      'day-of-week': wall.getUTCDay() || 7,
      'week-of-year': Math.floor((today - newYear) / (7 * 86_400_000)) + 1,
      hour: wall.getUTCHours(),
      minute: wall.getUTCMinutes(),
      second: wall.getUTCSeconds(),
    };
  }
}
