/**
 * Where a table's columns stood when their marks were last read: reading them costs some calls a column. It counts only while the header
 * row still looks the same and no mark is missing. Runs that write keep it in the file's properties, so that it lasts; any other reading
 * of the layout stays in the person's cache, for as long as one execution could last.
 */
import type { TableLayout } from './table-layout';

const KEPT_SECONDS = 270;
/** Characters of one property value, with room for the key. Source: apps-script-facts, section 3. */
const PROPERTY_CHARACTERS = 8_000;

export interface LayoutMemory {
  /** What may be true, the likeliest first. */
  read(): Iterable<TableLayout>;
  /** `isLasting`: whether it is kept in the file. */
  write(layout: TableLayout, isLasting: boolean): void;
  forget(): void;
}

/** What can't be read, or is of another tab, tells nothing. */
const decoded = (kept: string | null | undefined, tabId: number): readonly TableLayout[] => {
  try {
    const { tab, ...layout } = JSON.parse(kept ?? '{}'); // written below
    return tab === tabId ? [{ ...layout, columns: new Map(layout.columns) }] : [];
  } catch {
    return [];
  }
};

export const openLayoutMemory = (importId: string, tabId: number): LayoutMemory => {
  const key = `layout1.${importId}`;
  const properties = () => PropertiesService.getDocumentProperties();
  return {
    *read() {
      yield* decoded(properties()?.getProperty(key), tabId);
      yield* decoded(CacheService.getUserCache().get(key), tabId);
    },
    write(layout, isLasting) {
      const text = JSON.stringify({ ...layout, tab: tabId, columns: [...layout.columns] });
      if (isLasting && text.length < PROPERTY_CHARACTERS) properties()?.setProperty(key, text);
      else CacheService.getUserCache().put(key, text, KEPT_SECONDS);
    },
    forget: () => void properties()?.deleteProperty(key),
  };
};
