/**
 * What a person does with schedules: set, take over, remove. The person who saves a schedule owns it from then on: it runs with their
 * trigger and their key.
 */
import type { SavedImport } from '../state/saved-import';
import {
  type Cadence,
  readSchedule,
  readTick,
  removeSchedule,
  SCHEDULE_VERSION,
  writeSchedule,
  writeTick,
} from '../state/schedule';
import { type Desk, NotConnected, savedImports } from './desk';
import { createReports, reportStatus } from './report-status';
import { isSilent } from './schedule';

/** Whether a schedule of this file is served by this person's trigger. */
const hasSchedule = (desk: Desk, ownerKey: string): boolean =>
  savedImports(desk).some(({ id }) => readSchedule(desk.store, id)?.ownerKey === ownerKey);

/** Takes the person's trigger away when nothing in this file needs it. */
export const stopUnused = (desk: Desk): void => {
  const { key } = desk.unattended.person();
  if (!hasSchedule(desk, key)) desk.unattended.timer.stop();
};

/**
 * Sets, changes or takes over the schedule of an import. The trigger comes first: a schedule that nothing serves is never stored.
 * @throws NotConnected; ScheduleError schedule/triggers-declined, schedule/too-many-triggers
 */
export const setSchedule = (desk: Desk, saved: SavedImport, cadence: Cadence, sendsEdits: boolean): void => {
  if (!desk.connection.isConnected()) throw new NotConnected();
  const { timer, clock } = desk.unattended;
  const { key, email } = desk.unattended.person();
  const now = clock.now();
  // A trigger that is there and does not fire is made anew. Source: apps-script-facts, section 5.
  if (timer.state() !== 'running' || isSilent(readTick(desk.store, key), now)) {
    timer.stop();
    timer.start();
    writeTick(desk.store, key, now);
  }
  const since = new Date(now).toISOString();
  writeSchedule(desk.store, saved.id, {
    version: SCHEDULE_VERSION,
    cadence,
    sendsEdits,
    owner: email,
    ownerKey: key,
    since,
  });
  createReports(desk);
  reportStatus(desk, now);
  desk.workbook().flush();
};

/** Ends the schedule of an import; what was refreshed stays. */
export const endSchedule = (desk: Desk, saved: SavedImport): void => {
  removeSchedule(desk.store, saved.id);
  stopUnused(desk);
  reportStatus(desk, desk.unattended.clock.now());
  desk.workbook().flush();
};
