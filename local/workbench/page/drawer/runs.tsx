/** Executions of the add-on, newest first. */
import type { RunView } from '../../protocol';

const FROM = { menu: 'menu', page: 'sidebar or dialog', open: 'opening the file', trigger: 'trigger' } as const;

export const Runs = ({ runs }: { readonly runs: readonly RunView[] }) => (
  <table class="facts">
    <thead>
      <tr>
        <th scope="col">Function</th>
        <th scope="col">Started by</th>
        <th scope="col" class="number">
          Milliseconds
        </th>
        <th scope="col" class="number">
          Sheet calls
        </th>
        <th scope="col" class="number">
          Requests
        </th>
        <th scope="col">Ended</th>
      </tr>
    </thead>
    <tbody>
      {runs.toReversed().map((run) => (
        <tr key={run.id}>
          <td>{run.name}</td>
          <td>{FROM[run.from]}</td>
          <td class="number">{run.ms ?? '…'}</td>
          <td class="number">{run.ms === null ? '' : run.spreadsheetCalls}</td>
          <td class="number">{run.ms === null ? '' : run.fetches}</td>
          <td>
            <span class={`status is-${run.ms === null ? 'going' : run.error === null ? 'good' : 'bad'}`}>
              {run.ms === null ? 'running' : run.wasKilled ? 'killed' : (run.error ?? 'well')}
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
