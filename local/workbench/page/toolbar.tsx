/** The most used actions, and what the add-on is doing right now. */
import { useEffect, useReducer } from 'preact/hooks';
import type { RunView } from '../protocol';
import type { Action, Actions } from './actions';

/** Drawn here, because nothing is loaded from outside. 16 × 16, stroked. */
const ICONS: Partial<Record<keyof Actions, string>> = {
  undo: 'M6 4 3 7l3 3M3 7h6.5a3 3 0 0 1 0 6H7',
  redo: 'm10 4 3 3-3 3M13 7H6.5a3 3 0 0 0 0 6H9',
  bold: 'M5 3h4a2.5 2.5 0 0 1 0 5H5zM5 8h5a2.5 2.5 0 0 1 0 5H5z',
  mark: 'M3 13h10M5 10l5-6 2 2-5 5H5z',
  rowsAbove: 'M3 8h10v5H3zM8 1.5v4M6 3.5h4',
  columnsLeft: 'M8 3h5v10H8zM1.5 8h4M3.5 6v4',
  deleteRows: 'M2.5 5.5h11v5h-11zM6 6.5l4 3M10 6.5l-4 3',
  sortUp: 'M4 3v10M2 11l2 2 2-2M9 4h5M9 8h4M9 12h3',
  sortDown: 'M4 13V3M2 5l2-2 2 2M9 4h3M9 8h4M9 12h5',
  hideRows: 'M2 8s2.3-4 6-4 6 4 6 4-2.3 4-6 4-6-4-6-4zM3 13 13 3',
  note: 'M3 3h10v7l-3 3H3zM10 13v-3h3M5.5 6h5M5.5 8.5h3',
};
const GROUPS: readonly (readonly (keyof Actions)[])[] = [
  ['undo', 'redo'],
  ['bold', 'mark'],
  ['rowsAbove', 'columnsLeft', 'deleteRows', 'hideRows'],
  ['sortUp', 'sortDown'],
  ['note'],
];

interface ToolbarProps {
  readonly actions: Actions;
  readonly running: RunView | null;
  readonly isDrawerOpen: boolean;
  readonly onDrawer: () => void;
  readonly onKill: () => void;
  readonly onDone: () => void;
}

const RunState = ({ run }: { readonly run: RunView }) => {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => redraw(0), 500);
    return () => clearInterval(timer);
  }, [run.id]);
  return (
    <span class="run-state" role="status">
      <span class="dot" aria-hidden="true" />
      Running {run.name} <span aria-hidden="true">· {((Date.now() - run.startedAt) / 1000).toFixed(0)} s</span>
    </span>
  );
};

export const Toolbar = ({ actions, running, isDrawerOpen, onDrawer, onKill, onDone }: ToolbarProps) => {
  const button = (name: keyof Actions) => {
    const action: Action = actions[name];
    const { label, keys, isOff, run } = action;
    return (
      <button
        key={name}
        type="button"
        class="tool"
        aria-label={label}
        title={keys ? `${label} (${keys})` : label}
        disabled={isOff === true}
        onClick={() => {
          run();
          if (name !== 'note') onDone();
        }}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={ICONS[name]} />
        </svg>
      </button>
    );
  };
  return (
    <div class="toolbar" role="toolbar" aria-label="Tools">
      {GROUPS.map((group) => (
        <span class="group" key={group[0]}>
          {group.map(button)}
        </span>
      ))}
      <span class="spread" />
      {running && (
        <>
          <RunState run={running} />
          <button type="button" class="small" onClick={onKill}>
            Kill the run
          </button>
        </>
      )}
      <button type="button" class="small" aria-expanded={isDrawerOpen} onClick={onDrawer}>
        The other side
      </button>
    </div>
  );
};
