/** The page of the sidebar: `dist/sidebar.html`. */
import { openPage } from './open-page';
import { Sidebar } from './sidebar';
import './sidebar.css';

openPage(<Sidebar />);
