/** Counters of service calls, and the estimate of the time they would take on the platform. */
import type { CallEffect } from './members';

/** Estimated milliseconds per call and per cell. Source: facts section 1 (latencies seen) and 7.3; estimates, not promises. */
export type CostModel = Readonly<Record<CallEffect, number>> & { readonly perCell: number };

export const estimatedCosts: CostModel = {
  pure: 0,
  navigate: 0.5,
  read: 60,
  write: 1,
  structure: 40,
  flush: 150,
  'property-read': 25,
  'property-write': 55,
  cache: 30,
  lock: 20,
  fetch: 60,
  ui: 20,
  trigger: 300,
  mail: 200,
  perCell: 0.004,
};

export class CallLog {
  total = 0;
  /** Calls of SpreadsheetApp and its objects that read, write or change structure. */
  spreadsheet = 0;
  fetches = 0;
  propertyReads = 0;
  propertyWrites = 0;
  estimatedMs = 0;
  readonly byMember: Record<string, number> = {};
  readonly byEffect: Partial<Record<CallEffect, number>> = {};

  count(member: string, effect: CallEffect, costMs: number): void {
    this.total++;
    this.byMember[member] = (this.byMember[member] ?? 0) + 1;
    this.byEffect[effect] = (this.byEffect[effect] ?? 0) + 1;
    this.estimatedMs += costMs;
    if (effect === 'read' || effect === 'write' || effect === 'structure' || effect === 'flush') this.spreadsheet++;
    if (effect === 'property-read') this.propertyReads++;
    if (effect === 'property-write') this.propertyWrites++;
  }

  reset(): void {
    this.total = this.spreadsheet = this.fetches = this.propertyReads = this.propertyWrites = this.estimatedMs = 0;
    for (const key of Object.keys(this.byMember)) delete this.byMember[key];
    for (const key of Object.keys(this.byEffect)) delete this.byEffect[key as CallEffect];
  }
}
