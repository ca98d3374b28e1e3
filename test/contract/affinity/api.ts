/** A plain caller of the emulator for the contract suite: no client, no retries, just requests and what came back. */
import {
  Affinity,
  type AffinityOptions,
  type Control,
  createControl,
  LIST_IDS,
  SEED_NOW,
  simulatedClock,
} from '../../../local/affinity';

export const KEYS = {
  admin: 'northlight-admin-key',
  colleague: 'northlight-colleague-key',
  guest: 'northlight-guest-key',
} as const;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the suite reads answers as a caller without types would
  readonly json: any;
}

interface Sent {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The emulator in process with a simulated clock, and calls to it. */
export const startApi = (options: AffinityOptions = {}) => {
  const affinity = new Affinity({ entries: 60, clock: simulatedClock(SEED_NOW), ...options });
  const carry: Carry = (method, url, headers, body) => {
    try {
      const { answer } = affinity.exchange({ method, url: BASE + url, headers, body });
      if ('noAnswer' in answer) return { status: 0, headers: {}, text: '' };
      return { status: answer.status, headers: answer.headers, text: answer.body };
    } catch (fault) {
      // With a rule switched off a handler may get what it was never made for: over HTTP that is a 500.
      if (options.rulesOff === undefined) throw fault;
      return { status: 500, headers: {}, text: String(fault) };
    }
  };
  return { affinity, ...callsOver(carry, createControl(affinity)) };
};

const BASE = 'https://api.affinity.co';

/** Takes one request to the emulator and brings the answer; status 0 is none. Redirects are not followed. */
export type Carry = (
  method: Method,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | null,
) => { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Calls and shortcuts over whatever carries them. */
export const callsOver = (carry: Carry, control: Control) => {
  const send = (method: Method, path: string, sent: Sent = {}): Reply => {
    const { key = KEYS.admin, body, headers = {} } = sent;
    const all = {
      ...(key === null ? {} : { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const content = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = carry(method, path, all, content);
    return { ...answer, json: parsed(answer.text) };
  };
  const get = (path: string, key?: string | null) => send('GET', path, key === undefined ? {} : { key });
  const post = (path: string, body: unknown, key?: string) =>
    send('POST', path, key === undefined ? { body } : { body, key });
  const put = (path: string, body: unknown, key?: string) =>
    send('PUT', path, key === undefined ? { body } : { body, key });
  const remove = (path: string, key?: string) => send('DELETE', path, key === undefined ? {} : { key });

  /** The newest entries of a list. */
  const entries = (listId: number) => get(`/lists/${listId}/list-entries`).json;
  /** A cell of a list-specific field, emptied: what a POST to it must name. */
  const emptyCell = (fieldId: number, listId: number = LIST_IDS.pipeline) => {
    const entry = entries(listId)[0];
    const values = get(`/field-values?list_entry_id=${entry.id}`).json;
    for (const value of values) if (value.field_id === fieldId) remove(`/field-values/${value.id}`);
    return { field_id: fieldId, entity_id: entry.entity_id as number, list_entry_id: entry.id as number };
  };
  return { control, send, get, post, put, remove, entries, emptyCell };
};

/** What a case of a rule needs: the emulator in process and over HTTP both have it. */
export type Api = ReturnType<typeof callsOver>;

/** Fields of the seeded firm by what they are. */
export const FIELDS = {
  status: 61_223,
  priority: 61_230,
  owners: 61_224,
  amount: 61_225,
  leadPartner: 61_241,
  leadInvestor: 61_240,
  sector: 61_231,
  themes: 61_238,
  nickname: 61_237,
  closeDate: 61_234,
  headquarters: 61_235,
  dealMemo: 61_242,
  companyStatus: 62_011,
  companyNextStep: 62_016,
  personUseCase: 125,
  personLocation: 337,
  personAddress: 1615,
  organizationUsers: 662,
  organizationTotalFunding: 706,
  organizationDescription: 704,
} as const;

export { LIST_IDS };
