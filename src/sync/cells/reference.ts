/** Persons (value type 0), organizations (1), and the opportunities that notes and reminders hang on: ids in Affinity, names in cells. */
import type { CellContext, NamedKind, Names } from './codec';
import type { TextScalar } from './scalar';

const reference = (kind: NamedKind, names: (context: CellContext) => Names, key: string): TextScalar => ({
  isContextual: true,
  fromWire: (raw) => {
    const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : raw;
    return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
  },
  toWire: (scalar) => scalar,
  toText: (scalar, context) => names(context).label(Number(scalar)),
  fromText: (text, context) => {
    const found = names(context).find(text);
    const shown = text.slice(0, 80);
    switch (found.kind) {
      case 'one':
        return { ok: true, scalar: found.id };
      case 'none':
        return {
          ok: false,
          problem: `Affinity has no ${kind} "${shown}". Write the name or the ${key} as it is in Affinity.`,
        };
      case 'many':
        return {
          ok: false,
          problem: `more than one ${kind} is called "${shown}". Write one of: ${found.labels.slice(0, 5).join(', ')}.`,
        };
    }
  },
  references: kind,
});

export const personScalar = reference('person', (context) => context.persons, 'e-mail address');
export const organizationScalar = reference('organization', (context) => context.organizations, 'domain');
/** Opportunities have no other name than theirs. */
export const opportunityScalar = reference('opportunity', (context) => context.opportunities, 'number, such as #117,');
