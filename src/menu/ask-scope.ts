/** Asks whose notes, reminders or interactions are meant: the selected rows, all rows, everything, or one record by its name. */

import { entitiesBehind, entityNamed, type FoundEntity, scopeOfTable, tableInFront } from '../sync/runs/activity';
import { count } from '../sync/runs/count';
import type { Desk } from '../sync/runs/desk';
import type { Run } from '../sync/runs/run';

/** What was chosen, and what it is called. */
export interface ChosenScope {
  readonly scope: { readonly listId?: number; readonly entities?: readonly string[] };
  readonly of: string;
}

/** One record by name, or null with a word to the person. */
export const chooseEntity = (
  desk: Desk,
  run: Run,
  title: string,
  text: string,
  kinds?: Parameters<typeof entityNamed>[2],
): FoundEntity | null => {
  const found = entityNamed(run, text, kinds);
  if (typeof found !== 'string') return found;
  desk.ui.say(title, `${found} Nothing was done.`);
  return null;
};

/** The number of a person by name, or null with a word to the person. */
export const choosePerson = (desk: Desk, run: Run, title: string, text: string): number | null =>
  chooseEntity(desk, run, title, text, ['person'])?.id ?? null;

/** Null when the person cancels or nobody is meant; the person was told. `hasEverything`: whether the API can be asked for all. */
export const askScope = (desk: Desk, run: Run, title: string, hasEverything: boolean): ChosenScope | null => {
  const front = tableInFront(desk);
  const selected = front === null ? [] : entitiesBehind(front.selected);
  const offers: (readonly [string, () => ChosenScope])[] = [];
  if (front !== null && selected.length > 0) {
    const of = `${count(selected.length, 'row')} of ${front.saved.title}`;
    offers.push([
      `The ${count(selected.length, 'selected row')} of “${front.saved.title}”`,
      () => ({ scope: { entities: selected }, of }),
    ]);
  }
  if (front !== null) {
    const scope = scopeOfTable(desk, front.saved);
    if (scope.listId !== undefined || (scope.entities ?? []).length > 0)
      offers.push([`All rows of “${front.saved.title}”`, () => ({ scope, of: front.saved.title })]);
  }
  if (hasEverything) offers.push(['Everything that you can see', () => ({ scope: {}, of: 'everybody' })]);
  const lines = offers.map(([words], index) => `${index + 1}  ${words}`).join('\n');
  const answer = desk.ui.ask(
    title,
    `Of whom? ${offers.length === 0 ? 'Enter' : 'Enter a number, or'} the name of one person, organization or opportunity.${lines === '' ? '' : `\n\n${lines}`}`,
  );
  const text = answer?.trim() ?? '';
  if (answer === null) return null;
  if (text === '') {
    desk.ui.say(title, 'Nothing was entered. Nothing was done.');
    return null;
  }
  const numbered = /^\d+$/.test(text) ? offers[Number(text) - 1] : undefined;
  if (numbered !== undefined) return numbered[1]();
  const found = chooseEntity(desk, run, title, text);
  return found === null ? null : { scope: { entities: [found.entity] }, of: found.label };
};
