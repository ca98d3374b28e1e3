/** The menu in every authorization mode, and what runs where no person looks on. Source: apps-script-facts, section 4. */
import { builtBundle, Desktop } from './desktop';

const CAPTIONS = [
  'Open sidebar',
  'Import a list',
  'Refresh from Affinity',
  'Preview my edits',
  'Push my edits',
  'Undo my last push',
  'Show what was sent',
  'Delete the selected rows in Affinity',
  'Tidy rows that are gone',
  'Settings of this import',
  'Connect to Affinity',
  'Disconnect from Affinity',
];

test.each(['NONE', 'LIMITED', 'FULL'] as const)('onOpen in %s builds the menu and touches nothing else', (authMode) => {
  const desktop = new Desktop();
  desktop.google.ui.menus = [];
  desktop.google.calls.reset();
  const report = desktop.google.openDocument({ spreadsheet: desktop.file, authMode });
  expect(report?.error).toBeNull();
  const captions = desktop.google.ui.menus.flatMap((menu) =>
    menu.items.flatMap((item) => (item.kind === 'item' ? [item.caption] : [])),
  );
  expect(captions).toEqual(CAPTIONS);
  const touched = Object.keys(desktop.google.calls.byMember).filter(
    (name) => !/^(Menu\.|Ui\.create(Addon)?Menu|SpreadsheetApp\.getUi)/.test(name),
  );
  expect(touched).toEqual([]);
});

test('onInstall builds the same menu', () => {
  const desktop = new Desktop();
  desktop.google.ui.menus = [];
  desktop.google.run('onInstall', [{ authMode: 'FULL' }], { spreadsheet: desktop.file });
  expect(desktop.google.ui.menus).toHaveLength(1);
});

test('called from a cell, no global function reads the key, asks Affinity or tells anything', () => {
  const desktop = new Desktop({ affinity: { entries: 12 } });
  desktop.connect();
  desktop.importList();
  desktop.affinity.counter.reset();
  for (const name of desktop.google.functionNames()) {
    const args = name === 'rpc' ? [JSON.stringify({ name: 'state', args: [] })] : [];
    const report = desktop.google.tryRun(name, args, {
      spreadsheet: desktop.file,
      authMode: 'CUSTOM_FUNCTION',
      kind: 'custom-function',
    });
    expect([name, report.error === null]).toEqual([name, false]);
  }
  expect(desktop.affinity.counter.read().total).toBe(0);
});

test('the key stands in the person’s own properties and nowhere else', () => {
  const desktop = new Desktop({ affinity: { entries: 12, adminKey: 'SECRET-KEY-0123456789' } });
  desktop.connect('SECRET-KEY-0123456789');
  desktop.importList();
  desktop.click('Push my edits', 'OK');
  const { google, file } = desktop;
  const stores = Object.entries(google.properties()).filter(([name]) => !name.startsWith('user:'));
  const shown = JSON.stringify([
    google.snapshot(file),
    stores,
    google.logs,
    google.ui.dialogs.filter(({ kind }) => kind === 'alert'),
    google.ui.pages,
    google.ui.toasts,
  ]);
  expect(shown).not.toContain('SECRET-KEY-0123456789');
  expect(shown).not.toContain(Buffer.from(':SECRET-KEY-0123456789').toString('base64'));
  expect(JSON.stringify(google.properties())).toContain('SECRET-KEY-0123456789');
  expect(builtBundle().code).not.toContain('northlight');
});

test('a person without a key is told how to get one', () => {
  const desktop = new Desktop();
  expect(desktop.click('Import a list', 'OK')).toMatch(/not connected yet. Choose “Connect to Affinity”/);
  expect(desktop.click('Connect to Affinity', { button: 'OK', text: 'not-a-key' }, 'OK')).toMatch(
    /did not accept your API key/,
  );
  expect(Object.values(desktop.google.properties()).some((store) => 'affinityApiKey' in store)).toBe(false);
});
