/**
 * The stage of the interference suite: a table with things of the analyst's own in and beside it, and what people do to it while a
 * run is going. A row is known by the text that the analyst wrote beside it, never by its place.
 */
import type { PlatformSwitches } from '../../local/google/platform';
import { Desktop } from '../bundle/desktop';

export const PIPELINE = 'Deal Pipeline';

const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);

/** A tab as texts. */
export class Tab {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];

  constructor(readonly desktop: Desktop) {
    const [headers = [], ...rows] = desktop.table(PIPELINE);
    this.headers = headers;
    this.rows = rows;
  }

  column(header: string): number {
    const index = this.headers.indexOf(header);
    if (index < 0) throw new Error(`no column ${header}`);
    return index;
  }

  letter(header: string): string {
    return letters(this.column(header));
  }

  get lastLetter(): string {
    return letters(this.headers.length - 1);
  }

  /** Row number of an entry. */
  row(id: string): number {
    const index = this.rows.findIndex((cells) => cells[this.column(ID)] === id);
    if (index < 0) throw new Error(`no row ${id}`);
    return index + 2;
  }

  cell(id: string, header: string): string {
    return this.rows[this.row(id) - 2]?.[this.column(header)] ?? '';
  }

  get ids(): readonly string[] {
    return this.rows.flatMap((cells) => cells[this.column(ID)] || []);
  }
}

export const ID = 'Affinity row ID';
export const OWN = 'My notes';
export const DOUBLE = 'Double';

/** An imported list of 12 with a column of notes in the middle, one of formulas, and one at the far end. */
export const prepared = (platform: Partial<PlatformSwitches> = {}): Desktop => {
  const desktop = new Desktop({ affinity: { entries: 12 }, google: { platform } });
  desktop.connect();
  desktop.importList(PIPELINE);
  const person = desktop.person();
  const start = new Tab(desktop);
  const after = start.column('Amount') + 2;
  person.insertColumns(PIPELINE, after, 2);
  const end = letters(start.headers.length + 2);
  const [own, _double] = [letters(after - 1), letters(after)];
  person.paste(PIPELINE, `${own}1`, [[OWN, DOUBLE]]);
  person.type(PIPELINE, `${end}1`, 'Far');
  const amount = start.letter('Amount');
  person.paste(
    PIPELINE,
    `${own}2`,
    start.rows.map((cells, index) => [
      `about ${cells[start.column(ID)]}`,
      `=IF(${amount}${index + 2}="",0,${amount}${index + 2}*2)`,
    ]),
  );
  person.paste(
    PIPELINE,
    `${end}2`,
    start.rows.map((cells) => [`far ${cells[start.column(ID)]}`]),
  );
  // The paste of formulas is an edit of its own time, long before the run.
  desktop.clock.advance(3_600_000);
  return desktop;
};

/** What each row says that has a note of the analyst's, by that note. */
export const byNote = (desktop: Desktop): ReadonlyMap<string, Readonly<Record<string, string>>> => {
  const tab = new Tab(desktop);
  const own = tab.column(OWN);
  return new Map(
    tab.rows
      .filter((cells) => (cells[own] ?? '') !== '')
      .map((cells) => [
        cells[own] ?? '',
        Object.fromEntries(tab.headers.map((header, at) => [header, cells[at] ?? ''])),
      ]),
  );
};

/** What Affinity has of the list, by entry. */
export const remote = (desktop: Desktop): string =>
  JSON.stringify(
    desktop.control
      .dump({ list_id: 4974, limit: 1000 })
      .entries.map(({ entry, values }) => [
        (entry as { id: number }).id,
        (values as readonly { field_id: number; value: unknown }[])
          .map(({ field_id, value }) => JSON.stringify([field_id, value]))
          .sort(),
      ]),
  );
