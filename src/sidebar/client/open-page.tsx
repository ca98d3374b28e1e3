/** Draws a page of the add-on: what every page has beside its own content. */
import { type ComponentChildren, render } from 'preact';
import { Announcer } from './announce';
import './look.css';

export const openPage = (content: ComponentChildren): void => {
  document.title = 'List Sync for Affinity';
  const root = document.getElementById('root');
  if (root !== null) render(<Announcer>{content}</Announcer>, root);
};
