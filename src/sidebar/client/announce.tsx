/** The page's one live region: short sentences for people who hear the page. */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';

const Announce = createContext<(sentence: string) => void>(() => {});

export const useAnnounce = (): ((sentence: string) => void) => useContext(Announce);

export const Announcer = ({ children }: { readonly children: ComponentChildren }) => {
  const [said, setSaid] = useState({ sentence: '', turn: 0 });
  const announce = useCallback((sentence: string) => setSaid(({ turn }) => ({ sentence, turn: turn + 1 })), []);
  return (
    <Announce.Provider value={announce}>
      {children}
      <div class="unseen" role="status" aria-live="polite">
        {/* A new element each time, so that the same sentence is heard again. */}
        <span key={said.turn}>{said.sentence}</span>
      </div>
    </Announce.Provider>
  );
};
