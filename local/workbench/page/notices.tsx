/** Toasts of the script, and what could not be done. */
import { useEffect } from 'preact/hooks';
import type { Notice, Store } from './store';

const One = ({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: () => void }) => {
  useEffect(() => {
    // As the platform has it: a negative number of seconds stays until dismissed.
    if (notice.seconds === null || notice.seconds < 0) return;
    const timer = setTimeout(onDismiss, notice.seconds * 1000);
    return () => clearTimeout(timer);
  }, [notice.key]);
  return (
    <div class={notice.isError ? 'notice is-error' : 'notice'}>
      <div>
        {notice.title !== '' && <strong>{notice.title}</strong>}
        <p>{notice.text}</p>
      </div>
      <button type="button" class="quiet" aria-label="Dismiss" onClick={onDismiss}>
        ✕
      </button>
    </div>
  );
};

export const Notices = ({ store }: { readonly store: Store }) => (
  <div class="notices" role="status" aria-live="polite">
    {store.notices.map((notice) => (
      <One key={notice.key} notice={notice} onDismiss={() => store.dismiss(notice.key)} />
    ))}
  </div>
);
