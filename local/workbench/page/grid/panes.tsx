/** Draws the visible part of a tab: up to four panes (frozen lines stay), the headings, the selection. Draws only, decides nothing. */
import type { CSSProperties } from 'preact';
import type { CellView, SheetView, StyleView } from '../../protocol';
import { pixels } from '../pixels';
import type { Store } from '../store';
import { type Area, contains, letters } from './a1';
import type { Geometry } from './geometry';
import type { Selection } from './selection';

export const HEAD_WIDTH = 46;
export const HEAD_HEIGHT = 24;

export interface View {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Lines of an axis that are in sight of a pane. */
export const visible = (geometry: Geometry, view: View): { readonly rows: Span; readonly columns: Span } => {
  const { rows, columns } = geometry;
  return {
    rows: {
      first: Math.max(rows.frozen, rows.at(view.top + rows.frozenSize)),
      last: rows.at(view.top + view.height - HEAD_HEIGHT),
    },
    columns: {
      first: Math.max(columns.frozen, columns.at(view.left + columns.frozenSize)),
      last: columns.at(view.left + view.width - HEAD_WIDTH),
    },
  };
};

const lookOf = (style: StyleView | undefined): CSSProperties => {
  if (!style) return {};
  const lines = style.fontLine === 'line-through' ? 'line-through' : style.fontLine === 'underline' ? 'underline' : '';
  return {
    ...(style.background ? { background: style.background } : {}),
    ...(style.fontColor ? { color: style.fontColor } : {}),
    ...(style.fontWeight === 'bold' ? { fontWeight: 650 } : {}),
    ...(style.fontStyle === 'italic' ? { fontStyle: 'italic' } : {}),
    ...(lines === '' ? {} : { textDecoration: lines }),
    ...(style.wrapStrategy === 'WRAP' ? { whiteSpace: 'normal' } : {}),
  };
};

const alignment = (cell: CellView, style: StyleView | undefined): string => {
  const own = style?.horizontalAlignment;
  if (own === 'left' || own === 'center' || own === 'right') return own;
  return cell.a === 'r' ? 'right' : cell.a === 'c' ? 'center' : 'left';
};

interface PaneProps {
  readonly store: Store;
  readonly sheet: SheetView;
  readonly geometry: Geometry;
  readonly rows: Span;
  readonly columns: Span;
  /** Where the pane stands within the grid, and what is scrolled away of it. */
  readonly box: View;
  readonly scroll: { readonly left: number; readonly top: number };
  readonly selection: Selection;
  readonly area: Area;
  readonly copied: Area | null;
  readonly name: string;
}

const Pane = (props: PaneProps) => {
  const { store, sheet, geometry, rows, columns, box, scroll, area, selection, copied, name } = props;
  const styles = store.book?.styles ?? [];
  const x = (column: number): number => geometry.columns.start(column) - scroll.left;
  const y = (row: number): number => geometry.rows.start(row) - scroll.top;
  const place = (one: Area): CSSProperties =>
    pixels({
      left: x(one.column),
      top: y(one.row),
      width: x(one.column + one.columns) - x(one.column),
      height: y(one.row + one.rows) - y(one.row),
    });
  const cells = [];
  for (let row = rows.first; row <= rows.last; row++) {
    const height = geometry.rows.size(row);
    if (height === 0) continue;
    for (let column = columns.first; column <= columns.last; column++) {
      const width = geometry.columns.size(column);
      if (width === 0) continue;
      const cell = store.cell(sheet.id, row, column);
      const box = pixels({ left: x(column), top: y(row), width, height });
      const key = `${row}:${column}`;
      if (cell === 0) {
        cells.push(<div key={key} class="cell" style={box} />);
        continue;
      }
      const style = cell.s === undefined ? undefined : styles[cell.s];
      const marks = `cell${cell.n ? ' has-note' : ''}${cell.v === undefined ? '' : ' has-choice'}${store.hasEcho(sheet.id, row, column) ? ' is-echo' : ''}`;
      cells.push(
        <div key={key} class={marks} style={{ ...box, ...lookOf(style), textAlign: alignment(cell, style) }}>
          {cell.t}
        </div>,
      );
    }
  }
  return (
    <div
      class={`pane pane-${name}`}
      style={pixels({ left: box.left, top: box.top, width: box.width, height: box.height })}
    >
      {cells}
      {area.rows * area.columns > 1 && <div class="selected" style={place(area)} />}
      <div class="active" style={place({ ...selection.active, rows: 1, columns: 1 })} />
      <div class="outline" style={place(area)}>
        <span class="fill-handle" />
      </div>
      {copied && <div class="copied" style={place(copied)} />}
    </div>
  );
};

interface HeadingsProps {
  readonly geometry: Geometry;
  readonly view: View;
  readonly area: Area;
  readonly shown: { readonly rows: Span; readonly columns: Span };
}

const Headings = ({ geometry, view, area, shown }: HeadingsProps) => {
  const { rows, columns } = geometry;
  const heads = (axis: 'row' | 'column', span: Span, scroll: number) => {
    const lines = axis === 'row' ? rows : columns;
    const made = [];
    for (let line = span.first; line <= span.last; line++) {
      const size = lines.size(line);
      if (size === 0) continue;
      const isIn =
        axis === 'row'
          ? contains(area, { row: line, column: area.column })
          : contains(area, { row: area.row, column: line });
      const hidesNext = line + 1 < lines.count && lines.size(line + 1) === 0;
      const offset = lines.start(line) - scroll;
      made.push(
        <div
          key={line}
          class={`head${isIn ? ' is-in' : ''}${hidesNext ? ' hides-next' : ''}`}
          style={axis === 'row' ? pixels({ top: offset, height: size }) : pixels({ left: offset, width: size })}
        >
          {axis === 'row' ? line + 1 : letters(line)}
        </div>,
      );
    }
    return made;
  };
  return (
    <>
      <div class="heads columns" style={pixels({ left: HEAD_WIDTH + columns.frozenSize })}>
        {heads('column', shown.columns, view.left + columns.frozenSize)}
      </div>
      <div class="heads rows" style={pixels({ top: HEAD_HEIGHT + rows.frozenSize })}>
        {heads('row', shown.rows, view.top + rows.frozenSize)}
      </div>
      {columns.frozen > 0 && (
        <div class="heads columns is-frozen" style={pixels({ left: HEAD_WIDTH, width: columns.frozenSize })}>
          {heads('column', { first: 0, last: columns.frozen - 1 }, 0)}
        </div>
      )}
      {rows.frozen > 0 && (
        <div class="heads rows is-frozen" style={pixels({ top: HEAD_HEIGHT, height: rows.frozenSize })}>
          {heads('row', { first: 0, last: rows.frozen - 1 }, 0)}
        </div>
      )}
      <div class="head corner" />
    </>
  );
};

export interface PanesProps {
  readonly store: Store;
  readonly sheet: SheetView;
  readonly geometry: Geometry;
  readonly view: View;
  readonly selection: Selection;
  readonly area: Area;
  readonly copied: Area | null;
}

export const Panes = ({ store, sheet, geometry, view, selection, area, copied }: PanesProps) => {
  const { rows, columns } = geometry;
  const shown = visible(geometry, view);
  const frozenWidth = columns.frozenSize;
  const frozenHeight = rows.frozenSize;
  const left = HEAD_WIDTH + frozenWidth;
  const top = HEAD_HEIGHT + frozenHeight;
  const width = Math.max(0, view.width - left);
  const height = Math.max(0, view.height - top);
  const common = { store, sheet, geometry, selection, area, copied };
  const frozenRows = { first: 0, last: rows.frozen - 1 };
  const frozenColumns = { first: 0, last: columns.frozen - 1 };
  return (
    <>
      <Pane
        {...common}
        name="main"
        rows={shown.rows}
        columns={shown.columns}
        box={{ left, top, width, height }}
        scroll={{ left: view.left + frozenWidth, top: view.top + frozenHeight }}
      />
      {rows.frozen > 0 && (
        <Pane
          {...common}
          name="top"
          rows={frozenRows}
          columns={shown.columns}
          box={{ left, top: HEAD_HEIGHT, width, height: frozenHeight }}
          scroll={{ left: view.left + frozenWidth, top: 0 }}
        />
      )}
      {columns.frozen > 0 && (
        <Pane
          {...common}
          name="left"
          rows={shown.rows}
          columns={frozenColumns}
          box={{ left: HEAD_WIDTH, top, width: frozenWidth, height }}
          scroll={{ left: 0, top: view.top + frozenHeight }}
        />
      )}
      {rows.frozen > 0 && columns.frozen > 0 && (
        <Pane
          {...common}
          name="corner"
          rows={frozenRows}
          columns={frozenColumns}
          box={{ left: HEAD_WIDTH, top: HEAD_HEIGHT, width: frozenWidth, height: frozenHeight }}
          scroll={{ left: 0, top: 0 }}
        />
      )}
      <Headings geometry={geometry} view={view} area={area} shown={shown} />
    </>
  );
};
