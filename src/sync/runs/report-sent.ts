/** The tab "What was sent": the journals of all imports for people to read, the newest first. It is made when somebody asks for it. */
import { SENT_KEPT } from '../limits';
import type { ReportRow, ReportTab, Workbook } from '../ports';
import { isJournalId, type JournalLine, type Outcome, openJournal, SHARED_JOURNAL_ID } from '../state/journal';

const TITLE = 'What was sent';
const HEADERS = ['Time', 'User', 'Import', 'Row', 'Field', 'Before', 'Sent', 'Outcome', 'Run'] as const;

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  sending: 'Not known: the next run asks Affinity',
  sent: 'Sent',
  refused: 'Refused by Affinity',
  undone: 'Sent, and taken back later',
};

/** Lines of all imports; one that has its own journal counts with that alone. */
const linesOf = (workbook: Workbook): readonly JournalLine[] => {
  const ids = workbook.states().filter(isJournalId);
  const journals = ids.map((id) => ({ id, lines: openJournal(workbook.state(id)).entries.map(({ line }) => line) }));
  const own = journals.filter(({ id }) => id !== SHARED_JOURNAL_ID).flatMap(({ lines }) => lines);
  const owners = new Set(own.map(({ importId }) => importId));
  const shared = journals.find(({ id }) => id === SHARED_JOURNAL_ID)?.lines ?? [];
  return [...own, ...shared.filter(({ importId }) => !owners.has(importId))];
};

const WORDS: Readonly<Record<JournalLine['kind'], string>> = { cell: '', creation: 'New: ', removal: 'Deleted: ' };

const rowOf = (line: JournalLine): ReportRow => [
  { instant: Date.parse(line.time) },
  line.user,
  line.importTitle,
  line.rowTitle,
  `${WORDS[line.kind]}${line.field}`,
  line.oldText,
  line.newText,
  OUTCOME_WORDS[line.outcome],
  line.run,
];

const fill = (workbook: Workbook, tab: ReportTab): void => {
  const newest = [...linesOf(workbook)].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  tab.fill(newest.slice(0, SENT_KEPT).map(rowOf));
  workbook.flush();
};

/** Shows the tab as it is to be now. @throws SheetError */
export const showSent = (workbook: Workbook): void => {
  const tab = workbook.createReport('sent', TITLE, HEADERS);
  fill(workbook, tab);
  tab.show();
};

/** Brings the tab up to date, if there is one. @throws SheetError */
export const renewSent = (workbook: Workbook): void => {
  const tab = workbook.report('sent');
  if (tab !== null) fill(workbook, tab);
};
