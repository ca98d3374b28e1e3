/** The page: which of the two views it is stands in the body, put there by the server. */
import { render } from 'preact';
import { Announcer } from './announce';
import { Preview } from './preview';
import { Sidebar } from './sidebar';
import './sidebar.css';

document.title = 'List Sync for Affinity';
const root = document.getElementById('root');
const { view, import: importId } = document.body.dataset;
if (root !== null) {
  render(<Announcer>{view === 'preview' ? <Preview importId={importId ?? ''} /> : <Sidebar />}</Announcer>, root);
}
