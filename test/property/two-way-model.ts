/** A history played in the engine, with what must hold at each of its steps and at its end. */
import { LIST_IDS } from '../../local/affinity';
import { isFormula, sameCell } from '../../src/sync/cells/cell';
import { ID_COLUMN, idIn } from '../../src/sync/row-id';
import { previewPush, pushImport, refreshImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { type Choice, choiceKey } from '../../src/sync/runs/send-rows';
import { openBaseline } from '../../src/sync/state/baseline';
import type { FakeRow } from '../fakes/fake-workbook';
import { type Kept, keptOf, meaning, Sides } from './two-way-sides';
import { HEADERS, type Step, type Typed, VALUES, valueAt } from './two-way-steps';

/** A colleague's edit in the middle of a push, when the block of this number was sent; blocks count from 0. */
interface Meanwhile {
  readonly id: string;
  readonly header: string;
  readonly typed: Typed;
  readonly block: number;
}

export class Divergence extends Error {}

const demand = (isTrue: boolean, sentence: () => string): void => {
  if (!isTrue) throw new Divergence(sentence());
};

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** Cells of a push, by `row id/header`: what Affinity held before and holds after. */
type Sent = Map<string, { readonly old: Kept; readonly new: Kept }>;

export class History extends Sides {
  readonly pushes: { readonly run: string; readonly sent: Sent }[] = [];
  /** Whether rows stand in the opposite order while edits are sent. */
  readonly #isReversed: boolean;

  constructor({ isReversed = false } = {}) {
    super();
    this.#isReversed = isReversed;
  }

  /** Every unsent edit stands in its cell, in the same words, or, where Affinity says the same, in the same meaning. */
  #checkUnsent(settled: ReadonlySet<string> = new Set()): void {
    for (const [name, cell] of this.unsent) {
      const [id = '', header = ''] = name.split('/');
      if (!this.isSingle(id) || settled.has(name)) continue;
      const shown = this.cell(id, header);
      const isThere =
        sameCell(shown, cell) ||
        (!isFormula(cell) && this.verdict(name) === 'same' && meaning(header, shown) === this.kept(id, header));
      demand(isThere, () => `the edit of ${name} was ${show(cell)} and is ${show(shown)}`);
    }
  }

  /** Every formula stands where it was typed. */
  #checkFormulas(): void {
    for (const [name, cell] of this.computed) {
      const [id = '', header = ''] = name.split('/');
      if (!this.isSingle(id)) continue;
      const shown = this.cell(id, header);
      demand(sameCell(shown, cell), () => `the formula of ${name} became ${show(shown)}`);
    }
  }

  /** Rows that both sides agree on show what Affinity has. */
  #checkShown(): void {
    for (const id of this.ids) {
      if (!this.isSingle(id) || this.gone.has(id)) continue;
      for (const header of HEADERS) {
        const name = `${id}/${header}`;
        if (this.unsent.has(name)) continue;
        const shown = this.cell(id, header);
        const kept = this.agreed.get(name);
        const look = this.looks.get(`${header}/${kept}`);
        const isRight =
          kept === undefined
            ? shown === null
            : meaning(header, shown) === kept || (look !== undefined && sameCell(shown, look));
        demand(isRight, () => `${name} holds ${show(kept)} in Affinity and shows ${show(shown)}`);
      }
    }
  }

  refresh(): void {
    const before = this.others();
    const remote = this.everything();
    const rows = this.rows.length;
    refreshImport(this.stage.desk, this.stage.run(), this.importId);
    this.#checkUnsent();
    this.#checkFormulas();
    this.#sameRemote(remote, new Map());
    for (const name of this.overtaken) this.unsent.set(name, this.computed.get(name) ?? null);
    for (const id of this.ids) {
      if (!this.isSingle(id) || this.gone.has(id)) continue;
      for (const header of HEADERS) {
        const name = `${id}/${header}`;
        if (this.unsent.has(name) && this.verdict(name) !== 'same') continue;
        this.unsent.delete(name);
        this.agreed.set(name, this.kept(id, header));
      }
    }
    const added = this.rows.slice(rows).map(({ cells }) => idIn(cells.get(ID_COLUMN) ?? null) ?? '');
    for (const id of added) if (!this.ids.includes(id)) this.ids.push(id);
    for (const id of added) this.agree(id);
    for (const { id } of this.stage.affinity.world.entriesOf(LIST_IDS.pipeline))
      demand(this.rowsOf(String(id)).length > 0, () => `row ${id} is not in the sheet`);
    this.#checkShown();
    const tail = this.rows.splice(rows);
    demand(this.others() === before, () => `a refresh touched what is not ours: ${before} became ${this.others()}`);
    this.rows.push(...tail);
  }

  /** What the engine wrote down as agreed on. */
  baselineOf(name: string): Kept {
    const [id = '', header = ''] = name.split('/');
    const row = openBaseline(this.stage.workbook.state(this.importId)).get(id);
    const value = row?.cells.get(this.columns.get(header) ?? '')?.value;
    if (Array.isArray(value)) return keptOf(value.map(String).sort());
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }

  #sameRemote(before: ReadonlyMap<string, Kept>, expected: ReadonlyMap<string, Kept>): void {
    for (const [name, kept] of before) {
      const [id = '', header = ''] = name.split('/');
      const wanted = expected.has(name) ? expected.get(name) : kept;
      const now = this.kept(id, header);
      demand(now === wanted, () => `${name} should be ${show(wanted)} in Affinity and is ${show(now)}`);
    }
  }

  /** A preview says of each edit what the model says of it, and writes nothing. Gives what formulas show. */
  #checkPreview(): ReadonlyMap<string, string> {
    const book = () =>
      JSON.stringify([
        [...this.stage.workbook.stateRows],
        [...this.stage.store.values],
        this.rows.map(({ cells }) => [...cells]),
      ]);
    const before = book();
    const remote = this.everything();
    const { cells } = previewPush(this.stage.run(), this.importId);
    demand(book() === before, () => 'a preview wrote');
    this.#sameRemote(remote, new Map());
    const said = new Map(cells.map(({ id, column, state }) => [`${id}/${column}`, state]));
    const consents = new Map(
      cells.flatMap(({ id, column, formula, mine }) => (formula === undefined ? [] : [[choiceKey(id, column), mine]])),
    );
    for (const [name, cell] of this.unsent) {
      const [id = '', header = ''] = name.split('/');
      const verdict = this.verdict(name);
      if (!this.isSingle(id) || verdict === 'gone' || verdict === 'same') continue;
      const wanted =
        verdict === 'conflict'
          ? 'conflict'
          : verdict === 'computed'
            ? 'formula'
            : cell === null
              ? 'cleared'
              : 'pending';
      const state = said.get(`${id}/${this.columns.get(header)}`);
      demand(state === wanted, () => `the preview says ${state} of ${name}, which is ${wanted}`);
      said.delete(`${id}/${this.columns.get(header)}`);
    }
    // A preview asks for edited rows only: whether it meets what no refresh has met yet depends on the row's other cells.
    for (const name of this.overtaken) {
      const [id = '', header = ''] = name.split('/');
      const cell = `${id}/${this.columns.get(header)}`;
      if (said.get(cell) === 'conflict') said.delete(cell);
    }
    demand(said.size === 0, () => `the preview shows edits that nobody made: ${[...said.keys()].join(', ')}`);
    return consents;
  }

  /**
   * Sends; `choose` decides conflicts, by name, and `isConsent` sends what formulas show. A colleague's edit `meanwhile`, made when a block of rows was sent, is never written
   * over by a later one.
   */
  push(
    sendClears: boolean,
    choose: (name: string) => Choice | undefined = () => undefined,
    {
      isConsent = false,
      meanwhile = null,
    }: { readonly isConsent?: boolean; readonly meanwhile?: Meanwhile | null } = {},
  ): void {
    const shown = meanwhile === null ? this.#checkPreview() : new Map<string, string>();
    const formulas = isConsent ? shown : new Map<string, string>();
    const others = this.others();
    const before = this.everything();
    const expected = new Map<string, Kept>();
    const sent: Sent = new Map();
    const settled = new Set<string>();
    const choices = new Map<string, Choice>();
    for (const [name, mine] of this.unsent) {
      const [id = '', header = ''] = name.split('/');
      const verdict = this.verdict(name);
      if (!this.isSingle(id) || verdict === 'gone') continue;
      const choice = verdict === 'conflict' ? choose(name) : undefined;
      if (choice !== undefined) choices.set(choiceKey(id, this.columns.get(header) ?? ''), choice);
      if (verdict === 'same' || choice === 'theirs') settled.add(name);
      if (choice === 'theirs') this.computed.delete(name);
      if (!['free', 'both', 'computed'].includes(verdict) && choice !== 'mine') continue;
      // Who decides a conflict for an emptied cell says so of that cell.
      if (mine === null && !sendClears && choice !== 'mine') continue;
      if (isFormula(mine) && !isConsent) continue;
      const goes = verdict === 'both' ? this.together(name) : meaning(header, mine);
      expected.set(name, goes);
      sent.set(name, { old: before.get(name), new: goes });
      settled.add(name);
    }
    const isSentAlready = (name: string): boolean => {
      const [id = '', header = ''] = name.split('/');
      return sent.has(name) && this.kept(id, header) === sent.get(name)?.new;
    };
    /** A cell that was held and could go after the colleague's edit, if its block was still to come; a block that was read holds it. */
    let late: { readonly name: string; readonly old: Kept; readonly goes: Kept } | null = null;
    // What a colleague changed before the cell went out is met by the push like any other change.
    const onEdited = (name: string): void => {
      const [id = '', header = ''] = name.split('/');
      const theirs = this.kept(id, header);
      const wasHeld = !sent.has(name);
      sent.delete(name);
      settled.delete(name);
      expected.set(name, theirs);
      const verdict = this.unsent.has(name) && this.isSingle(id) ? this.verdict(name) : 'conflict';
      if (wasHeld && (verdict === 'same' || verdict === 'both')) {
        late = { name, old: theirs, goes: verdict === 'same' ? theirs : this.together(name) };
        return;
      }
      if (verdict === 'same') settled.add(name);
      if (verdict !== 'both') return;
      expected.set(name, this.together(name));
      sent.set(name, { old: theirs, new: this.together(name) });
      settled.add(name);
    };
    if (this.#isReversed) this.rows.reverse();
    const run = this.stage.run();
    const stop = meanwhile === null ? () => {} : this.#editAt(meanwhile, isSentAlready, expected, onEdited);
    const result = pushImport(this.stage.desk, run, this.importId, { sendClears, choices, formulas });
    stop();
    const held = late as { readonly name: string; readonly old: Kept; readonly goes: Kept } | null; // set in a closure
    if (held !== null && this.baselineOf(held.name) === held.goes) {
      expected.set(held.name, held.goes);
      if (held.goes !== held.old) sent.set(held.name, { old: held.old, new: held.goes });
      settled.add(held.name);
    }
    if (this.#isReversed) this.rows.reverse();
    demand(result.failed === 0 && result.kind === 'done', () => `the push ended ${show(result)}`);
    this.#checkUnsent(settled);
    this.#checkFormulas();
    this.#sameRemote(before, expected);
    demand(this.others() === others, () => `a push touched what is not ours: ${others} became ${this.others()}`);
    for (const name of settled) {
      const [id = '', header = ''] = name.split('/');
      this.unsent.delete(name);
      this.agreed.set(name, sent.has(name) ? sent.get(name)?.new : this.kept(id, header));
    }
    this.#checkShownOf(settled);
    if (sent.size > 0) this.pushes.push({ run: run.id, sent });
  }

  /** Lets a colleague edit a cell when a block of rows was sent; what is given ends it. */
  #editAt(
    { id, header, typed, block }: Meanwhile,
    isSentAlready: (name: string) => boolean,
    expected: Map<string, Kept>,
    onEdited: (name: string) => void,
  ): () => void {
    const { workbook } = this.stage;
    let blocks = 0;
    let isDone = false;
    // Each block ends by telling its rows how it went.
    workbook.before = (call) => {
      if (isDone || call !== 'write') return;
      blocks += 1;
      if (blocks <= block) return;
      isDone = true;
      const name = `${id}/${header}`;
      const wasSent = isSentAlready(name);
      this.colleague(id, header, typed.kept);
      if (wasSent) expected.set(name, keptOf(typed.kept));
      else onEdited(name);
    };
    return () => {
      workbook.before = () => {};
    };
  }

  #checkShownOf(names: ReadonlySet<string>): void {
    for (const name of names) {
      const [id = '', header = ''] = name.split('/');
      const kept = this.agreed.get(name);
      const shown = this.cell(id, header);
      const look = this.looks.get(`${header}/${kept}`);
      const isRight = meaning(header, shown) === kept || (look !== undefined && sameCell(shown, look));
      demand(isRight, () => `${name} was settled as ${show(kept)} and shows ${show(shown)}`);
    }
  }

  #pushMeanwhile(id: string, header: string, typed: Typed | undefined, block: number): void {
    const name = `${id}/${header}`;
    if (typed === undefined || this.gone.has(id)) return;
    // The same cell is edited here, and the row above it, so that there is a block before its own.
    const values = VALUES[header] ?? [];
    this.type(id, header, values[(values.indexOf(typed) + 1) % values.length]?.cell ?? null);
    const above = this.rows[this.rows.indexOf(this.rowsOf(id)[0] as FakeRow) - 1]; // -1 where the row is gone: then there is none
    const aboveId = idIn(above?.cells.get(ID_COLUMN) ?? null);
    if (aboveId !== null && this.ids.includes(aboveId)) this.type(aboveId, header, typed.cell);
    const theirs = keptOf(typed.kept);
    // An edit that says what the person typed, or what both sides agreed on, is no meeting of two edits; nor is one of a cell on which
    // both sides are the same already.
    if (theirs === this.agreed.get(name) || theirs === meaning(header, this.unsent.get(name) ?? null)) return;
    if (this.unsent.has(name) && this.verdict(name) === 'same') return;
    this.push(false, undefined, { meanwhile: { id, header, typed, block } });
  }

  #compute(id: string, header: string, typed: Typed | undefined): void {
    const shows = typed?.cell ?? null;
    if (!isFormula(shows)) this.type(id, header, { formula: '=OTHER!A1', shows });
  }

  undo(): void {
    const [newest] = undoablePushes(this.stage.desk, this.stage.run(), this.importId);
    const index = this.pushes.findLastIndex(({ sent }) => sent.size > 0);
    const push = this.pushes[index];
    demand(newest?.run === push?.run, () => `the last push is ${newest?.run}, not ${push?.run}`);
    if (push === undefined) return;
    const before = this.everything();
    const others = this.others();
    const expected = new Map<string, Kept>();
    const back: Sent = new Map();
    for (const [name, { old, new: now }] of push.sent) {
      const [id = ''] = name.split('/');
      if (this.gone.has(id) || before.get(name) !== now) continue;
      expected.set(name, old);
      back.set(name, { old: now, new: old });
    }
    const run = this.stage.run();
    undoPush(this.stage.desk, run, this.importId, push.run);
    this.#sameRemote(before, expected);
    demand(this.others() === others, () => `an undo touched what is not ours: ${others} became ${this.others()}`);
    for (const [name] of back) {
      const [id = '', header = ''] = name.split('/');
      push.sent.delete(name);
      // For a row that stands twice, or nowhere, nothing is agreed on: the next refresh brings the old value.
      if (!this.isSingle(id)) continue;
      this.agreed.set(name, this.kept(id, header));
      const typed = this.unsent.get(name);
      if (typed !== undefined && meaning(header, typed) === this.agreed.get(name)) this.unsent.delete(name);
      // A formula stays, and its result is an edit again.
      const formula = this.computed.get(name);
      if (formula !== undefined && meaning(header, formula) !== this.agreed.get(name)) this.unsent.set(name, formula);
    }
    this.#checkUnsent();
    this.#checkFormulas();
    if (back.size > 0) this.pushes.push({ run: run.id, sent: back });
  }

  act(next: Step): void {
    const id = 'row' in next ? (this.ids[next.row % this.ids.length] ?? '') : '';
    const header = 'field' in next ? (HEADERS[next.field] ?? '') : '';
    const typed = 'value' in next ? valueAt(header, next.value) : undefined;
    const { rows } = this;
    switch (next.kind) {
      case 'type':
        this.type(id, header, typed?.cell ?? null);
        break;
      case 'meet':
        this.type(id, header, typed?.cell ?? null);
        this.colleague(id, header, valueAt(header, next.theirs)?.kept);
        break;
      case 'compute':
        this.#compute(id, header, typed);
        break;
      case 'recompute':
        if (this.computed.has(`${id}/${header}`)) this.#compute(id, header, typed);
        break;
      case 'clear':
        this.type(id, header, null);
        break;
      case 'colleague':
        this.colleague(id, header, typed?.kept);
        break;
      case 'colleague-clears':
        this.colleague(id, header, undefined);
        break;
      case 'colleague-adds':
        this.colleagueAdds();
        break;
      case 'colleague-removes':
        this.colleagueRemoves(id);
        break;
      case 'reverse':
        rows.reverse();
        break;
      case 'blank-row':
        rows.splice(1, 0, { cells: new Map(), beside: '' });
        break;
      case 'copy-row': {
        const [source] = this.rowsOf(id);
        if (source !== undefined) rows.push({ cells: new Map(source.cells), beside: 'a copy' });
        break;
      }
      case 'delete-copy':
        this.deleteCopies(id);
        break;
      case 'delete-row':
        this.deleteRow(id);
        break;
      case 'rename-header': {
        const { tab } = this.stage;
        const key = this.columns.get(header);
        tab.columns = tab.columns.map((column) =>
          column.key === key ? { ...column, header: `${column.header}!` } : column,
        );
        break;
      }
      case 'rename-tab':
        this.stage.tab.title += '!';
        break;
      case 'refresh':
        this.refresh();
        break;
      case 'push':
        this.push(false);
        break;
      case 'push-clears':
        this.push(true);
        break;
      case 'push-formulas':
        this.push(false, undefined, { isConsent: true });
        break;
      case 'push-meanwhile':
        this.#pushMeanwhile(id, header, typed, next.block);
        break;
      case 'settle':
        // Every other conflict is decided for Affinity; which ones follows from the cell, so that order can't matter.
        this.push(true, (name) => (name.length % 2 === 0 ? 'mine' : 'theirs'), { isConsent: true });
        break;
      case 'undo':
        this.undo();
        break;
    }
  }

  /** Copies are removed, conflicts settled for the sheet, everything sent; then both sides agree and nothing is left to do. */
  finish(): void {
    for (const id of this.ids) this.deleteCopies(id);
    this.refresh();
    this.push(true, () => 'mine', { isConsent: true });
    const { counter } = this.stage.affinity;
    counter.reset();
    const again = refreshImport(this.stage.desk, this.stage.run(), this.importId);
    const isNothing = again.kind === 'done' && again.cellsChanged + again.rowsHeld + again.rowsAdded === 0;
    demand(isNothing, () => `a refresh after all was sent did ${show(again)}`);
    for (const [name] of this.unsent) demand(this.gone.has(name.split('/')[0] ?? ''), () => `${name} was never sent`);
    const left = previewPush(this.stage.run(), this.importId);
    demand(left.cells.length === 0, () => `the plan after its own apply has ${show(left.cells)}`);
    pushImport(this.stage.desk, this.stage.run(), this.importId, { sendClears: true, choices: new Map() });
    demand(counter.read().writes === 0, () => 'the plan after its own apply was sent');
    this.#checkShown();
  }

  /** What both sides hold at the end, whatever the order of the rows. */
  end(): string {
    const rows = this.ids.map((id) => [
      id,
      HEADERS.map((header) => [this.kept(id, header), this.isSingle(id) ? this.cell(id, header) : null]),
    ]);
    return JSON.stringify(rows);
  }
}

/** Plays a history to its end. @throws Divergence */
export const play = (steps: readonly Step[], isReversed = false): string => {
  const history = new History({ isReversed });
  for (const next of steps) history.act(next);
  history.finish();
  return history.end();
};
