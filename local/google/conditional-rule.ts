/** A conditional format rule as stored on a sheet; it paints and never changes what `getBackground` answers (facts 7.1). */
import type { Area } from './area';

export type ConditionalRule = {
  readonly areas: readonly Area[];
  readonly criteria: string;
  readonly values: readonly (string | number | boolean)[];
  readonly format: {
    readonly background?: string | null;
    readonly fontColor?: string | null;
    readonly bold?: boolean | null;
    readonly italic?: boolean | null;
    readonly underline?: boolean | null;
    readonly strikethrough?: boolean | null;
  };
};
