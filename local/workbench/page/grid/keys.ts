/** Keys on the grid, as spreadsheets have them. */
import type { GridDesk } from './desk';
import { at, moved } from './selection';

const extentOf = (desk: GridDesk) => ({
  lastRow: desk.sheet?.lastRow ?? 0,
  lastColumn: desk.sheet?.lastColumn ?? 0,
});

const go = (desk: GridDesk, key: string): void => {
  const { geometry } = desk;
  if (!geometry) return;
  const press = { key, shift: false, control: false, page: 1 };
  const next = moved(at(desk.active), press, geometry, extentOf(desk));
  if (next) desk.select(next);
};

/** Keys while a cell is edited. Answers whether the key was for us. */
const whileEditing = (desk: GridDesk, event: KeyboardEvent): boolean => {
  if (event.isComposing) return false;
  if (event.key === 'Escape') {
    desk.cancel();
    return true;
  }
  if (event.key === 'Enter' && (event.altKey || event.ctrlKey)) {
    const { target } = event;
    if (!(target instanceof HTMLTextAreaElement)) return false;
    target.setRangeText('\n', target.selectionStart, target.selectionEnd, 'end');
    desk.change(target.value);
    return true;
  }
  if (event.key === 'Enter' || event.key === 'Tab') {
    desk.commit();
    const back = event.shiftKey;
    go(desk, event.key === 'Enter' ? (back ? 'ArrowUp' : 'ArrowDown') : back ? 'ArrowLeft' : 'ArrowRight');
    return true;
  }
  if (desk.draft?.isOver && /^Arrow/.test(event.key)) {
    desk.commit();
    go(desk, event.key);
    return true;
  }
  return false;
};

/** Answers whether the key was for the grid. `page`: rows that fit on the screen. */
export const handleKey = (desk: GridDesk, event: KeyboardEvent, page: number): boolean => {
  if (desk.draft) return whileEditing(desk, event);
  const control = event.ctrlKey || event.metaKey;
  const { key } = event;
  const { geometry } = desk;
  if (!geometry) return false;
  const next = moved(desk.selection, { key, shift: event.shiftKey, control, page }, geometry, extentOf(desk));
  if (next) {
    desk.select(next);
    return true;
  }
  if (key === 'Enter' || key === 'F2') {
    desk.begin(null);
    return true;
  }
  if (key === 'Tab') {
    go(desk, event.shiftKey ? 'ArrowLeft' : 'ArrowRight');
    return true;
  }
  if (key === 'Delete' || key === 'Backspace') {
    desk.clear();
    return true;
  }
  if (key === 'Escape') {
    desk.copied = null;
    desk.cancel();
    return true;
  }
  return control && withControl(desk, key.toLowerCase(), event.shiftKey);
};

const withControl = (desk: GridDesk, key: string, shift: boolean): boolean => {
  switch (key) {
    case 'a':
      desk.select({ ...desk.selection, whole: 'all' }, false);
      return true;
    case 'z':
      if (shift) desk.redo();
      else desk.undo();
      return true;
    case 'y':
      desk.redo();
      return true;
    case 'd':
      desk.fillDown(desk.area, 1);
      return true;
    default:
      return false;
  }
};
