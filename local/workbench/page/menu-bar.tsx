/** The menu bar: the spreadsheet's own menus and, under Extensions, the add-on's as its `onOpen` built it. */
import { useRef, useState } from 'preact/hooks';
import type { MenuItemView } from '../protocol';
import type { Action, Actions } from './actions';
import { type Entry, MenuList } from './menu-list';
import type { Store } from './store';

export const entryOf = ({ label, keys, isOff, run }: Action): Entry => ({ kind: 'item', label, keys, isOff, run });
const LINE: Entry = { kind: 'separator' };

const addOnEntries = (store: Store, items: readonly MenuItemView[]): Entry[] =>
  items.map((item) => {
    if (item.kind === 'separator') return LINE;
    if (item.kind === 'menu') return { kind: 'menu', label: item.caption, items: addOnEntries(store, item.items) };
    return { kind: 'item', label: item.caption, run: () => store.runMenu(item.functionName) };
  });

const menusOf = (store: Store, actions: Actions): { readonly label: string; readonly entries: readonly Entry[] }[] => {
  const all = (...names: (keyof Actions | '-')[]): Entry[] =>
    names.map((name) => (name === '-' ? LINE : entryOf(actions[name])));
  const addOns = store.menus.filter(({ isAddOn }) => isAddOn);
  const own = store.menus.filter(({ isAddOn }) => !isAddOn);
  const extensions: Entry[] = addOns.map(({ caption, items }) => ({
    kind: 'menu',
    label: caption === '' ? (store.state?.addOnName ?? '') : caption,
    items: addOnEntries(store, items),
  }));
  return [
    { label: 'Edit', entries: all('undo', 'redo', '-', 'cut', 'copy', 'paste', '-', 'fillDown', 'clear') },
    {
      label: 'View',
      entries: all('freezeHere', 'freezeColumnsHere', 'unfreeze', '-', 'hideRows', 'hideColumns', 'unhide'),
    },
    {
      label: 'Insert',
      entries: all('rowsAbove', 'rowsBelow', 'columnsLeft', 'columnsRight', '-', 'note'),
    },
    { label: 'Format', entries: all('bold', 'mark', 'unmark') },
    {
      label: 'Data',
      entries: all(
        'sortUp',
        'sortDown',
        '-',
        'moveRowsUp',
        'moveRowsDown',
        'moveColumnsLeft',
        'moveColumnsRight',
        '-',
        'deleteRows',
        'deleteColumns',
      ),
    },
    ...own.map(({ caption, items }) => ({ label: caption, entries: addOnEntries(store, items) })),
    {
      label: 'Extensions',
      entries: extensions.length > 0 ? extensions : [{ kind: 'item', label: 'Starting…', isOff: true, run: () => {} }],
    },
  ];
};

interface MenuBarProps {
  readonly store: Store;
  readonly actions: Actions;
  readonly onDone: () => void;
}

export const MenuBar = ({ store, actions, onDone }: MenuBarProps) => {
  const bar = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<{ index: number; x: number; y: number } | null>(null);
  const menus = menusOf(store, actions);
  const buttons = (): HTMLButtonElement[] => [
    ...(bar.current?.querySelectorAll<HTMLButtonElement>(':scope > button') ?? []),
  ];
  const show = (index: number): void => {
    const box = buttons()[index]?.getBoundingClientRect();
    if (box) setOpen({ index, x: box.left, y: box.bottom + 2 });
  };
  const aside = (by: 1 | -1, index: number): number => (index + by + menus.length) % menus.length;
  const current = open === null ? null : menus[open.index];
  return (
    <>
      <div class="menu-bar" role="menubar" aria-label="Menus" ref={bar}>
        {menus.map(({ label }, index) => (
          <button
            key={label}
            type="button"
            role="menuitem"
            aria-haspopup="menu"
            aria-expanded={open?.index === index}
            tabIndex={index === 0 ? 0 : -1}
            onClick={() => (open?.index === index ? setOpen(null) : show(index))}
            onMouseEnter={() => {
              if (open !== null && open.index !== index) show(index);
            }}
            onKeyDown={(event) => {
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              if (by !== 0) buttons()[aside(by, index)]?.focus();
              else if (event.key === 'ArrowDown') show(index);
              else return;
              event.preventDefault();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      {open && current && (
        <MenuList
          key={open.index}
          label={current.label}
          entries={current.entries}
          x={open.x}
          y={open.y}
          onClose={(how) => {
            const button = buttons()[open.index];
            setOpen(null);
            if (how === 'chosen') onDone();
            else if (how === 'escape') button?.focus();
          }}
          onSide={(by) => show(aside(by, open.index))}
        />
      )}
    </>
  );
};
