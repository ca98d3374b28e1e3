/** Simple dialogs and toasts of the editor. */
import type { Answer, Ui } from '../sync/ports';

export const createScriptUi = (): Ui => {
  const ui = () => SpreadsheetApp.getUi();
  return {
    say: (title, text) => void ui().alert(title, text, ui().ButtonSet.OK),
    toast: (text) => void SpreadsheetApp.getActiveSpreadsheet().toast(text, 'List Sync for Affinity', 8),
    ask(title, text) {
      const response = ui().prompt(title, text, ui().ButtonSet.OK_CANCEL);
      return response.getSelectedButton() === ui().Button.OK ? response.getResponseText() : null;
    },
    confirm(title, text, buttons): Answer {
      const { ButtonSet, Button } = ui();
      const pressed = ui().alert(title, text, buttons === 'ok-cancel' ? ButtonSet.OK_CANCEL : ButtonSet.YES_NO_CANCEL);
      if (pressed === Button.OK || pressed === Button.YES) return 'yes';
      return pressed === Button.NO ? 'no' : 'cancel';
    },
  };
};
