/** What a case of a rule is, and the words that cases are written in. */
import type { RuleName } from '../../../local/affinity';
import type { Api } from './api';

export interface RuleCase {
  readonly rule: RuleName;
  readonly sentence: string;
  readonly run: (api: Api) => void;
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** The answer as a line, so that a failure shows what came back. */
const line = ({ status, text }: Answered): string => `${status} ${text.slice(0, 200)}`;

export const refused = (reply: Answered, status: number): void =>
  expect(line(reply)).toMatch(new RegExp(`^${status} `));
export const good = (reply: Answered): void => expect(line(reply)).toMatch(/^200 /);
export const ids = (rows: readonly { readonly id: number }[] | undefined): readonly number[] =>
  (rows ?? []).map((row) => row.id);

/** The team of the seeded firm: the admin, the colleague, the guest, and three who have no key. */
export const TEAM = { admin: 40_001, colleague: 40_002, guest: 40_003, other: 40_004 } as const;
/** Persons and organizations that exist in every size of the firm. */
export const EXTERNAL = 40_008;
export const ORGANIZATION = 40_005;
/** An id that nothing has. */
export const NOBODY = 77;

/** The last year of the seed, as interactions are asked for. */
export const YEAR = 'start_time=2025-07-02T00:00:00Z&end_time=2026-07-01T23:00:00Z';

/** External persons with a meeting or call in the last year, and one who never had any contact. */
export const touched = (api: Api): readonly number[] =>
  api
    .get('/persons?with_interaction_dates=true&min_last_event_date=2025-08-01&max_last_event_date=2026-07-01')
    .json.persons.map((one: { id: number }) => one.id);
export const untouched = (api: Api): number => {
  const dated = new Set(ids(api.get('/persons?with_interaction_dates=true').json.persons));
  const all: { id: number; type: number }[] = api.get('/persons').json.persons;
  return all.find((one) => one.type === 0 && !dated.has(one.id))?.id ?? 0;
};
