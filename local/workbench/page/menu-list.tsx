/** A menu that opens at a place: items, separators, one level of sub-menus. Keys as the ARIA menu pattern has them. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pixels } from './pixels';

export type Entry =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly keys?: string | undefined;
      readonly isOff?: boolean | undefined;
      readonly run: () => void;
    }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly Entry[] };

interface MenuListProps {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly x: number;
  readonly y: number;
  readonly onClose: (how: 'chosen' | 'left' | 'escape') => void;
  /** Left and right on the bar's own menus lead to their neighbours. */
  readonly onSide?: (by: 1 | -1) => void;
}

const focusables = (list: HTMLElement | null): HTMLElement[] =>
  list ? [...list.querySelectorAll<HTMLElement>(':scope > div > button:not([disabled])')] : [];

export const MenuList = ({ label, entries, x, y, onClose, onSide }: MenuListProps) => {
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [place, setPlace] = useState({ x, y });

  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({
      x: Math.max(4, Math.min(x, window.innerWidth - box.width - 8)),
      y: Math.max(4, Math.min(y, window.innerHeight - box.height - 8)),
    });
    focusables(list.current)[0]?.focus();
  }, [x, y]);

  useEffect(() => {
    const away = (event: MouseEvent): void => {
      if (event.target instanceof Element && event.target.closest('.menu-list, .menu-bar')) return;
      onClose('left');
    };
    window.addEventListener('mousedown', away);
    return () => window.removeEventListener('mousedown', away);
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const items = focusables(list.current);
    const at = items.indexOf(document.activeElement as HTMLElement); // -1 when it is none of ours
    const focus = (index: number) => items[(index + items.length) % items.length]?.focus();
    const entry = entries[Number((document.activeElement as HTMLElement | null)?.dataset.index ?? -1)];
    switch (event.key) {
      case 'ArrowDown':
        focus(at + 1);
        break;
      case 'ArrowUp':
        focus(at - 1);
        break;
      case 'Home':
        focus(0);
        break;
      case 'End':
        focus(items.length - 1);
        break;
      case 'Escape':
        onClose('escape');
        break;
      case 'Tab':
        onClose('left');
        return;
      case 'ArrowRight':
        if (entry?.kind === 'menu') setOpen(Number((document.activeElement as HTMLElement).dataset.index));
        else onSide?.(1);
        break;
      case 'ArrowLeft':
        onSide?.(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class="menu-list"
      role="menu"
      aria-label={label}
      ref={list}
      style={pixels({ left: place.x, top: place.y })}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry, index) => {
        if (entry.kind === 'separator') return <hr key={index} />;
        if (entry.kind === 'item') {
          return (
            <div key={index} role="none">
              <button
                type="button"
                class="menu-item"
                role="menuitem"
                data-index={index}
                disabled={entry.isOff === true}
                onMouseEnter={() => setOpen(null)}
                onClick={() => {
                  onClose('chosen');
                  entry.run();
                }}
              >
                <span>{entry.label}</span>
                {entry.keys && <kbd>{entry.keys}</kbd>}
              </button>
            </div>
          );
        }
        const isOpen = open === index;
        return (
          <div key={index} role="none" class="has-menu">
            <button
              type="button"
              class="menu-item"
              role="menuitem"
              data-index={index}
              aria-haspopup="menu"
              aria-expanded={isOpen}
              onMouseEnter={() => setOpen(index)}
              onClick={() => setOpen(index)}
            >
              <span>{entry.label}</span>
              <span aria-hidden="true">▸</span>
            </button>
            {isOpen && (
              <SubMenu label={entry.label} entries={entry.items} onClose={onClose} onBack={() => setOpen(null)} />
            )}
          </div>
        );
      })}
    </div>
  );
};

interface SubMenuProps {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly onClose: MenuListProps['onClose'];
  readonly onBack: () => void;
}

const SubMenu = ({ label, entries, onClose, onBack }: SubMenuProps) => {
  const anchor = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null);
  useLayoutEffect(() => {
    const box = anchor.current?.parentElement?.getBoundingClientRect();
    if (box) setPlace({ x: box.right - 2, y: box.top - 6 });
  }, []);
  const back = (): void => {
    const button = anchor.current?.parentElement?.querySelector('button');
    onBack();
    button?.focus();
  };
  return (
    <div ref={anchor}>
      {place && (
        <MenuList
          label={label}
          entries={entries}
          x={place.x}
          y={place.y}
          onClose={(how) => (how === 'escape' ? back() : onClose(how))}
          onSide={(by) => {
            if (by < 0) back();
          }}
        />
      )}
    </div>
  );
};
