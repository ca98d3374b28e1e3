/** The page's side of the bridge: the only file that touches `google.script.run`. Calls are typed by the contract. */
import type { Reply, Rpc } from '../rpc';

interface Runner {
  withSuccessHandler(handler: (value: unknown) => void): Runner;
  withFailureHandler(handler: (fault: Error) => void): Runner;
}
declare const google: { readonly script: { readonly run: Runner } };

type ValueOf<N extends keyof Rpc> = ReturnType<Rpc[N]> extends Reply<infer T> ? T : never;

/** Calls a server function. Rejects with a sentence for the person when it could not do its work or could not be reached. */
export const call = <N extends keyof Rpc>(name: N, ...args: Parameters<Rpc[N]>): Promise<ValueOf<N>> =>
  new Promise((resolve, reject) => {
    const runner = google.script.run
      .withSuccessHandler((value) => {
        const reply = value as Reply<ValueOf<N>>; // the server implements the same contract
        if (reply.ok) resolve(reply.value);
        else reject(new Error(reply.message));
      })
      .withFailureHandler(() =>
        reject(
          new Error(
            'The add-on could not be reached. If you are signed in to several Google accounts, use a browser profile with one of them.',
          ),
        ),
      );
    // Server functions are own properties of the runner, known by name only.
    const functions = runner as unknown as Record<string, (...values: unknown[]) => void>;
    functions[name]?.(...args);
  });
