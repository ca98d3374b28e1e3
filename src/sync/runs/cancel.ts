/**
 * Cancelling a run from another execution: the person's wish is looked at with every heartbeat, so at every batch of calls and during
 * every wait. Only for runs that read: a batch of writes is never left half known.
 */
import type { Heartbeat } from './lease';

/** The person asked this run to stop. What it has written stays; nothing is lost but the page it was at. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** Lets a run stop at its next heartbeat once `isAsked` says so. */
export const heedCancel = (heartbeat: Heartbeat, isAsked: () => boolean): void => {
  const outer = heartbeat.beat;
  let isCancelled = false;
  heartbeat.beat = () => {
    outer();
    isCancelled ||= isAsked();
    if (isCancelled) throw new Cancelled();
  };
};
