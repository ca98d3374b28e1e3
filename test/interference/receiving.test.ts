/**
 * People work while a run is going: edits, sorts, insertions, deletions and moves before each service call of an import, a refresh and a
 * tidying. At the end the edit stands on its row, pending or pushed; everything else is as if nobody had been there. Source: design,
 * promises P1, P2 and P6.
 */
import { agreeing } from '../kill/scenarios';
import { SCENARIOS } from './scenarios';
import { declareSuite } from './suite';
import { Tab } from './world';

declareSuite(({ sends }) => !sends);

test('a flush really overwrites an edit that nobody looks after', () => {
  // The same as the first act, with the note of the edit taken away.
  const scenario = SCENARIOS.find(({ name }) => name.startsWith('refresh'));
  if (scenario === undefined) throw new Error('no refresh');
  const { desktop, rows } = scenario.prepare({});
  const stop = desktop.google.onServiceCall((call) => {
    if (call.service !== 'SpreadsheetApp' || call.member !== 'flush') return;
    stop();
    const tab = new Tab(desktop);
    desktop.google.documentProperties(desktop.file).clear();
    desktop.person().type('Deal Pipeline', `${tab.letter('Amount')}${tab.row(rows.changed)}`, '55');
  });
  agreeing(desktop, 'Refresh from Affinity');
  expect(new Tab(desktop).cell(rows.changed, 'Amount')).not.toBe('55');
});
