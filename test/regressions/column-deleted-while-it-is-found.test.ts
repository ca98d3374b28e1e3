/**
 * Found by the interference suite: a column of ours that was deleted between the finding of its mark and the reading of it ended the
 * command with "Something unexpected went wrong". On the built bundle.
 */
import { Desktop } from '../bundle/desktop';

const PIPELINE = 'Deal Pipeline';

test('a managed column that goes while the columns are found is a column less, at whichever mark it happens', () => {
  let points = 0;
  for (let n = 1; n < 60; n += 7) {
    const desktop = new Desktop({ affinity: { entries: 6 } });
    desktop.connect();
    desktop.importList();
    // A header of one's own makes the layout be read anew.
    desktop.person().type(PIPELINE, desktop.at(desktop.ids()[0] ?? '', 'Amount').replace(/\d+$/, '1'), 'Our amount');
    let seen = 0;
    const stop = desktop.google.onServiceCall(({ service, member }) => {
      if (service !== 'DeveloperMetadata' || member !== 'getLocation') return;
      seen += 1;
      if (seen !== n) return;
      const [headers = []] = desktop.table();
      desktop.person().deleteColumns(PIPELINE, headers.indexOf('Nickname') + 1);
      points += 1;
    });
    const said = desktop.refresh();
    stop();
    expect([n, said]).toEqual([n, expect.not.stringMatching(/unexpected/)]);
    expect(desktop.ids()).toHaveLength(6);
  }
  expect(points).toBeGreaterThan(2);
});
