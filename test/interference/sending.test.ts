/** The same as receiving.test.ts for runs that change Affinity: pushes, new rows, an undo, a removal. */
import { declareSuite } from './suite';

declareSuite(({ sends }) => sends);
