/** The page of the undo dialog: `dist/undo.html`. Which import it is stands in the body, put there by the server. */
import { openPage } from '../open-page';
import { Undo } from './undo';
import '../dialog.css';

openPage(<Undo importId={document.body.dataset.import ?? ''} />);
