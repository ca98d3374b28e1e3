/**
 * Where a table's columns stood a moment ago, kept in the person's cache: reading their marks costs some calls a column, and a long
 * pull is many executions. It counts for as long as one execution could last, and only while the header row still looks the same.
 */
import type { TableLayout } from './table-layout';

const KEPT_SECONDS = 270;

export interface LayoutMemory {
  read(): TableLayout | null;
  write(layout: TableLayout): void;
}

export const openLayoutMemory = (importId: string, tabId: number): LayoutMemory => {
  const key = `layout1.${importId}.${tabId}`;
  return {
    read() {
      const kept = CacheService.getUserCache().get(key);
      if (kept === null) return null;
      const layout = JSON.parse(kept); // written below
      return { ...layout, columns: new Map(layout.columns) };
    },
    write(layout) {
      CacheService.getUserCache().put(key, JSON.stringify({ ...layout, columns: [...layout.columns] }), KEPT_SECONDS);
    },
  };
};
