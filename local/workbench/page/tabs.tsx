/** The tabs at the foot of the file: choose, add, rename, and what else can be done to a tab. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SheetView } from '../protocol';
import { type Entry, MenuList } from './menu-list';
import type { Store } from './store';

interface Place {
  readonly x: number;
  readonly y: number;
}

const tabEntries = (store: Store, sheet: SheetView, rename: () => void): Entry[] => {
  const sheets = store.book?.sheets ?? [];
  const position = sheets.findIndex(({ id }) => id === sheet.id) + 1;
  const item = (label: string, run: () => void, isOff = false): Entry => ({ kind: 'item', label, run, isOff });
  return [
    item('Rename', rename),
    item('Duplicate', () => store.do({ kind: 'duplicateSheet', sheet: sheet.id })),
    item('Hide', () => store.do({ kind: 'hideSheet', sheet: sheet.id, hidden: true })),
    item('Move left', () => store.do({ kind: 'moveSheet', sheet: sheet.id, position: position - 1 }), position <= 1),
    item(
      'Move right',
      () => store.do({ kind: 'moveSheet', sheet: sheet.id, position: position + 1 }),
      position >= sheets.length,
    ),
    { kind: 'separator' },
    item('Delete', () => store.do({ kind: 'deleteSheet', sheet: sheet.id }), sheets.length === 1),
  ];
};

export const Tabs = ({ store }: { readonly store: Store }) => {
  const [menu, setMenu] = useState<{ entries: readonly Entry[]; label: string; place: Place } | null>(null);
  const [renamed, setRenamed] = useState<number | null>(null);
  const sheets = store.book?.sheets ?? [];
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  const hidden = sheets.filter(({ isHidden }) => isHidden);
  const list = useRef<HTMLDivElement>(null);
  const front = store.sheet?.id;
  // The tab in front comes into sight; where a person scrolls to afterwards is theirs.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front, shown.length]);
  const placeOf = (event: MouseEvent): Place => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect(); // the listener's own element
    return { x: box.left, y: box.top - 8 };
  };
  const open = (sheet: SheetView, place: Place): void =>
    setMenu({ entries: tabEntries(store, sheet, () => setRenamed(sheet.id)), label: `Tab ${sheet.name}`, place });
  return (
    <nav class="tabs" aria-label="Tabs">
      <button
        type="button"
        class="quiet"
        aria-label="Add a tab"
        title="Add a tab"
        onClick={() => store.do({ kind: 'addSheet', name: '' })}
      >
        +
      </button>
      <button
        type="button"
        class="quiet"
        aria-haspopup="menu"
        aria-label="All tabs"
        title="All tabs, hidden ones too"
        onClick={(event) =>
          setMenu({
            label: 'All tabs',
            place: placeOf(event),
            entries: [
              ...shown.map(({ id, name }): Entry => ({ kind: 'item', label: name, run: () => store.showSheet(id) })),
              ...(hidden.length === 0 ? [] : [{ kind: 'separator' } as const]),
              ...hidden.map(
                ({ id, name }): Entry => ({
                  kind: 'item',
                  label: `${name} (hidden)`,
                  run: () => {
                    store.do({ kind: 'hideSheet', sheet: id, hidden: false });
                    store.showSheet(id);
                  },
                }),
              ),
            ],
          })
        }
      >
        ☰
      </button>
      <div class="tab-list" role="tablist" ref={list}>
        {shown.map((sheet) =>
          renamed === sheet.id ? (
            <input
              key={sheet.id}
              type="text"
              aria-label={`New name of ${sheet.name}`}
              defaultValue={sheet.name}
              ref={(element) => {
                if (element && document.activeElement !== element) {
                  element.focus();
                  element.select();
                }
              }}
              onBlur={(event) => {
                const name = event.currentTarget.value.trim();
                setRenamed(null);
                if (name !== '' && name !== sheet.name) store.do({ kind: 'renameSheet', sheet: sheet.id, name });
              }}
              onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.value = sheet.name;
                if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
              }}
            />
          ) : (
            <button
              key={sheet.id}
              type="button"
              role="tab"
              class="tab"
              aria-selected={sheet.id === front}
              onClick={() => store.showSheet(sheet.id)}
              onDblClick={() => setRenamed(sheet.id)}
              onContextMenu={(event) => {
                event.preventDefault();
                open(sheet, placeOf(event));
              }}
              onKeyDown={(event) => {
                if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
                event.preventDefault();
                const box = event.currentTarget.getBoundingClientRect();
                open(sheet, { x: box.left, y: box.top - 8 });
              }}
            >
              {sheet.name}
            </button>
          ),
        )}
      </div>
      {menu && (
        <MenuList
          label={menu.label}
          entries={menu.entries}
          x={menu.place.x}
          y={menu.place.y - 34 * menu.entries.length}
          onClose={() => setMenu(null)}
        />
      )}
    </nav>
  );
};
