/** The page: menus, toolbar, grid, tabs; the add-on's sidebar at the right, the other side in a drawer below. */
import { useEffect, useState } from 'preact/hooks';
import { actionsFor } from './actions';
import { NoteDialog, ScriptDialog } from './dialogs';
import { Drawer } from './drawer/drawer';
import { FormulaBar } from './formula-bar';
import { PageDialog, Sidebar } from './frames';
import type { GridDesk } from './grid/desk';
import { Grid } from './grid/grid';
import { entryOf, MenuBar } from './menu-bar';
import { type Entry, MenuList } from './menu-list';
import { Notices } from './notices';
import { server } from './server';
import { Tabs } from './tabs';
import { Toolbar } from './toolbar';
import { useStore } from './use-store';

const LINE: Entry = { kind: 'separator' };

/** The parts of the page, each by the element that takes the focus for it. */
const PARTS = ['#cell-input', '.menu-bar button', '#sidebar-frame', '.drawer [role="tab"][aria-selected="true"]'];

/** F6 goes from part to part: Tab belongs to the grid while it has the focus. */
const focusNextPart = (): void => {
  const parts = PARTS.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const regions = ['.grid', 'header', '.sidebar', '.drawer'];
  const region = document.activeElement?.closest(regions.join(','));
  const now = parts.findIndex((part) => region?.contains(part));
  parts[(now + 1) % parts.length]?.focus();
};

export const App = ({ desk }: { readonly desk: GridDesk }) => {
  const store = useStore();
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [isOpen, setOpen] = useState(true);
  const focus = (): void => desk.focus();
  const { book, running } = store;
  const isReady = book !== null;
  useEffect(focus, [isReady]);
  useEffect(() => {
    // Undo works from everywhere but from within a text.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault();
        focusNextPart();
        return;
      }
      const isText = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (isText || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) desk.undo();
      else if (key === 'y' || key === 'z') desk.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [desk]);
  if (!book) return <p class="starting">{store.isConnected ? 'Opening the file…' : 'Connecting…'}</p>;
  const actions = actionsFor(store, desk);
  const list = (...names: (keyof typeof actions | '-')[]): Entry[] =>
    names.map((name) => (name === '-' ? LINE : entryOf(actions[name])));
  return (
    <div class="workbench">
      <header>
        <div class="top">
          <div class="title">
            <h1>{book.name}</h1>
            <span class="state">{!store.isConnected ? 'Connection lost' : store.isSaved ? 'Saved' : 'Saving…'}</span>
            <span class="place">
              {book.locale.replace('_', '-')} · {book.timeZone} · {book.user}
            </span>
          </div>
          <MenuBar store={store} actions={actions} onDone={focus} />
        </div>
        <Toolbar
          actions={actions}
          running={running}
          isDrawerOpen={isOpen}
          onDrawer={() => setOpen((before) => !before)}
          onKill={() => void server.kill()}
          onDone={focus}
        />
        <FormulaBar desk={desk} />
      </header>
      <div class="middle">
        <main class="file" aria-label={`File ${book.name}`}>
          <Grid desk={desk} onMenu={(x, y) => setMenu({ x, y })} />
          <Tabs store={store} />
        </main>
        {store.sidebar && <Sidebar store={store} page={store.sidebar} onFocusEditor={focus} />}
      </div>
      {isOpen && <Drawer store={store} onClose={() => setOpen(false)} />}
      {menu && (
        <MenuList
          label="Selected cells"
          x={menu.x}
          y={menu.y}
          entries={list(
            'cut',
            'copy',
            'paste',
            '-',
            'rowsAbove',
            'rowsBelow',
            'columnsLeft',
            'columnsRight',
            '-',
            'deleteRows',
            'deleteColumns',
            'clear',
            '-',
            'hideRows',
            'hideColumns',
            'unhide',
            '-',
            'sortUp',
            'sortDown',
            '-',
            'note',
          )}
          onClose={(how) => {
            setMenu(null);
            if (how !== 'left') focus();
          }}
        />
      )}
      {store.dialogPage && <PageDialog store={store} page={store.dialogPage} onFocusEditor={focus} />}
      {store.dialog && (
        <ScriptDialog
          key={store.dialog.id}
          dialog={store.dialog}
          onAnswer={(button, text) => void server.answer(store.dialog?.id ?? 0, button, text)}
        />
      )}
      {store.note && (
        <NoteDialog cell={store.note.cell} note={store.note.text} onDone={(text) => store.endNote(text)} />
      )}
      <Notices store={store} />
    </div>
  );
};
