/** Requests to Affinity, newest first. */
import type { RequestView } from '../../protocol';

const time = (at: number): string => new Date(at).toLocaleTimeString('en-GB');
const kind = (status: number | null): string =>
  status === null ? 'going' : status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'poor' : 'good';
const said = (status: number | null): string => (status === null ? '…' : status === 0 ? 'no answer' : String(status));

export const Requests = ({ requests }: { readonly requests: readonly RequestView[] }) => {
  if (requests.length === 0) return <p class="empty">No request yet. Use the add-on's menu under Extensions.</p>;
  return (
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">From</th>
          <th scope="col">Request</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">
            Milliseconds
          </th>
          <th scope="col" class="number">
            Bytes
          </th>
        </tr>
      </thead>
      <tbody>
        {requests.toReversed().map((request) => (
          <tr key={request.id}>
            <td>{time(request.at)}</td>
            <td>{request.from}</td>
            <td class="path">
              <b>{request.method}</b> {request.path}
            </td>
            <td>
              <span class={`status is-${kind(request.status)}`}>{said(request.status)}</span>
            </td>
            <td class="number">{request.ms ?? ''}</td>
            <td class="number">{request.bytes ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
