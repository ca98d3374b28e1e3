/** Routing, generated from the endpoint table: literal path segments win over parameters (`/persons/fields`). */
import type { Endpoint, Table } from '../../src/api/endpoint';

export interface Route {
  /** Resource and call, e.g. `fieldValues.create`. */
  readonly endpoint: string;
  readonly resource: string;
  readonly call: string;
  readonly row: Endpoint;
  readonly segments: readonly string[];
  /** True where the official text shows form-encoded bodies. */
  readonly takesForm: boolean;
}

/** Rows whose official examples send a form. Source: official text, "Create a New Note", "Create a New Webhook Subscription". */
const FORM_ROWS: ReadonlySet<string> = new Set(['POST /notes', 'POST /webhook/subscribe', 'PUT /webhook/{}']);

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** The path with nameless parameters: what two rows must not share. */
const pattern = (row: Endpoint): string => `${row.method} ${row.path.replace(/\{\w+\}/g, '{}')}`;

/** All rows as routes, the most literal first. @throws RangeError for two rows with the same method and path. */
export const routesOf = (table: Table): readonly Route[] => {
  const seen = new Set<string>();
  const routes: Route[] = [];
  for (const [resource, rows] of Object.entries(table)) {
    for (const [call, row] of Object.entries(rows)) {
      const endpoint = `${resource}.${call}`;
      if (seen.has(pattern(row))) throw new RangeError(`${endpoint}: another row has the same method and path`);
      seen.add(pattern(row));
      const segments = row.path.split('/').slice(1);
      routes.push({ endpoint, resource, call, row, segments, takesForm: FORM_ROWS.has(pattern(row)) });
    }
  }
  const parameters = (route: Route): number => route.segments.filter(isParameter).length;
  return routes.sort((a, b) => parameters(a) - parameters(b));
};

export interface Found {
  readonly route: Route;
  /** Path parameters in order, unescaped. */
  readonly parameters: readonly string[];
}

const unescaped = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The route of a request, or null. A known path with another method is as unknown as any: v1 documents no 405. */
export const findRoute = (routes: readonly Route[], method: string, pathname: string): Found | null => {
  const segments = pathname.replace(/\/$/, '').split('/').slice(1).map(unescaped);
  for (const route of routes) {
    if (route.row.method !== method || route.segments.length !== segments.length) continue;
    const fits = route.segments.every((segment, index) => isParameter(segment) || segment === segments[index]);
    if (!fits) continue;
    return { route, parameters: segments.filter((_segment, index) => isParameter(route.segments[index] ?? '')) };
  }
  return null;
};
