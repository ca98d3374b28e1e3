/** The page of the review dialog: `dist/review.html`. Which import it is stands in the body, put there by the server. */
import { openPage } from '../open-page';
import { Review } from './review';
import '../dialog.css';
import './review.css';

openPage(<Review importId={document.body.dataset.import ?? ''} />);
