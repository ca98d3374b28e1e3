/** Menu command: imports a list with all its fields to a new tab. */
import { costWords, importCalls, isShort } from '../sync/runs/cost';
import { availableLists, type Desk, estimateImport, importList } from '../sync/runs/desk';
import { executionsOf, forecastSentence } from '../sync/runs/forecast';
import { guarded } from './guard';
import { pullReport } from './pull-report';

const TITLE = 'Import a list';
/** Lists offered in one dialog; more are found by typing a part of the name. */
const OFFERED = 25;

type Lists = ReturnType<typeof availableLists>;

/** The list that a person named by its number in the offer or by its name; null for none or for several. */
const pick = (lists: Lists, answer: string): Lists[number] | null => {
  const wanted = answer.trim().toLowerCase();
  const exact = lists.filter((list) => list.name.trim().toLowerCase() === wanted);
  if (exact.length === 1) return exact[0] ?? null;
  const numbered = /^\d+$/.test(wanted) ? lists.slice(0, OFFERED)[Number(wanted) - 1] : undefined;
  if (numbered !== undefined) return numbered;
  const partial = lists.filter((list) => list.name.toLowerCase().includes(wanted));
  return wanted !== '' && partial.length === 1 ? (partial[0] ?? null) : null;
};

const isAgreed = (desk: Desk, run: ReturnType<Desk['openRun']>, list: Lists[number]): boolean => {
  const { monthAfter, isAffordable } = estimateImport(desk, run, list);
  if (isShort(list.list_size) && isAffordable) return true;
  const calls = importCalls(list.list_size);
  const month = monthAfter === null ? '' : ` ${Math.max(0, monthAfter)} calls are left this month after that.`;
  const warning = isAffordable
    ? ''
    : ' That is more than you may use this month, so the import will stop before its end.';
  const long =
    executionsOf(calls).alone > 1
      ? ' After each run, refresh to go on where it stopped; or use the sidebar, which goes on by itself.'
      : '';
  const { callsADay, limit } = desk.unattended.triggerTime;
  const days = forecastSentence(calls, { calls: callsADay, triggerMs: limit });
  const question = `“${list.name}” has ${list.list_size} rows: ${costWords(calls, 'alone')}.${month}${warning}${long}${days}`;
  return desk.ui.confirm(TITLE, question, 'ok-cancel') === 'yes';
};

export const importListCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const lists = availableLists(run);
    if (lists.length === 0) {
      desk.ui.say(TITLE, 'Your Affinity user can see no list. Ask a colleague to share one with you.');
      return;
    }
    const offer = lists.slice(0, OFFERED).map((list, index) => `${index + 1}  ${list.name} (${list.list_size} rows)`);
    const more = lists.length > OFFERED ? `\n… and ${lists.length - OFFERED} more: type a part of the name.` : '';
    const answer = desk.ui.ask(TITLE, `Which list? Enter its number or its name.\n\n${offer.join('\n')}${more}`);
    if (answer === null) return;
    const list = pick(lists, answer);
    if (list === null) {
      desk.ui.say(TITLE, `No single list is meant by “${answer.trim()}”. Nothing was imported.`);
      return;
    }
    if (!isAgreed(desk, run, list)) return;
    const { result } = importList(desk, run, list.id, null);
    desk.ui.say(`${TITLE}: ${list.name}`, pullReport(result));
  });
