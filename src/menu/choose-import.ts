/** Which import a command is about: the one on the tab in front, the only one of the file, or the one that the person picks. */
import { type Desk, isCopiedImport, relinkImport, savedImports } from '../sync/runs/desk';
import type { SavedImport } from '../sync/state/saved-import';

/** A copied file asks before it sends anything to rows that another file has too. */
const linked = (desk: Desk, title: string, saved: SavedImport): SavedImport | null => {
  if (!isCopiedImport(desk, saved)) return saved;
  const question = `This file is a copy of another one. Link “${saved.title}” to the same Affinity list here as well? Edits in both files then go to the same rows. Your cells stay as they are either way.`;
  if (desk.ui.confirm(title, question, 'ok-cancel') !== 'yes') return null;
  relinkImport(desk, saved);
  return saved;
};

/** Null when there is none or the person cancels; the person was told. */
export const chooseImport = (desk: Desk, title: string): SavedImport | null => {
  const imports = savedImports(desk);
  const tab = desk.workbook().activeTabId();
  const inFront = imports.find((saved) => saved.tabId === tab) ?? (imports.length === 1 ? imports[0] : undefined);
  if (inFront !== undefined) return linked(desk, title, inFront);
  if (imports.length === 0) {
    desk.ui.say(title, 'This file has no import yet. Choose “Import a list” in the menu first.');
    return null;
  }
  const offer = imports.map((saved, index) => `${index + 1}  ${saved.title}`).join('\n');
  const answer = desk.ui.ask(title, `Which import? Enter its number.\n\n${offer}`);
  if (answer === null) return null;
  const chosen = imports[Number(answer.trim()) - 1];
  if (chosen === undefined) desk.ui.say(title, `There is no import number “${answer.trim()}”. Nothing was done.`);
  return chosen === undefined ? null : linked(desk, title, chosen);
};
