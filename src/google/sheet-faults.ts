/** The platform's own words for limits of a file, as faults that the engine knows. */
import { SheetError } from '../sync/ports';

/** Does work that may make the file larger. @throws SheetError sheet/too-large */
export const withinLimits = <T>(work: () => T): T => {
  try {
    return work();
  } catch (fault) {
    // Source: apps-script-facts, section 7.3. The number is written with or without separators.
    if (fault instanceof Error && /above the limit of [\d.,\s]+ cells/i.test(fault.message)) {
      throw new SheetError('sheet/too-large');
    }
    throw fault;
  }
};
