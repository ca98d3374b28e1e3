/** What reading a whole list costs, counted as the engine reads it, and how people are told before it begins. Pure. */
import type { PlannedCalls } from '../../api/estimate';
import { importPlan } from '../datasets/list';
import { activityPlan } from '../datasets/list-activity';
import { ROWS_WITHOUT_ESTIMATE } from '../limits';
import type { SavedImport } from '../state/saved-import';
import { executionsOf, minutesOf } from './forecast';

const most = (plan: readonly PlannedCalls[]): number => plan.reduce((sum, part) => sum + part.most, 0);
const least = (plan: readonly PlannedCalls[]): number => plan.reduce((sum, part) => sum + part.least, 0);

/** Whether a list of so many rows is read without a word about the cost. */
export const isShort = (rows: number): boolean => rows <= ROWS_WITHOUT_ESTIMATE;

/** Calls that an import of so many rows takes. */
export const importCalls = (rows: number): number => most(importPlan(rows));

/** Calls that a complete refresh takes; null where it is too short to speak of, or no list. */
export const refreshCalls = ({ dataset, columns, lastPull }: SavedImport): number | null => {
  const rows = lastPull?.rows ?? 0;
  if (dataset !== 'list' || isShort(rows)) return null;
  return importCalls(rows) + least(activityPlan(rows, columns));
};

const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const count = (value: number, noun: string): string => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

/** The cost in words, as part of a sentence. `where`: the sidebar ends an execution with the minute’s calls, the menu with its time. */
export const costWords = (calls: number, where: keyof ReturnType<typeof executionsOf>): string => {
  const minutes = minutesOf(calls);
  const runs = executionsOf(calls)[where];
  const time = minutes === 0 ? 'less than a minute' : count(minutes, 'minute');
  return `about ${count(calls, 'call')}, ${time}${runs > 1 ? `, at least ${number(runs)} runs one after another` : ''}`;
};
