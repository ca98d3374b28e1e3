/** Redraws a component when the store has changed. */
import { useEffect, useReducer } from 'preact/hooks';
import { type Store, store } from './store';

export const useStore = (): Store => {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let frame = 0;
    const stop = store.subscribe(() => {
      // One redraw a frame, however many events come.
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        redraw(0);
      });
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, []);
  return store;
};
