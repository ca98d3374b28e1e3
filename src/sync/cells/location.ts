/**
 * Locations (value type 5). Written as `city`, `city, country`, `city, state, country` or `street, city, state, country` where
 * the known parts fit one of these; otherwise with their names, as `city=Paris | country=France`. Source of the parts:
 * official text, "Field Value Value Types" (the four that can be written).
 */
import type { ReadScalar, TextScalar } from './scalar';
import type { Place, Scalar } from './value';

const PARTS = ['street_address', 'city', 'state', 'country', 'continent'] as const;
type Part = (typeof PARTS)[number];
const NAMES: Readonly<Record<string, Part>> = {
  street: 'street_address',
  city: 'city',
  state: 'state',
  country: 'country',
  continent: 'continent',
};

/** The positional forms, by number of parts. */
const FORMS: Readonly<Record<number, readonly Part[]>> = {
  1: ['city'],
  2: ['city', 'country'],
  3: ['city', 'state', 'country'],
  4: ['street_address', 'city', 'state', 'country'],
};

const NOWHERE: Place = { street_address: null, city: null, state: null, country: null, continent: null };

const part = (raw: unknown): string | null => (typeof raw === 'string' && raw.trim() !== '' ? raw : null);

const fromWire = (raw: unknown): Place | null => {
  if (typeof raw !== 'object' || raw === null) return null;
  const given = raw as Readonly<Record<string, unknown>>; // any JSON object
  const place: Place = {
    street_address: part(given.street_address),
    city: part(given.city),
    state: part(given.state),
    country: part(given.country),
    continent: null,
  };
  if (PARTS.some((name) => place[name] !== null)) return place;
  const continent = part(given.continent);
  return continent === null ? null : { ...place, continent };
};

const isPlain = (text: string): boolean => !/[,|=\\]/.test(text) && text.trim() === text;

const named = (place: Place): string =>
  Object.entries(NAMES)
    .filter(([, name]) => place[name] !== null)
    .map(([label, name]) => `${label}=${(place[name] ?? '').replace(/[\\|]/g, '\\$&')}`)
    .join(' | ');

const toText = (scalar: Scalar): string => {
  const place = scalar as Place; // this type's `fromWire` and `fromText` give places only
  const known = PARTS.filter((name) => place[name] !== null);
  const form = FORMS[known.length];
  const fits = form?.every((name, index) => known[index] === name && isPlain(place[name] ?? '')) === true;
  return fits ? known.map((name) => place[name]).join(', ') : named(place);
};

const accepted =
  'Write a place as city, state, country or with a street in front, or by name, such as city=Paris | country=France.';

const readNamed = (text: string): ReadScalar => {
  const found: Record<string, string | null> = {};
  const pieces = text.split(/(?<!\\)\|/);
  for (const [index, whole] of pieces.entries()) {
    // The one blank on each side of a bar belongs to the bar, all others to the part.
    const piece = (index > 0 ? whole.replace(/^ /, '') : whole).replace(index < pieces.length - 1 ? / $/ : /$/, '');
    const at = piece.indexOf('=');
    const name = NAMES[piece.slice(0, Math.max(0, at)).trim().toLowerCase()];
    if (name === undefined) return { ok: false, problem: `this place can't be read. ${accepted}` };
    const value = piece.slice(at + 1).replace(/\\(.)/gs, '$1');
    found[name] = value === '' ? null : value;
  }
  const place = { ...NOWHERE, ...found };
  if (PARTS.every((name) => place[name] === null))
    return { ok: false, problem: `this place can't be read. ${accepted}` };
  const isWritable = PARTS.some((name) => name !== 'continent' && place[name] !== null);
  return { ok: true, scalar: isWritable ? { ...place, continent: null } : place };
};

const fromText = (text: string): ReadScalar => {
  if (text.includes('=')) return readNamed(text);
  const pieces = text.split(',').map((piece) => piece.trim());
  const form = FORMS[pieces.length];
  if (form === undefined || pieces.includes('')) return { ok: false, problem: `this place can't be read. ${accepted}` };
  return { ok: true, scalar: { ...NOWHERE, ...Object.fromEntries(form.map((name, index) => [name, pieces[index]])) } };
};

export const locationScalar: TextScalar = {
  isContextual: false,
  fromWire,
  toWire: (scalar) => {
    const { street_address, city, state, country } = scalar as Place; // see `toText`
    return { street_address, city, state, country };
  },
  toText,
  fromText,
  unsendable: (scalar) => {
    const { continent } = scalar as Place; // see `toText`
    return continent === null ? null : 'a continent alone can’t be sent to Affinity. Write a city or a country.';
  },
};
