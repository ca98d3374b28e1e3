/** Menu command: asks for the API key, checks it with Affinity and keeps it for this person. */
import type { Desk } from '../sync/runs/desk';
import { guarded } from './guard';

const TITLE = 'Connect to Affinity';

export const connect = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const key = desk.ui.ask(
      TITLE,
      'Paste your Affinity API key. You find it in Affinity under Settings → API. It is kept for you alone, not in this file.',
    );
    if (key === null) return;
    if (key.trim() === '') {
      desk.ui.say(TITLE, 'No key was entered. Nothing was changed.');
      return;
    }
    const { user, tenant } = desk.connection.connect(key.trim());
    const name = [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' ');
    desk.ui.say(TITLE, `You are connected to ${tenant.name} as ${name === '' ? user.email : name}.`);
  });

const DISCONNECT = 'Disconnect from Affinity';

export const disconnect = (desk: Desk): void =>
  guarded(desk, DISCONNECT, () => {
    if (desk.ui.confirm(DISCONNECT, 'Your API key is removed. Your sheets stay as they are.', 'ok-cancel') !== 'yes')
      return;
    desk.connection.disconnect();
    desk.ui.say(DISCONNECT, 'Your API key was removed.');
  });
