/** The demo's analyst: clicks the menu, answers dialogs, reads and types cells. */
import type { DialogAnswer, Google, SpreadsheetHandle } from './google';

export const LIST = 'Deal Pipeline';

/** A button of a dialog, with what is entered above it. */
export type Answer = DialogAnswer | { readonly button: DialogAnswer; readonly text: string };

export class Analyst {
  readonly #google: Google;
  readonly #file: SpreadsheetHandle;
  constructor(google: Google, file: SpreadsheetHandle) {
    this.#google = google;
    this.#file = file;
  }
  /** Chooses a menu item and answers its dialogs; gives the text of the last one. */
  click(caption: string, ...answers: Answer[]): string {
    this.#google.ui.answer(...answers);
    this.#google.clickMenu(caption, { spreadsheet: this.#file });
    const said = this.#google.ui.dialogs.at(-1)?.text ?? '';
    this.#google.ui.clear();
    return said;
  }
  table(tab = LIST): readonly (readonly string[])[] {
    return this.#google.person(this.#file).seesTable(tab);
  }
  tabs(): readonly string[] {
    return this.#google.snapshot(this.#file).sheets.map(({ name }) => name);
  }
  select(a1: string, tab = LIST): void {
    this.#google.person(this.#file).select(tab, a1);
  }
  #at(id: string, header: string, tab: string): string {
    const [heads = [], ...rows] = this.table(tab);
    const column = heads.indexOf(header);
    const row = rows.findIndex((cells) => cells[heads.indexOf('Affinity row ID')] === id);
    if (column < 0 || row < 0) throw new Error(`there is no cell ${header} of row ${id}`);
    const letters = column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(65 + column - 26)}`;
    return `${letters}${row + 2}`;
  }
  type(id: string, header: string, text: string, tab = LIST): void {
    this.#google.person(this.#file).type(tab, this.#at(id, header, tab), text);
  }
  /** Types a row below a table. */
  typeBelow(cells: Readonly<Record<string, string>>, tab: string): void {
    const [heads = [], ...rows] = this.table(tab);
    for (const [header, text] of Object.entries(cells)) {
      const letter = String.fromCharCode(65 + heads.indexOf(header));
      this.#google.person(this.#file).type(tab, `${letter}${rows.length + 2}`, text);
    }
  }
  sees(id: string, header: string, tab = LIST): string {
    return this.#google.person(this.#file).sees(tab, this.#at(id, header, tab));
  }
}
