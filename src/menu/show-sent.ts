/** Menu command: a tab with everything that was sent to Affinity from this file. */
import { type Desk, showSentTab } from '../sync/runs/desk';
import { guarded } from './guard';

export const showSentCommand = (desk: Desk): void => guarded(desk, 'Show what was sent', () => showSentTab(desk));
