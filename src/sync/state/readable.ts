/** Readings of stored texts, which anybody may have changed by hand and a newer version may have written. */
import { DecodeError } from '../../api/codec';
import { SheetError } from '../ports';

const isUnreadable = (fault: unknown): boolean => fault instanceof DecodeError || fault instanceof SyntaxError;

/** What `read` gives, or null where the text can't be read. */
export const orNull = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (fault) {
    if (isUnreadable(fault)) return null;
    throw fault;
  }
};

/** What `read` gives. `at` names the place in the log. @throws SheetError sheet/state-unreadable where the text can't be read */
export const orRefuse = <T>(at: string, read: () => T): T => {
  try {
    return read();
  } catch (fault) {
    throw isUnreadable(fault) ? new SheetError('sheet/state-unreadable', at) : fault;
  }
};
