/** The table of what happens when a change here meets one in Affinity, from the cases that the suite runs. */
import './without-expectations';
import { MEETING_CASES } from '../../test/engine/meeting-cases';
import { markdownTable } from './table';

const inCell = (text: string): string => text.replace(/\|/g, '\\|');

/** The table as Markdown. */
export const meetingsTable = (): string =>
  markdownTable([
    ['Here / in Affinity', 'Situation', 'Outcome'],
    ...MEETING_CASES.map(({ kind, situation, outcome }) => [kind, situation, outcome].map(inCell)),
  ]);
