/** Charts of the table in front, drawn anew where somebody deleted them. */
import { chartsOf } from '../datasets/registry';
import { tableInFront } from './activity';
import type { Desk } from './desk';

export const hasCharts = (dataset: string): boolean => chartsOf(dataset).length > 0;

/** How many were drawn; null where the tab in front holds no table that has charts. @throws SheetError */
export const redrawCharts = (desk: Desk): number | null => {
  const front = tableInFront(desk);
  const charts = front === null ? [] : chartsOf(front.saved.dataset);
  if (front === null || charts.length === 0) return null;
  const workbook = desk.workbook();
  const drawn = workbook.drawCharts(front.saved.id, front.saved.tabId, charts);
  workbook.flush();
  return drawn;
};
