/** Hooks around calls to the server: what is under way, what failed, and how to try again. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asFault, type CallFault } from './server';

export interface Task {
  readonly isBusy: boolean;
  readonly fault: CallFault | null;
  /** Starts the work unless some is under way. */
  run(work: () => Promise<void>): void;
  retry(): void;
  clear(): void;
}

/** One thing at a time that the person started. */
export const useTask = (): Task => {
  const [state, setState] = useState<{ isBusy: boolean; fault: CallFault | null }>({ isBusy: false, fault: null });
  const last = useRef<(() => Promise<void>) | null>(null);
  const busy = useRef(false);
  const run = (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    last.current = work;
    setState({ isBusy: true, fault: null });
    const end = (fault: CallFault | null) => {
      busy.current = false;
      setState({ isBusy: false, fault });
    };
    work().then(
      () => end(null),
      (reason: unknown) => end(asFault(reason)),
    );
  };
  return {
    ...state,
    run,
    retry: () => last.current !== null && run(last.current),
    clear: () => setState((now) => ({ ...now, fault: null })),
  };
};

export interface Loaded<T> {
  readonly value: T | null;
  readonly fault: CallFault | null;
  readonly isLoading: boolean;
  /** Resolves when the answer is in, whatever it is. */
  reload(): Promise<void>;
}

/** Loads at once and again whenever `key` changes. A reload keeps showing the old value; only the newest answer counts. */
export const useLoaded = <T>(load: () => Promise<T>, key: string | number = ''): Loaded<T> => {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ value: null, fault: null, isLoading: true });
  const newest = useRef(0);
  const loader = useRef(load);
  loader.current = load;
  const reload = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    setState((now) => ({ ...now, isLoading: true }));
    return loader.current().then(
      (value) => {
        if (mine === newest.current) setState({ value, fault: null, isLoading: false });
      },
      (reason: unknown) => {
        if (mine === newest.current) setState((now) => ({ ...now, fault: asFault(reason), isLoading: false }));
      },
    );
  }, []);
  // `key` says when what is loaded is another thing.
  useEffect(() => {
    setState({ value: null, fault: null, isLoading: true });
    void reload();
  }, [key, reload]);
  return { ...state, reload };
};

/** The time, told again every `everyMs`. */
export const useNow = (everyMs: number): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};

/** Waits, but not longer than somebody wants to. */
export const pause = async (ms: number, isOver: () => boolean): Promise<void> => {
  for (const end = Date.now() + ms; Date.now() < end && !isOver(); ) {
    await new Promise((done) => setTimeout(done, Math.min(500, ms)));
  }
};
