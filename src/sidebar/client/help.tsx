/** Three short answers to what people ask before they trust the add-on with their list. */
import { Heading } from './parts';

const ANSWERS: readonly (readonly [string, string])[] = [
  [
    'What is sent to Affinity, and when?',
    'Only cells you edited in an imported table, and only after you press Send in the review. Refreshing reads; it never writes to Affinity. Each edit is checked against Affinity just before it is sent.',
  ],
  [
    'What happens to my formulas and columns?',
    'They stay. A refresh writes only the cells of imported columns whose value has changed in Affinity. Your own columns, formulas, notes and colours keep their row, even when you sort the table or add rows.',
  ],
  [
    'Does an empty cell delete something?',
    'No. Emptied cells are listed apart in the review and are not sent unless you tick the box to clear them in Affinity too. Deleting a row here deletes nothing in Affinity.',
  ],
];

export const Help = ({ isArrival }: { isArrival: boolean }) => (
  <>
    <Heading isArrival={isArrival}>Help</Heading>
    {ANSWERS.map(([question, answer]) => (
      <section key={question}>
        <h2 class="section">{question}</h2>
        <p>{answer}</p>
      </section>
    ))}
  </>
);
