/** What became of the edits that were sent. */
import { useEffect, useRef } from 'preact/hooks';
import type { PushView } from '../../rpc';
import { Mark, Messages } from '../parts';
import { count, number } from '../text';

/** Results of several pushes as one. What is left is what the last one left. */
export const together = (before: PushView | null, last: PushView): PushView =>
  before === null
    ? last
    : {
        ...last,
        cells: before.cells + last.cells,
        rows: before.rows + last.rows,
        rowsAdded: before.rowsAdded + last.rowsAdded,
        failed: before.failed + last.failed,
      };

const SIGNS = { done: 'good', paused: 'warn', stopped: 'bad' } as const;
const WORDS = { done: 'Done.', paused: 'Paused.', stopped: 'Stopped.' } as const;

export const PushResult = ({ result, isEnded }: { result: PushView; isEnded: boolean }) => {
  const panel = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone, and the reader may be far down the table.
  useEffect(() => {
    if (isEnded) panel.current?.focus();
  }, [isEnded]);
  const rest: readonly (readonly [string, number])[] = [
    ['New rows added', result.rowsAdded],
    ['New rows not added', result.rowsNotAdded],
    ['Refused by Affinity', result.failed],
    ['Not sent', result.unsent],
    ['Not known yet whether sent', result.unanswered],
    ['Can’t be sent', result.refused],
    ['Conflicts left to decide', result.conflicts],
    ['Emptied cells kept back', result.clearsKept],
    ['Formula results kept back', result.formulasKept],
  ];
  return (
    <div class="result" ref={panel} tabIndex={-1}>
      <p>
        <Mark kind={result.kind === 'done' && result.failed > 0 ? 'warn' : SIGNS[result.kind]} />
        {WORDS[result.kind]} Affinity took {count(result.cells, 'cell')} in {count(result.rows, 'row')}.
      </p>
      <dl>
        {rest
          .filter(([, value]) => value > 0)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{number(value)}</dd>
            </div>
          ))}
      </dl>
      <Messages messages={result.messages} />
    </div>
  );
};

/** Whether anything of the review is still open after this. */
export const hasRest = ({
  kind,
  failed,
  unsent,
  unanswered,
  refused,
  conflicts,
  clearsKept,
  formulasKept,
  rowsNotAdded,
}: PushView): boolean =>
  kind !== 'done' || failed + unsent + unanswered + refused + conflicts + clearsKept + formulasKept + rowsNotAdded > 0;
