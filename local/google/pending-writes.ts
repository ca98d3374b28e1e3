/**
 * Writes a script has made that the sheet has not seen yet. They are sent by a flush, by a read of their sheet or by
 * the end of the execution, always in the order they were made; a killed execution loses what is still here.
 */
import { ScriptFault } from './errors';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';

type Pending = { readonly sheet: SheetModel; readonly apply: () => void };
type Growth = { rows: number; columns: number };

export class PendingWrites {
  #queue: Pending[] = [];
  readonly #growth = new Map<SheetModel, Growth>();
  readonly #whole: boolean;
  /** @param whole whether a read of one sheet sends the writes of all sheets */
  constructor(whole: boolean) {
    this.#whole = whole;
  }

  get size(): number {
    return this.#queue.length;
  }

  add(sheet: SheetModel, apply: () => void): void {
    this.#queue.push({ sheet, apply });
  }

  /** Notes rows and columns that pending calls will add or remove, so that bounds are checked against what will be. */
  grow(sheet: SheetModel, rows: number, columns: number): void {
    const growth = this.#growth.get(sheet) ?? { rows: 0, columns: 0 };
    this.#growth.set(sheet, { rows: growth.rows + rows, columns: growth.columns + columns });
  }

  /** Grid size as this execution must see it. */
  sizeOf(sheet: SheetModel): { rows: number; columns: number } {
    const growth = this.#growth.get(sheet);
    return { rows: sheet.maxRows + (growth?.rows ?? 0), columns: sheet.maxColumns + (growth?.columns ?? 0) };
  }

  /** Sends the writes of `scope` (a sheet, a file, or everything). Formulas tie sheets together: then all go. */
  flush(scope: SheetModel | Workbook | null = null): void {
    if (this.#queue.length === 0) return;
    const narrow = scope !== null && 'cells' in scope && !this.#whole && !scope.workbook.hasFormulas;
    const due = narrow ? this.#queue.filter((one) => one.sheet === scope) : this.#queue;
    if (due.length === 0) return;
    this.#queue = narrow ? this.#queue.filter((one) => one.sheet !== scope) : [];
    if (narrow) this.#growth.delete(scope);
    else this.#growth.clear();
    for (const [i, one] of due.entries()) {
      try {
        if (!one.sheet.isAlive) throw new ScriptFault(`Sheet ${one.sheet.id} not found`);
        one.apply();
      } catch (fault) {
        // What follows a failing write was never sent with it; the platform reports the first failure.
        this.#queue = [...due.slice(i + 1), ...this.#queue];
        throw fault;
      }
    }
  }

  drop(): void {
    this.#queue = [];
    this.#growth.clear();
  }
}
