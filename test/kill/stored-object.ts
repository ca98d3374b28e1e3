/** Stored objects in one form, for comparison: the order of an object's names says nothing. */

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, inner]) => [name, sorted(inner)]),
      )
    : value;

/** A cell that holds a stored object, with its names in order; any other cell as it is. */
export const keysInOrder = (cell: unknown): unknown => {
  if (typeof cell !== 'string' || !cell.startsWith('{')) return cell;
  try {
    return JSON.stringify(sorted(JSON.parse(cell)));
  } catch {
    return cell; // a long one, cut into several cells
  }
};
