/** The page of notes, reminders and interactions: `dist/activity.html`. */
import { openPage } from '../open-page';
import { Activity } from './activity';
import '../dialog.css';
import './activity.css';

openPage(<Activity />);
