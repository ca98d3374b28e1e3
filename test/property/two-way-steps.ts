/** The steps of a random history: what a person does in the sheet, what colleagues do in Affinity, and runs in between. */
import fc from 'fast-check';
import { type Cell, dayCell } from '../../src/sync/cells/cell';

export const ENTRIES = 6;

/** A value of a field as a person types it and as the emulated account keeps it (several values: sorted). */
export interface Typed {
  readonly cell: Cell;
  readonly kept: string | number | readonly string[];
}

const typed = (cell: Cell, kept: Typed['kept']): Typed => ({ cell, kept });

/** Fields that both sides edit, one of each kind of merge: number, text, day, option, name, and a set of values. */
export const VALUES: Readonly<Record<string, readonly Typed[]>> = {
  Amount: [typed(1, 1), typed(2.5, 2.5), typed(-3, -3)],
  Nickname: [typed('ace', 'ace'), typed('=1+1', '=1+1'), typed('00123', '00123')],
  'Close Date': ['2026-03-08', '2026-11-01', '2027-01-31'].map((day) => typed(dayCell(day), day)),
  Status: [typed('New', 71_001), typed('Won', 71_006), typed('Passed', 71_007)],
  'Lead Partner': [typed('Maya Lindqvist', 40_001), typed('Grace Oyelaran', 40_003), typed('Henrik Aalto', 40_004)],
  Tags: [
    typed('alpha; beta', ['alpha', 'beta']),
    typed('beta; alpha', ['alpha', 'beta']),
    typed('"x; y"; alpha', ['alpha', 'x; y']),
    typed('gamma; alpha', ['alpha', 'gamma']),
    typed('beta; delta; alpha', ['alpha', 'beta', 'delta']),
  ],
};
export const HEADERS = Object.keys(VALUES);

/** The value of this number, whatever the number. */
export const valueAt = (header: string, index: number): Typed | undefined => {
  const values = VALUES[header] ?? [];
  return values[index % values.length];
};

export type Step =
  | {
      /** `compute`: a formula that shows the value is typed. `recompute`: one that stands there shows it from now on. */
      readonly kind: 'type' | 'colleague' | 'compute' | 'recompute';
      readonly row: number;
      readonly field: number;
      readonly value: number;
    }
  | {
      readonly kind: 'meet';
      readonly row: number;
      readonly field: number;
      readonly value: number;
      readonly theirs: number;
    }
  | { readonly kind: 'clear' | 'colleague-clears'; readonly row: number; readonly field: number }
  | { readonly kind: 'copy-row' | 'delete-copy' | 'delete-row' | 'colleague-removes'; readonly row: number }
  | { readonly kind: 'rename-header'; readonly field: number }
  /** A push during which a colleague edits a cell, when the block of this number was sent. */
  | {
      readonly kind: 'push-meanwhile';
      readonly row: number;
      readonly field: number;
      readonly value: number;
      readonly block: number;
    }
  | {
      readonly kind:
        | 'reverse'
        | 'blank-row'
        | 'rename-tab'
        | 'colleague-adds'
        | 'refresh'
        | 'push'
        | 'push-clears'
        /** Sends what formulas show as well. */
        | 'push-formulas'
        | 'settle'
        | 'undo';
    };

// Most steps fall on few cells: changes that never meet show little.
const row = fc.constantFrom(0, 0, 0, 1, 1, ENTRIES - 1, ENTRIES);
const field = fc.constantFrom(0, 0, 1, 2, 3, 4, 5);
const value = fc.nat(14);
const kinds = <K extends string>(...kind: readonly K[]) => fc.constantFrom(...kind);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ kind: kinds('type'), row, field, value }) },
  { weight: 6, arbitrary: fc.record({ kind: kinds('colleague'), row, field, value }) },
  { weight: 3, arbitrary: fc.record({ kind: kinds('compute', 'recompute', 'recompute'), row, field, value }) },
  { weight: 3, arbitrary: fc.record({ kind: kinds('meet'), row, field, value, theirs: value }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('clear'), row, field }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('colleague-clears'), row, field }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kinds('copy-row', 'delete-copy', 'delete-row', 'colleague-removes'), row }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kinds('rename-header'), field }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('push-meanwhile'), row, field, value, block: fc.nat(2) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: kinds(
        'reverse',
        'blank-row',
        'rename-tab',
        'colleague-adds',
        'refresh',
        'refresh',
        'push',
        'push',
        'push-clears',
        'push-formulas',
        'settle',
        'undo',
      ),
    }),
  },
);

export const history: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 4, maxLength: 20 });
