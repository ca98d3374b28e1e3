/**
 * What a person did and how to take it back. Only the person's own edits are here: what the add-on writes is not undone, and an
 * undo after it touches no more than the person's edit did.
 */
export interface Edit {
  /** Takes the edit back. */
  readonly undo: () => void;
  readonly redo: () => void;
}

const LONGEST = 200;

export class History {
  #done: Edit[] = [];
  #undone: Edit[] = [];

  get marks(): { readonly canUndo: boolean; readonly canRedo: boolean } {
    return { canUndo: this.#done.length > 0, canRedo: this.#undone.length > 0 };
  }

  note(edit: Edit): void {
    this.#done.push(edit);
    if (this.#done.length > LONGEST) this.#done.shift();
    this.#undone = [];
  }

  undo(): void {
    const edit = this.#done.pop();
    if (!edit) return;
    edit.undo();
    this.#undone.push(edit);
  }

  redo(): void {
    const edit = this.#undone.pop();
    if (!edit) return;
    edit.redo();
    this.#done.push(edit);
  }
}
