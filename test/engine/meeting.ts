/** Where a change here meets a change in Affinity: what both sides can do to one row, and what can be asked afterwards. */
import { LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { ID_COLUMN } from '../../src/sync/row-id';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { choiceKey } from '../../src/sync/runs/send-rows';
import { Stage } from './stage';

/** A world with one import and one row that the case is about. */
export class Meeting {
  readonly stage: Stage;
  readonly importId: string;
  readonly list: number;
  readonly id: string;
  readonly before: Cell;

  /** `headers`: the columns of a small table beside the name; null for all. */
  constructor(list: number = LIST_IDS.pipeline, headers: readonly string[] | null = null) {
    this.list = list;
    this.stage = new Stage({ entries: headers === null ? 30 : 6 });
    const { fields } = this.stage.client().lists.get({ path: { list_id: list } });
    const keys = headers?.map((header) => `field.${fields.find(({ name }) => name === header)?.id}`);
    this.importId = this.stage.import(list, keys === undefined ? null : ['entity.name', ...keys]).importId;
    this.id =
      this.stage.ids().find((id) => list !== LIST_IDS.pipeline || this.valueOf('Amount', id) !== undefined) ?? '';
    this.before = list === LIST_IDS.pipeline ? this.cell('Amount') : null;
  }

  cell(header: string, id = this.id): Cell {
    return this.stage.cell(id, header);
  }
  type(header: string, cell: Cell, id = this.id): void {
    this.stage.type(id, header, cell);
  }
  status(id = this.id): string {
    return String(this.cell('Sync status', id) ?? '');
  }
  #fieldOf(header: string): number {
    return Number(this.stage.column(header).slice('field.'.length));
  }
  /** The entity of a row. */
  entity(id = this.id): number {
    return this.stage.affinity.world.entries.get(Number(id))?.entity_id ?? 0;
  }
  /** The stored value of a single cell in Affinity. */
  stored(header: string, id = this.id) {
    return this.stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find(({ field_id }) => field_id === this.#fieldOf(header));
  }
  valueOf(header: string, id = this.id): unknown {
    return this.stored(header, id)?.value;
  }
  /** What the field of a ranked option shows in Affinity. */
  shown(header: string): unknown {
    const value = this.valueOf(header);
    return typeof value === 'object' && value !== null && 'text' in value ? value.text : value;
  }
  colleagueSets(header: string, value: unknown, id = this.id): void {
    const path = { field_value_id: this.stored(header, id)?.id ?? 0 };
    this.stage.colleague().fieldValues.update({ path, body: { value } });
  }
  colleagueClears(header: string): void {
    this.stage.colleague().fieldValues.remove({ path: { field_value_id: this.stored(header)?.id ?? 0 } });
  }
  colleagueRemovesRow(): void {
    this.stage.colleague().listEntries.remove({ path: { list_id: this.list, list_entry_id: Number(this.id) } });
  }
  /** A person deletes the row in the sheet. */
  deleteRow(): void {
    this.stage.tab.rows = this.stage.tab.rows.filter(({ cells }) => String(cells.get(ID_COLUMN)) !== this.id);
  }
  typeRow(cells: Readonly<Record<string, Cell>>) {
    return this.stage.typeRow(cells);
  }
  field(header: string) {
    const field = this.stage.affinity.world.fields.get(this.#fieldOf(header));
    if (field === undefined) throw new Error(`no field ${header}`);
    return field;
  }
  refresh() {
    return refreshImport(this.stage.desk, this.stage.run(), this.importId);
  }
  push(sendClears = false) {
    return pushImport(this.stage.desk, this.stage.run(), this.importId, { sendClears, choices: new Map() });
  }
  #tagValues() {
    return this.stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(this.id) } })
      .filter(({ field_id }) => field_id === this.#fieldOf('Tags'));
  }
  /** The tags of the row in Affinity, in the order of the alphabet. */
  tags(): readonly unknown[] {
    return this.#tagValues()
      .map(({ value }) => value)
      .sort();
  }
  /** The tags that its cell shows, in the same order. */
  tagsShown(): readonly string[] {
    return String(this.cell('Tags') ?? '')
      .split('; ')
      .sort();
  }
  /** Both sides have these tags. */
  agreeOnTags(cell: string): void {
    this.type('Tags', cell);
    this.push();
  }
  colleagueAddsTag(value: string): void {
    const body = { field_id: this.field('Tags').id, entity_id: this.entity(), list_entry_id: Number(this.id), value };
    this.stage.colleague().fieldValues.create({ body });
  }
  colleagueRemovesTag(tag: string): void {
    const path = { field_value_id: this.#tagValues().find(({ value }) => value === tag)?.id ?? 0 };
    this.stage.colleague().fieldValues.remove({ path });
  }
  /** Sends what formulas show, as the preview tells it. */
  pushFormulas() {
    const formulas = new Map(
      this.preview().cells.flatMap(({ id, column, formula, mine }) =>
        formula === undefined ? [] : [[choiceKey(id, column), mine] as const],
      ),
    );
    const options = { sendClears: false, choices: new Map(), formulas };
    return pushImport(this.stage.desk, this.stage.run(), this.importId, options);
  }
  preview() {
    return previewPush(this.stage.run(), this.importId);
  }
}
