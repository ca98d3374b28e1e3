/** The frame of every menu command: whatever goes wrong ends in a sentence, never in a stack. */
import { type Desk, explainFault } from '../sync/runs/desk';

export const guarded = (desk: Desk, title: string, command: () => void): void => {
  try {
    command();
  } catch (fault) {
    desk.ui.say(title, explainFault(fault, desk));
  }
};
