/** Escape in a dialog's page: Google's own dialogs close on it, but keys pressed in the page never reach Google's. */
import { useEffect } from 'preact/hooks';
import { closeDialog } from './server';

export const useEscape = (isBusy: boolean): void =>
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isBusy) closeDialog();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isBusy]);
