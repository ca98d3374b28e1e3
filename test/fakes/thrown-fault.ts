import { ApiError, type ApiFault } from '../../src/api/errors';

/** The fault that some work ends with; one that ends well is an error. */
export const faultOf = (work: () => unknown): ApiFault => {
  try {
    work();
  } catch (fault) {
    if (fault instanceof ApiError) return fault.fault;
    throw fault;
  }
  throw new Error('no fault came');
};
