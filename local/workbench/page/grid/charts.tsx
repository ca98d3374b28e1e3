/** Draws the charts of a tab over its cells: bars lying or standing. The platform's own look differs; what they show is the same. */
import type { ChartView, SheetView } from '../../protocol';
import { pixels } from '../pixels';
import type { Store } from '../store';
import type { Geometry } from './geometry';
import { HEAD_HEIGHT, HEAD_WIDTH, type View } from './panes';

const colorOf = ({ colors }: ChartView, series: number): string => colors[series % colors.length] ?? '#4285f4';
/** Width of a letter of the labels, in pixels: SVG text has no box of its own before it is drawn. */
const LETTER = 6.3;
const TITLE_HEIGHT = 50;
const LEGEND_HEIGHT = 22;

const cut = (text: string, width: number): string => {
  const room = Math.max(1, Math.floor(width / LETTER));
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
};

/** Round marks of an axis from 0 to at least `most`. */
const marksTo = (most: number): readonly number[] => {
  const rough = (most || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
};

/** What the chart says, for those who don't see it. */
const words = ({ title, labels, series }: ChartView): string => {
  const facts = labels.map(
    (label, i) =>
      `${label}: ${series.map(({ name, values }) => `${series.length > 1 ? `${name} ` : ''}${values[i] ?? 'nothing'}`).join(', ')}`,
  );
  return `Chart: ${title}. ${facts.length === 0 ? 'Nothing to show yet' : facts.join('; ')}.`;
};

interface PlotProps {
  readonly chart: ChartView;
  readonly top: number;
  readonly marks: readonly number[];
}

const Lying = ({ chart, top, marks }: PlotProps) => {
  const { labels, series, width, height } = chart;
  const left = Math.min(width * 0.4, Math.max(40, ...labels.map((label) => label.length * LETTER)) + 18);
  const right = width - 34;
  const bottom = height - 30;
  const most = marks[marks.length - 1] ?? 1;
  const x = (value: number): number => left + ((right - left) * value) / most;
  const band = (bottom - top) / Math.max(1, labels.length);
  const bar = Math.min(26, (band * 0.74) / series.length);
  return (
    <>
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={x(mark)} x2={x(mark)} y1={top} y2={bottom} class={mark === 0 ? 'axis' : 'mark'} />
          <text x={x(mark)} y={bottom + 16} text-anchor="middle">
            {mark}
          </text>
        </g>
      ))}
      {labels.map((label, i) => (
        // Labels of a chart may repeat, and never change places.
        <g key={i}>
          <text x={left - 8} y={top + band * (i + 0.5) + 4} text-anchor="end">
            {cut(label, left - 12)}
          </text>
          {series.map(({ name, values }, s) => {
            const value = values[i] ?? 0;
            const y = top + band * (i + 0.5) + bar * (s - series.length / 2);
            return (
              <g key={name}>
                <rect x={left} y={y} width={Math.max(0, x(value) - left)} height={bar - 1} fill={colorOf(chart, s)} />
                {values[i] !== null && bar >= 9 && (
                  <text x={x(value) + 4} y={y + bar / 2 + 4} class="value">
                    {value}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </>
  );
};

const Standing = ({ chart, top, marks }: PlotProps) => {
  const { labels, series, width, height, kind } = chart;
  const most = marks[marks.length - 1] ?? 1;
  const left = 18 + String(most).length * 8;
  const right = width - 16;
  const bottom = height - 34;
  const y = (value: number): number => bottom - ((bottom - top) * value) / most;
  const band = (right - left) / Math.max(1, labels.length);
  const bar = kind === 'HISTOGRAM' ? band * 0.94 : Math.min(46, (band * 0.7) / series.length);
  return (
    <>
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={left} x2={right} y1={y(mark)} y2={y(mark)} class={mark === 0 ? 'axis' : 'mark'} />
          <text x={left - 6} y={y(mark) + 4} text-anchor="end">
            {mark}
          </text>
        </g>
      ))}
      {labels.map((label, i) => (
        <g key={i}>
          <text x={left + band * (i + 0.5)} y={bottom + 18} text-anchor="middle">
            {cut(label, band - 2)}
          </text>
          {series.map(({ name, values }, s) => {
            const value = values[i] ?? 0;
            const x = left + band * (i + 0.5) + bar * (s - series.length / 2);
            return (
              <g key={name}>
                <rect
                  x={x}
                  y={y(value)}
                  width={bar - 1}
                  height={Math.max(0, bottom - y(value))}
                  fill={colorOf(chart, s)}
                />
                {values[i] !== null && (
                  <text x={x + bar / 2} y={y(value) - 4} text-anchor="middle" class="value">
                    {value}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </>
  );
};

const Picture = ({ chart }: { readonly chart: ChartView }) => {
  const { title, series, labels, width, height } = chart;
  const hasLegend = series.length > 1;
  const marks = marksTo(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const top = TITLE_HEIGHT + (hasLegend ? LEGEND_HEIGHT : 0);
  const Plot = chart.kind === 'BAR' ? Lying : Standing;
  let place = 18;
  return (
    <svg width={width} height={height} role="img" aria-label={words(chart)}>
      <text x={18} y={28} class="title">
        {title}
      </text>
      {hasLegend &&
        series.map(({ name }, s) => {
          const x = place;
          place += 30 + name.length * LETTER;
          return (
            <g key={name}>
              <rect x={x} y={TITLE_HEIGHT - 3} width={10} height={10} fill={colorOf(chart, s)} />
              <text x={x + 15} y={TITLE_HEIGHT + 6}>
                {name}
              </text>
            </g>
          );
        })}
      {labels.length === 0 ? (
        <text x={width / 2} y={height / 2} text-anchor="middle">
          No data
        </text>
      ) : (
        <Plot chart={chart} top={top} marks={marks} />
      )}
    </svg>
  );
};

interface ChartsProps {
  readonly store: Store;
  readonly sheet: SheetView;
  readonly geometry: Geometry;
  readonly view: View;
}

/** A chart takes the focus by a click or by Tab; Delete removes it. */
export const Charts = ({ store, sheet, geometry: { rows, columns }, view }: ChartsProps) => {
  if (sheet.charts.length === 0) return null;
  const left = HEAD_WIDTH + columns.frozenSize;
  const top = HEAD_HEIGHT + rows.frozenSize;
  return (
    <div
      class="charts"
      style={pixels({ left, top, width: Math.max(0, view.width - left), height: Math.max(0, view.height - top) })}
    >
      {sheet.charts.map((chart) => (
        <figure
          key={chart.id}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes a key, Delete
          tabIndex={0}
          class="chart"
          style={pixels({
            left: columns.start(chart.column) + chart.offsetX - columns.frozenSize - view.left,
            top: rows.start(chart.row) + chart.offsetY - rows.frozenSize - view.top,
            width: chart.width,
            height: chart.height,
          })}
          onMouseDown={(event) => {
            event.stopPropagation();
            event.currentTarget.focus({ preventScroll: true });
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Delete' && event.key !== 'Backspace') return;
            event.preventDefault();
            store.do({ kind: 'deleteChart', sheet: sheet.id, chart: chart.id });
          }}
        >
          <Picture chart={chart} />
        </figure>
      ))}
    </div>
  );
};
