/**
 * What a run sees of the world: the answers of its service calls. A person's act between two calls is noticed by the first call that
 * answers otherwise than it would have, or that changes what the act touched.
 *
 * The rule of classes: let an act come before call n, and let m be the first call from n on that
 *  - answers otherwise than in the run without the act, or
 *  - sends waiting writes to the sheet (a flush, or a reading while writes wait), changes the grid at once, or writes a property or to
 *    the cache.
 * Then the run that meets the act before any of the calls n to m is one and the same: up to m every answer is the same, so the script does
 * the same; and none of the calls before m changes what the act reads or writes, which is the sheet, the properties of the file and its
 * cache (writes that wait are seen by nobody but their own execution). So one point of n to m stands for all. Times and the numbers of runs are
 * not compared: an act takes time, and simulated time goes on with it. A test plays random pairs of one class and compares their ends.
 */
import type { CallEffect, ServiceAnswer, ServiceCall } from '../../local/google';
import { withoutTimes } from '../kill/picture';

export interface Answered {
  readonly name: string;
  readonly answer: string;
}

interface Emulated {
  readonly serviceName: string;
}

const isEmulated = (value: unknown): value is Emulated =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Emulated>).serviceName === 'string';

/** The methods of emulated objects that tell which one it is. They take nothing from anybody: none of them counts as a call. */
interface Place {
  getLocationType(): { name(): string };
  getRow(): Telling | null;
  getColumn(): Telling | null;
}

interface Telling {
  getLocation(): Place;
  getId(): number;
  getValue(): string | null;
  getRow(): number;
  getColumn(): number;
  getA1Notation(): string;
  getGridId(): number;
}

const rangeText = (range: Telling): string => `${range.getGridId()}!${range.getA1Notation()}`;

/** A whole row or column is told by its number: how long it is says the size of the grid, which a script asks for by itself. */
const locationText = (location: Place): string => {
  const [row, column] = [location.getRow(), location.getColumn()];
  return `${location.getLocationType().name()} ${row?.getGridId()} ${row?.getRow()} ${column?.getGridId()} ${column?.getColumn()}`;
};

/** Content of what a call gave. Objects that a reading hands out are told by what they stand for, others by their kind alone. */
const contentOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(contentOf);
  if (!isEmulated(value)) return value instanceof Error ? `${value.name}: ${value.message}` : value;
  const telling = value as unknown as Telling; // of these three kinds
  switch (value.serviceName) {
    case 'Range':
      return rangeText(telling);
    case 'DeveloperMetadata':
      return [telling.getId(), telling.getValue(), locationText(telling.getLocation())];
    case 'DeveloperMetadataLocation':
      return locationText(value as unknown as Place); // likewise
    default:
      return value.serviceName;
  }
};

const nameOf = ({ service, member }: ServiceCall): string => `${service}.${member}`;

/** Calls that hand out a whole column or row of a mark: only its number is asked for. */
const isLine = (call: ServiceCall): boolean => call.service === 'DeveloperMetadataLocation';

const resultOf = (call: ServiceCall, result: unknown): unknown => {
  if (!isLine(call) || !isEmulated(result) || result.serviceName !== 'Range') return contentOf(result);
  const line = result as unknown as Telling; // a Range
  return [line.getGridId(), line.getRow(), line.getColumn()];
};

export const answered = (call: ServiceCall, answer: ServiceAnswer): Answered => ({
  name: nameOf(call),
  answer:
    JSON.stringify('thrown' in answer ? ['thrown', contentOf(answer.thrown)] : [resultOf(call, answer.result)]) ?? '',
});

const isSame = (a: Answered, b: Answered): boolean =>
  a.name === b.name && (a.answer === b.answer || withoutTimes(a.answer) === withoutTimes(b.answer));

/** What neither a person nor the edit trigger reads or writes, or does not reach the sheet before a flush. */
const TOUCHES_NOTHING: ReadonlySet<CallEffect> = new Set([
  ...(['navigate', 'pure', 'ui', 'lock', 'fetch', 'trigger', 'mail', 'property-read'] as const),
]);

/** Readings of the cache leave it as it is. */
const isCacheReading = ({ effect, member }: ServiceCall): boolean => effect === 'cache' && member.startsWith('get');

/** Whether an act before this call and one after it may end differently. `waiting`: writes that wait, before and after the call. */
export const meetsAct = (
  call: ServiceCall,
  now: Answered,
  without: Answered | undefined,
  waiting: { readonly before: number; readonly after: number },
): boolean => {
  if (without === undefined || !isSame(now, without)) return true;
  if (TOUCHES_NOTHING.has(call.effect) || isCacheReading(call)) return false;
  if (call.effect === 'read' || call.effect === 'flush') return waiting.before > 0;
  return !(call.effect === 'write' && waiting.after > waiting.before);
};

/** Services that neither an act nor its trigger may use, or the rule would not hold. */
export const OUT_OF_REACH: ReadonlySet<CallEffect> = new Set(['lock', 'fetch', 'ui', 'trigger', 'mail']);
