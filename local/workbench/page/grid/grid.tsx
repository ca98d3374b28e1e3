/** The grid: scrolling, mouse and keys over what `panes.tsx` draws. One text area takes all keys and becomes the editor of a cell. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pixels } from '../pixels';
import { useStore } from '../use-store';
import { cellName, contains } from './a1';
import { Charts } from './charts';
import { Choices } from './choices';
import type { GridDesk } from './desk';
import { handleKey } from './keys';
import { type Drag, dragged, hitAt, pressed, released } from './mouse';
import { HEAD_HEIGHT, HEAD_WIDTH, Panes, type View } from './panes';

interface GridProps {
  readonly desk: GridDesk;
  readonly onMenu: (x: number, y: number) => void;
}

export const Grid = ({ desk, onMenu }: GridProps) => {
  const store = useStore();
  const scroller = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const drag = useRef<Drag | null>(null);
  const [view, setView] = useState<View>({ left: 0, top: 0, width: 800, height: 400 });
  const [hover, setHover] = useState<{ row: number; column: number } | null>(null);
  const [choice, setChoice] = useState(-1);
  const { sheet, geometry } = desk;

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () =>
      setView({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [sheet === null]);

  useLayoutEffect(() => {
    desk.attach(
      ({ row, column }) => {
        const element = scroller.current;
        const lines = desk.geometry;
        if (!element || !lines) return;
        const bring = (axis: typeof lines.rows, line: number, at: number, room: number): number => {
          if (line < axis.frozen) return at;
          const start = axis.start(line) - axis.frozenSize;
          const end = axis.start(line + 1) - axis.frozenSize;
          if (start < at) return start;
          return end > at + room ? end - room : at;
        };
        const height = element.clientHeight - HEAD_HEIGHT - lines.rows.frozenSize;
        const width = element.clientWidth - HEAD_WIDTH - lines.columns.frozenSize;
        element.scrollTop = bring(lines.rows, row, element.scrollTop, height);
        element.scrollLeft = bring(lines.columns, column, element.scrollLeft, width);
      },
      () => input.current?.focus({ preventScroll: true }),
      (text) => {
        const element = input.current;
        if (!element) return;
        element.value = text;
        element.setSelectionRange(text.length, text.length);
      },
    );
  }, [desk]);

  // Another tab begins at its top.
  useLayoutEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [sheet?.id]);

  useEffect(() => {
    const move = (event: MouseEvent): void => {
      const element = scroller.current;
      if (drag.current && element) dragged(desk, drag.current, hitAt(desk, element, view, event), event);
    };
    const up = (): void => {
      if (drag.current) released(desk, drag.current);
      drag.current = null;
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', up);
    return () => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', up);
    };
  }, [desk, view]);

  const { draft } = desk;
  useLayoutEffect(() => {
    const element = input.current;
    if (!element || !draft) return;
    if (document.activeElement?.id !== 'formula-text') element.focus({ preventScroll: true });
    setChoice(-1);
  }, [draft === null, draft?.cell]);

  if (!sheet || !geometry) return <div class="grid" />;
  const { rows, columns } = geometry;
  const { active } = desk;
  const cell = desk.activeCell;
  const offset = (axis: typeof rows, line: number, scrolled: number): number =>
    axis.start(line) - (line < axis.frozen ? 0 : scrolled);
  const shown = draft?.cell ?? active;
  const place = {
    left: HEAD_WIDTH + offset(columns, shown.column, view.left),
    top: HEAD_HEIGHT + offset(rows, shown.row, view.top),
    width: columns.size(shown.column),
    height: rows.size(shown.row),
  };
  const note = hover === null ? undefined : noteOf(store.cell(sheet.id, hover.row, hover.column));
  const offered = cell === 0 || cell.v === undefined ? [] : (store.book?.choices[cell.v] ?? []);
  // A cell that was just opened offers everything; what is typed then narrows it down.
  const sought = draft === null || draft.text === desk.editText(cell) ? '' : draft.text.toLowerCase();
  const fitting = draft ? offered.filter((text) => text.toLowerCase().includes(sought)) : [];

  return (
    <div class="grid">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the text area inside takes focus and keys; this is its mouse side */}
      <div
        class="scroller"
        ref={scroller}
        tabIndex={-1}
        onMouseDown={(event) => {
          const element = scroller.current;
          if (!element || event.target === input.current) return;
          const hit = hitAt(desk, element, view, event);
          if (hit.kind === 'nothing') return;
          event.preventDefault();
          if (desk.draft) desk.commit();
          drag.current = pressed(desk, hit, event);
          input.current?.focus({ preventScroll: true });
        }}
        onDblClick={(event) => {
          const element = scroller.current;
          if (!element || event.target === input.current) return;
          if (hitAt(desk, element, view, event).kind === 'cell') desk.begin(null);
        }}
        onMouseMove={(event) => {
          const element = scroller.current;
          if (!element) return;
          const hit = hitAt(desk, element, view, event);
          element.style.cursor =
            hit.kind === 'column-edge' ? 'col-resize' : hit.kind === 'fill' ? 'crosshair' : 'default';
          const next = hit.kind === 'cell' ? hit.cell : null;
          if (next?.row !== hover?.row || next?.column !== hover?.column) setHover(next);
        }}
        onMouseLeave={() => setHover(null)}
        onContextMenu={(event) => {
          event.preventDefault();
          const element = scroller.current;
          if (!element) return;
          const hit = hitAt(desk, element, view, event);
          if (hit.kind === 'cell' && !contains(desk.area, hit.cell)) pressed(desk, hit, event);
          onMenu(event.clientX, event.clientY);
        }}
      >
        <div
          class="space"
          style={pixels({ width: HEAD_WIDTH + columns.total + 60, height: HEAD_HEIGHT + rows.total + 40 })}
        >
          <div class="stage" style={pixels({ width: view.width, height: view.height })}>
            <div aria-hidden="true">
              <Panes
                store={store}
                sheet={sheet}
                geometry={geometry}
                view={view}
                selection={desk.selection}
                area={desk.area}
                copied={desk.copied?.sheet === sheet.id ? desk.copied.area : null}
              />
              {note && hover && (
                <div
                  class="note"
                  style={pixels({
                    left: HEAD_WIDTH + offset(columns, hover.column + 1, view.left) + 6,
                    top: HEAD_HEIGHT + offset(rows, hover.row, view.top),
                  })}
                >
                  {note}
                </div>
              )}
            </div>
            <Charts store={store} sheet={sheet} geometry={geometry} view={view} />
            <textarea
              ref={input}
              id="cell-input"
              class={draft ? 'editor is-open' : 'editor'}
              style={
                draft
                  ? { ...pixels({ ...place, width: editorWidth(draft.text, place.width) }), height: 'auto' }
                  : pixels(place)
              }
              rows={draft ? Math.min(8, draft.text.split('\n').length) : 1}
              aria-label={`Cell ${cellName(active)}: ${cell === 0 ? 'empty' : cell.t}`}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              value={draft?.text ?? ''}
              onInput={(event) => {
                const text = event.currentTarget.value;
                if (desk.draft) desk.change(text);
                else desk.begin(text);
              }}
              onKeyDown={(event) => {
                if (draft && fitting.length > 0 && /^Arrow(Up|Down)$/.test(event.key)) {
                  event.preventDefault();
                  const by = event.key === 'ArrowDown' ? 1 : -1;
                  setChoice((before) => (before + by + fitting.length) % fitting.length);
                  return;
                }
                const chosen = fitting[choice];
                if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) desk.change(chosen);
                const page = Math.floor((view.height - HEAD_HEIGHT - rows.frozenSize) / 21) - 1;
                if (handleKey(desk, event, page)) event.preventDefault();
              }}
              onCopy={(event) => copyOrCut(desk, event, false)}
              onCut={(event) => copyOrCut(desk, event, true)}
              onPaste={(event) => {
                if (desk.draft) return;
                event.preventDefault();
                desk.paste(event.clipboardData?.getData('text/plain') ?? '');
              }}
            />
            {draft && fitting.length > 0 && (
              <Choices
                texts={fitting}
                chosen={choice}
                style={pixels({ left: place.left, top: place.top + 24, minWidth: place.width })}
                onChoose={(text) => {
                  desk.change(text);
                  desk.commit();
                }}
              />
            )}
          </div>
        </div>
      </div>
    </div>
  );
};

const noteOf = (cell: { readonly n?: string } | 0): string | undefined => (cell === 0 ? undefined : cell.n);

const editorWidth = (text: string, least: number): number =>
  Math.min(560, Math.max(least, 24 + 7.2 * Math.max(...text.split('\n').map((line) => line.length))));

const copyOrCut = (desk: GridDesk, event: ClipboardEvent, isCut: boolean): void => {
  if (desk.draft) return;
  const text = desk.copy(isCut);
  if (text === null) return;
  event.preventDefault();
  event.clipboardData?.setData('text/plain', text);
};
