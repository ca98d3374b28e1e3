/** Records of one kind by id, in the order in which they came. Seeded ones are made when somebody first looks. */
export class Shelf<T extends { readonly id: number }> {
  readonly #records = new Map<number, T>();
  #seed: (() => Iterable<T>) | null = null;

  /** Says where the first records come from. Nothing is made before somebody looks. */
  seedWith(seed: () => Iterable<T>): void {
    this.#seed = seed;
  }

  #filled(): Map<number, T> {
    const seed = this.#seed;
    if (seed !== null) {
      this.#seed = null;
      for (const record of seed()) this.#records.set(record.id, record);
    }
    return this.#records;
  }

  all(): readonly T[] {
    return [...this.#filled().values()];
  }

  get(id: number): T | undefined {
    return this.#filled().get(id);
  }

  /** Adds a record, or puts it in the place of the one with its id. */
  put(record: T): void {
    this.#filled().set(record.id, record);
  }

  remove(id: number): boolean {
    return this.#filled().delete(id);
  }

  get size(): number {
    return this.#filled().size;
  }
}
