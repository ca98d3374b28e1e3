/** Entry of the browser's page. `window.workbench` is for tests: they read the page's state instead of guessing from pixels. */
import { render } from 'preact';
import { App } from './app';
import { GridDesk } from './grid/desk';
import { at } from './grid/selection';
import { store } from './store';
import './page.css';

const desk = new GridDesk(store);

Object.assign(window, {
  workbench: {
    store,
    desk,
    /** Selects a cell of the tab in front and brings it into sight. */
    select: (row: number, column: number) => desk.select(at({ row, column })),
  },
});

const root = document.getElementById('root');
if (root) render(<App desk={desk} />, root);
store.start();
