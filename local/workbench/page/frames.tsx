/** The add-on's pages: the sidebar, exactly 300 pixels wide, and modal dialogs. Their content is of another origin, and sandboxed. */
import { useEffect, useRef } from 'preact/hooks';
import type { PageView } from '../protocol';
import { pixels } from './pixels';
import type { Store } from './store';

const SANDBOX =
  'allow-same-origin allow-forms allow-scripts allow-popups allow-downloads allow-modals allow-popups-to-escape-sandbox';
const DIALOG = { width: 600, height: 400 };

interface FrameProps {
  readonly store: Store;
  readonly page: PageView;
  readonly id: string;
  readonly onFocusEditor: () => void;
}

const Frame = ({ store, page, id, onFocusEditor }: FrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const origin = store.state?.frameOrigin ?? '';
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>): void => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const { what, value } = event.data as { what?: string; value?: unknown }; // posted by our own shim
      if (what === 'close') store.closePage(page.id);
      else if (what === 'focus') onFocusEditor();
      else if (what === 'height' && typeof value === 'number') store.resizePage(page.id, { height: value });
      else if (what === 'width' && typeof value === 'number') store.resizePage(page.id, { width: value });
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, [origin, page.id]);
  return (
    <iframe ref={frame} id={id} title={page.title} key={page.id} src={`${origin}/page/${page.id}`} sandbox={SANDBOX} />
  );
};

interface PageProps {
  readonly store: Store;
  readonly page: PageView;
  readonly onFocusEditor: () => void;
}

export const Sidebar = ({ store, page, onFocusEditor }: PageProps) => (
  <aside class="sidebar" aria-label={page.title}>
    <header>
      <h2>{page.title}</h2>
      <button type="button" class="quiet" aria-label="Close the sidebar" onClick={() => store.closePage(page.id)}>
        ✕
      </button>
    </header>
    <Frame store={store} page={page} id="sidebar-frame" onFocusEditor={onFocusEditor} />
  </aside>
);

export const PageDialog = ({ store, page, onFocusEditor }: PageProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const isModal = page.kind === 'modal';
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (isModal) element.showModal();
    else element.show();
    return () => element.close();
  }, [page.id]);
  return (
    <dialog
      ref={dialog}
      class={isModal ? 'page-dialog' : 'page-dialog is-modeless'}
      aria-label={page.title}
      onCancel={(event) => {
        event.preventDefault();
        store.closePage(page.id);
      }}
    >
      <header>
        <h2>{page.title}</h2>
        <button type="button" class="quiet" aria-label="Close the dialog" onClick={() => store.closePage(page.id)}>
          ✕
        </button>
      </header>
      <div class="page-box" style={pixels({ width: page.width ?? DIALOG.width, height: page.height ?? DIALOG.height })}>
        <Frame store={store} page={page} id="dialog-frame" onFocusEditor={onFocusEditor} />
      </div>
    </dialog>
  );
};
